"""The mail of the demonstration is readable at /mail/; that of a real site is not."""

from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client, override_settings
from django.urls import NoReverseMatch, include, path, reverse

from everydoor import urls as site_urls
from mail.actions import queue_mail
from mail.checks import (
    mail_is_readable_in_debug_only,
    mail_is_sent,
    transport_is_not_the_outbox,
)
from mail.models import OutgoingMail

from .messages import queued

pytestmark = pytest.mark.django_db


class WithMail:
    """The URLs of the site and, as in the demonstration, /mail/."""

    urlpatterns = [
        path("mail/", include("mail.urls")),
        *site_urls.urlpatterns,
    ]


@pytest.fixture
def mail(settings: Any) -> OutgoingMail:
    settings.MAIL_TRANSPORT = ""
    message = EmailMultiAlternatives(
        "Your sign-in code",
        "Go to https://example.org/accounts/ and write 1234.\n<script>",
        to=["ann@example.org"],
    )
    message.attach_alternative('<p style="color: red">1234</p>', "text/html")
    return queue_mail(message=message)


@override_settings(ROOT_URLCONF=WithMail)
def test_a_mail_is_listed_and_shown(client: Client, mail: OutgoingMail) -> None:
    listed = client.get("/mail/").content.decode()
    assert "Your sign-in code" in listed
    assert f"/mail/{mail.pk}/" in listed
    shown = client.get(f"/mail/{mail.pk}/").content.decode()
    assert '<a href="https://example.org/accounts/"' in shown
    assert "&lt;script&gt;" in shown


@override_settings(ROOT_URLCONF=WithMail)
def test_the_html_of_a_mail_may_have_inline_styles_and_nothing_else(
    client: Client, mail: OutgoingMail
) -> None:
    response = client.get(f"/mail/{mail.pk}/html/")
    assert b'style="color: red"' in response.content
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


@override_settings(ROOT_URLCONF=WithMail)
def test_the_list_costs_the_same_queries_for_any_number_of_mails(
    client: Client, mail: OutgoingMail, count_queries: Any
) -> None:
    def queries() -> int:
        with count_queries() as asked:
            client.get("/mail/")
        return len(asked)

    queries()
    few = queries()
    for number in range(20):
        queued(subject=f"Number {number}")
    assert queries() == few


@override_settings(ROOT_URLCONF=WithMail)
def test_a_mail_without_html_has_no_html_page(client: Client, settings: Any) -> None:
    settings.MAIL_TRANSPORT = ""
    mail = queued(cc=["copy@example.org"])
    shown = client.get(f"/mail/{mail.pk}/").content.decode()
    assert "copy@example.org" in shown
    assert "not sent: this site sends no mail" in shown
    assert client.get(f"/mail/{mail.pk}/html/").status_code == 404


@override_settings(ROOT_URLCONF=WithMail)
def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "Ask for a sign-in code" in client.get("/mail/").content.decode()


def test_a_real_site_has_no_such_page(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("mail:list")


def test_checks_refuse_readable_mail_and_mail_that_is_never_sent(settings: Any) -> None:
    def found(check: Any) -> list[str]:
        return [message.id for message in check(None)]

    assert found(mail_is_readable_in_debug_only) == []
    settings.MAIL_READABLE = True
    assert found(mail_is_readable_in_debug_only) == ["mail.E001"]
    assert found(mail_is_sent) == []
    settings.MAIL_TRANSPORT = ""
    assert found(mail_is_sent) == ["mail.E002"]
    assert found(transport_is_not_the_outbox) == []
    settings.MAIL_TRANSPORT = "mail.backends.OutboxBackend"
    assert found(transport_is_not_the_outbox) == ["mail.E003"]
