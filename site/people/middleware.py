"""Middleware for signed-in users: second factor and renewal of the session."""

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from people.access import lacks_second_factor
from people.adapters import RENEWED_AT
from people.viewer import seen_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    Answer = Callable[[HttpRequest], HttpResponseBase]

# Reachable for somebody who still has to set up a second factor; their data is not.
EXEMPT = ("/accounts/", "/account/", "/healthz", "/readyz")
RENEW_AFTER = 60 * 60
WAS_HERE = "was_here"
WAS_HERE_FOR = 7 * 24 * 60 * 60


def require_second_factor(get_response: "Answer") -> "Answer":
    """Redirect users with a trusted role to the set-up of a second factor if they lack one.

    Applies to everything but their own account. Everybody who enters the CMS needs one,
    whatever their role. REQUIRE_SECOND_FACTOR switches it off. Static files are served
    earlier.
    """

    def answer(request: "HttpRequest") -> "HttpResponseBase":
        if not settings.REQUIRE_SECOND_FACTOR or _is_exempt(request):
            return get_response(request)
        # To others the CMS does not exist, so that it must not ask them for anything.
        in_cms = request.user.is_authenticated and (
            request.path_info.startswith(reverse("wagtailadmin_home"))
            and request.user.has_perm("wagtailadmin.access_admin")
        )
        if not lacks_second_factor(request.user, always=in_cms):
            return get_response(request)
        setup_url = reverse("mfa_index")
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(setup_url)
        messages.info(
            request,
            _("This needs a second factor. Set one up, then continue."),
        )
        return HttpResponseRedirect(setup_url)

    return answer


def _is_exempt(request: "HttpRequest") -> bool:
    path = request.path_info
    if path.startswith(reverse("people:data")):
        return False
    return path.startswith((*EXEMPT, settings.STATIC_URL))


def remember_viewer(get_response: "Answer") -> "Answer":
    """Remember for whom the request is answered: see `people.viewer`."""

    def answer(request: "HttpRequest") -> "HttpResponseBase":
        with seen_by(request.user):
            return get_response(request)

    return answer


def renew_session(get_response: "Answer") -> "Answer":
    """Renew a session that is in use, at most once an hour.

    An anonymous cookie records for a week that somebody was signed in, so that the sign-in
    page can say why they were signed out.
    """

    def answer(request: "HttpRequest") -> "HttpResponseBase":
        before = request.user.is_authenticated
        renewed = before and _renew(request)
        response = get_response(request)
        after = request.user.is_authenticated
        if after and (renewed or not before):
            response.set_cookie(
                WAS_HERE,
                "1",
                max_age=WAS_HERE_FOR,
                httponly=True,
                secure=bool(settings.SESSION_COOKIE_SECURE),
                samesite="Lax",
            )
        elif before and not after:
            response.delete_cookie(WAS_HERE)
        return response

    return answer


def _renew(request: "HttpRequest") -> bool:
    now = int(time.time())
    if now - request.session.get(RENEWED_AT, 0) < RENEW_AFTER:
        return False
    request.session[RENEWED_AT] = now
    return True
