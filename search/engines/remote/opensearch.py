"""OpenSearch through the client of Elasticsearch.

Both speak the same requests. Two things stand between them: the client names a media type
of its vendor, which OpenSearch answers with 406, and it insists on a header of the product.
"""

import dataclasses
import re
from typing import Any

from elastic_transport import ApiResponseMeta, HttpHeaders, Urllib3HttpNode

_VENDOR = re.compile(
    r"application/vnd\.elasticsearch\+([a-z-]+)\s*;\s*compatible-with=\d+"
)
_PRODUCT = "x-elastic-product"


class OpenSearchNode(Urllib3HttpNode):
    """A node of OpenSearch that the client takes for one of Elasticsearch's."""

    def perform_request(self, *args: Any, **given: Any) -> Any:
        """Ask with plain media types; answer with the product's header."""
        given["headers"] = _plain(given["headers"])
        answer = super().perform_request(*args, **given)
        return answer._replace(meta=_branded(answer.meta))


def _plain(headers: HttpHeaders) -> HttpHeaders:
    return HttpHeaders(
        {name: _VENDOR.sub(r"application/\1", text) for name, text in headers.items()}
    )


def _branded(meta: ApiResponseMeta) -> ApiResponseMeta:
    headers = HttpHeaders({**meta.headers, _PRODUCT: "Elasticsearch"})
    return dataclasses.replace(meta, headers=headers)
