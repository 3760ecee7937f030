"""OpenSearch through the Elasticsearch client.

The protocols are the same except for two things: the client sends a vendor media type,
which OpenSearch rejects with 406, and requires a product header in responses.
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
    """An OpenSearch node that the client accepts as Elasticsearch."""

    def perform_request(self, *args: Any, **given: Any) -> Any:
        """Send plain media types and add the product header to the response."""
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
