"""Reauthenticate by a code, for accounts with neither password nor second factor."""

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.views import password_set
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.adapters import ReauthenticationCode
from people.forms import ReauthenticationCodeForm

if TYPE_CHECKING:
    from django.http import HttpRequest

SEND = "send"
# allauth's page asks nobody again who has no password yet.
set_password = never_cache(login_required(reauthentication_required(password_set)))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: "HttpRequest") -> HttpResponse:
    """Send a code when asked to, take it, and go on with what was interrupted."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if methods[0]["url"] != request.path:
        return HttpResponseRedirect(_with_next(request, methods[0]["url"]))
    if request.POST.get("action") == SEND:
        return _send(request)
    code = ReauthenticationCode.resume(request)
    if code is None:
        return _page(request, None)
    form = ReauthenticationCodeForm(request.POST or None, code=code.code)
    if not form.is_valid():
        if form.is_bound and not code.record_invalid_attempt():
            return _refuse(request)
        return _page(request, form)
    code.finish()
    return resume_request(request) or redirect("people:security")


def _send(request: "HttpRequest") -> HttpResponse:
    if not ratelimit.consume(request, action="reauthenticate_by_code"):
        return _refuse(request)
    ReauthenticationCode.initiate(request)
    return HttpResponseRedirect(_with_next(request, request.path))


def _refuse(request: "HttpRequest") -> HttpResponse:
    refusal = get_adapter(request).error_messages["too_many_login_attempts"]
    messages.error(request, refusal)
    return HttpResponseRedirect(_with_next(request, request.path))


def _page(
    request: "HttpRequest", form: ReauthenticationCodeForm | None
) -> HttpResponse:
    context = {"form": form, "next": _next(request)}
    return render(request, "people/reauthenticate.html", context)


def _with_next(request: "HttpRequest", url: str) -> str:
    aim = _next(request)
    return f"{url}?{urlencode({REDIRECT_FIELD_NAME: aim})}" if aim else url


def _next(request: "HttpRequest") -> str:
    """Return where to go on; a URL of another site is dropped."""
    aim = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME)
    return aim if aim and get_adapter(request).is_safe_url(aim) else ""
