"""What happens to every request and response because of pages and the CMS."""

from .malformed_requests import MalformedRequestMiddleware
from .redirects import AccessRedirectMiddleware

__all__ = ["AccessRedirectMiddleware", "MalformedRequestMiddleware"]
