"""E-mails of the site: one template is rendered as subject, plain text and HTML."""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives  # noqa: TID251  (composed here)
from django.template.loader import render_to_string
from django.utils import translation

from mail.actions import delivery_headers, mail_about
from people.models import CommunitySettings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mail.registry import About

_BLANK_LINES = re.compile(r"[ \t]*\n\s*\n\s*")


def compose(
    *,
    name: str,
    to: "Sequence[str]",
    context: "Mapping[str, Any]",
    headers: "Mapping[str, str] | None" = None,
) -> EmailMultiAlternatives:
    """Return the e-mail from the template `emails/NAME.html`, not sent yet.

    The subject never says what the community is about: phones show it on a locked screen.
    """
    context = {**context, **_community_texts()}
    message = EmailMultiAlternatives(
        subject=" ".join(_render(name, "subject.txt", context).split()),
        body=_BLANK_LINES.sub("\n\n", _render(name, "plain.txt", context)).strip()
        + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=list(to),
        headers=dict(headers or {}),
    )
    message.attach_alternative(_render(name, "page.html", context), "text/html")
    return message


def send_email(*, name: str, to: str, key: str, about: "About", **context: Any) -> None:
    """Send an e-mail: it becomes a row of the mail queue in the current transaction.

    A second e-mail with the same key is not sent, nor one about what its reader may not see
    now or when it is to be sent (`mail_rules`).
    """
    headers = delivery_headers(key=key)
    with mail_about(about):
        compose(name=name, to=[to], context=context, headers=headers).send()


def absolute_url(path: str) -> str:
    """Return the URL of a path of the site, for links in e-mails."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def links_of_the_site(context: "Mapping[str, Any]") -> dict[str, str]:
    """Return what is called `…_url` in the context, with the site's own host."""
    urls = {name: context[name] for name in context if name.endswith("_url")}
    return {
        name: absolute_url(urlunsplit(("", "", *urlsplit(url)[2:])))
        for name, url in urls.items()
        if isinstance(url, str)
    }


def _community_texts() -> dict[str, str]:
    """Return the texts of the community that every e-mail shows. Two queries."""
    community = CommunitySettings.for_default_site()
    return {"site_name": community.name, "contact_email": community.contact_email}


def _render(name: str, layout: str, context: "Mapping[str, Any]") -> str:
    language = translation.get_language() or settings.LANGUAGE_CODE
    given = {
        **context,
        "layout": f"emails/layouts/{layout}",
        "plain": layout != "page.html",
        "language": language,
        "site_url": absolute_url("/"),
    }
    return render_to_string(f"emails/{name}.html", given)
