"""What happens to every request and response because of pages and the CMS."""

from .content_policy import ContentPolicyMiddleware
from .malformed_requests import MalformedRequestMiddleware
from .redirects import AccessRedirectMiddleware

__all__ = [
    "AccessRedirectMiddleware",
    "ContentPolicyMiddleware",
    "MalformedRequestMiddleware",
]
