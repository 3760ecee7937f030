"""The mail of the demonstration: only if MAIL_READABLE is set.

Anyone reads mail about accounts, such as sign-in codes. Mail about a page or a group is shown
to its recipient only, while they may see that.
"""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .access import why_withheld
from .models import OutgoingMail

PER_PAGE = 50


@never_cache
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """List the mail that the user may see, newest first."""
    shown = OutgoingMail.objects.shown_to(request.user)
    mails = shown.newest_first().prefetch_related("recipients")
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mail/mail_list.html", {"mails": page})


@never_cache
@require_safe
def mail_detail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Show one mail as plain text, with its links."""
    mail = _get_readable(request, mail_id)
    return render(request, "mail/mail_detail.html", {"mail": mail})


@never_cache
@require_safe
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"]})  # type: ignore[arg-type]
def mail_html(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Return the mail's HTML by itself: inline styles are allowed, all else is not."""
    mail = _get_readable(request, mail_id)
    if not mail.html:
        raise Http404
    return HttpResponse(mail.html)


def _get_readable(request: HttpRequest, mail_id: int) -> OutgoingMail:
    """Return the mail, or 404: its recipient reads it here, so rights are those of now."""
    shown = OutgoingMail.objects.shown_to(request.user)
    mail: OutgoingMail = get_object_or_404(shown, pk=mail_id)
    if why_withheld(mail):
        raise Http404
    return mail
