"""Mail of the demonstration, for everybody to read. Only where MAIL_READABLE says so."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .models import OutgoingMail

PER_PAGE = 50


@never_cache
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail, the newest first."""
    pages = Paginator(OutgoingMail.objects.newest_first(), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "mail/mails.html", {"mails": page})


@never_cache
@require_safe
def mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One mail as its reader sees it: who, when, what; links can be followed."""
    found = get_object_or_404(OutgoingMail, pk=mail_id)
    return render(request, "mail/mail.html", {"mail": found})


@never_cache
@require_safe
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"]})  # type: ignore[arg-type]
def mail_html(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The mail's HTML alone. Mail is styled inline; nothing else may happen in it."""
    found = get_object_or_404(OutgoingMail.objects.exclude(html=""), pk=mail_id)
    return HttpResponse(found.html)
