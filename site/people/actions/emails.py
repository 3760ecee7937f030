"""Mails in the look of the house: one template, drawn as subject, plain text and HTML."""

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from mail.actions import delivery_headers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BLANK_LINES = re.compile(r"[ \t]*\n\s*\n\s*")


def compose(
    *,
    name: str,
    to: "Sequence[str]",
    context: "Mapping[str, Any]",
    headers: "Mapping[str, str] | None" = None,
) -> EmailMultiAlternatives:
    """The mail that `emails/NAME.html` writes; it is not sent yet.

    Its subject never says what the community is about: phones show it to whoever looks.
    """
    letter = EmailMultiAlternatives(
        subject=" ".join(_drawn(name, "subject.txt", context).split()),
        body=_BLANK_LINES.sub("\n\n", _drawn(name, "plain.txt", context)).strip()
        + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=list(to),
        headers=dict(headers or {}),
    )
    letter.attach_alternative(_drawn(name, "page.html", context), "text/html")
    return letter


def send_letter(*, name: str, to: str, key: str, **context: Any) -> None:
    """Writes and sends the mail; with the outbox, a row in the same transaction."""
    headers = delivery_headers(key=key)
    compose(name=name, to=[to], context=context, headers=headers).send()


def address(path: str) -> str:
    """The whole address of a path of the site, for links in mails."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def _drawn(name: str, layout: str, context: "Mapping[str, Any]") -> str:
    language = translation.get_language() or settings.LANGUAGE_CODE
    given = {
        **context,
        "layout": f"emails/layouts/{layout}",
        "plain": layout != "page.html",
        "language": language,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": address("/"),
    }
    return render_to_string(f"emails/{name}.html", given)
