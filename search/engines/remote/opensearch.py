"""OpenSearch through the client of Elasticsearch.

Both speak the same requests. Two things stand between them: the client names a media type
of its vendor, which OpenSearch answers with 406, and it insists on a header of the product.
"""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from elastic_transport import HttpHeaders, NodeApiResponse, Urllib3HttpNode

_VENDOR = re.compile(
    r"application/vnd\.elasticsearch\+([a-z-]+)\s*;\s*compatible-with=\d+"
)
_PRODUCT = "x-elastic-product"


class OpenSearchNode(Urllib3HttpNode):
    """A node of OpenSearch that the client takes for one of Elasticsearch's."""

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **given: Any,
    ) -> NodeApiResponse:
        """Ask with plain media types; answer with the product's header."""
        answer = super().perform_request(
            method, target, body=body, headers=_plain(headers or {}), **given
        )
        return NodeApiResponse(_branded(answer.meta), answer.body)


def _plain(headers: Mapping[str, str]) -> HttpHeaders:
    return HttpHeaders(
        {name: _VENDOR.sub(r"application/\1", text) for name, text in headers.items()}
    )


def _branded(meta: Any) -> Any:
    return dataclasses.replace(
        meta, headers=HttpHeaders({**meta.headers, _PRODUCT: "Elasticsearch"})
    )
