"""What holds on every request of somebody who is signed in."""

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from people.access import lacks_second_factor
from people.adapters import SEEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    Answer = Callable[[HttpRequest], HttpResponseBase]

# Where somebody who must set up a second factor may still go.
OPEN_WITHOUT = ("/accounts/", "/account/", "/healthz", "/readyz")
RENEW_AFTER = 60 * 60
WAS_HERE = "was_here"
WAS_HERE_FOR = 7 * 24 * 60 * 60


def second_factor(get_response: "Answer") -> "Answer":
    """Nobody uses the rights of an editor, moderator or administrator with one factor.

    They are led to set up a second one before anything beyond their own account, and so is
    whoever enters the CMS. Static files are served before this. REQUIRE_SECOND_FACTOR
    switches it off.
    """

    def answer(request: "HttpRequest") -> "HttpResponseBase":
        if not settings.REQUIRE_SECOND_FACTOR or _open_without(request):
            return get_response(request)
        # Whoever may not enter the CMS is not asked for anything there: it is not there.
        in_cms = request.user.is_authenticated and (
            request.path_info.startswith(reverse("wagtailadmin_home"))
            and request.user.has_perm("wagtailadmin.access_admin")
        )
        if not lacks_second_factor(request.user, always=in_cms):
            return get_response(request)
        there = reverse("mfa_index")
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(there)
        messages.info(
            request,
            _("What you do here needs a second factor. Set one up, then go on."),
        )
        return HttpResponseRedirect(there)

    return answer


def _open_without(request: "HttpRequest") -> bool:
    return request.path_info.startswith((*OPEN_WITHOUT, settings.STATIC_URL))


def stay_signed_in(get_response: "Answer") -> "Answer":
    """A session lives on while it is used: it is renewed once an hour, not at each request.

    A cookie without any name in it remembers for a week that somebody was signed in, so
    that the sign-in page can say why one was signed out.
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
    if now - request.session.get(SEEN, 0) < RENEW_AFTER:
        return False
    request.session[SEEN] = now
    return True
