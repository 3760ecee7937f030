"""Give each response its Content-Security-Policy, and let the CMS frame its previews."""

from typing import TYPE_CHECKING

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_SAME_ORIGIN = "SAMEORIGIN"


class ContentPolicyMiddleware(CSPMiddleware):
    """Send the policy of the site, that of the CMS, or that of a preview.

    What the CMS frames is a page as its readers get it, so it has the policy of the site,
    except that the CMS may frame it. Wagtail marks its frames by X-Frame-Options: SAMEORIGIN.
    A page that is previewed passes through all middleware by itself, with a request of its
    own, before Wagtail marks the response: that request says that it is a preview.
    """

    def process_response(
        self, request: "HttpRequest", response: "HttpResponseBase"
    ) -> "HttpResponseBase":
        if getattr(request, "is_preview", False):
            response["X-Frame-Options"] = _SAME_ORIGIN
        return super().process_response(request, response)

    def get_policy_parts(
        self,
        request: "HttpRequest",
        response: "HttpResponseBase",
        report_only: bool = False,
    ) -> PolicyParts:
        """Return the policy of one response."""
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        if response.get("X-Frame-Options") == _SAME_ORIGIN:
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        elif request.path_info.startswith(reverse("wagtailadmin_home")):
            parts.config = parts.config or settings.CMS_CONTENT_SECURITY_POLICY
        return parts
