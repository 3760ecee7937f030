"""The mail of the demonstration, readable by anyone: only if MAIL_READABLE is set."""

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
def mail_list(request: HttpRequest) -> HttpResponse:
    """List all mail, newest first."""
    mails = OutgoingMail.objects.newest_first().prefetch_related("recipients")
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mail/mail_list.html", {"mails": page})


@never_cache
@require_safe
def mail_detail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Show one mail as plain text, with its links."""
    mail = get_object_or_404(OutgoingMail, pk=mail_id)
    return render(request, "mail/mail_detail.html", {"mail": mail})


@never_cache
@require_safe
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"]})  # type: ignore[arg-type]
def mail_html(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Return the mail's HTML by itself: inline styles are allowed, all else is not."""
    mail = get_object_or_404(OutgoingMail.objects.exclude(html=""), pk=mail_id)
    return HttpResponse(mail.html)
