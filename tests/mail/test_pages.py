"""Mail of the demonstration can be read on the site, and nowhere else."""

from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client, override_settings
from django.urls import NoReverseMatch, include, path, reverse

from everydoor import urls as site_urls
from mail.actions import accept_mail
from mail.checks import (
    a_transport_is_no_outbox,
    mail_is_read_in_the_demonstration_only,
    mail_leaves_the_house,
)
from mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


class WithMail:
    """The site's addresses and, as in the demonstration, /mail/."""

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
    return accept_mail(message=message)


@override_settings(ROOT_URLCONF=WithMail)
def test_a_mail_is_listed_and_read(client: Client, mail: OutgoingMail) -> None:
    listed = client.get("/mail/").content.decode()
    assert "Your sign-in code" in listed
    assert f"/mail/{mail.pk}/" in listed
    shown = client.get(f"/mail/{mail.pk}/").content.decode()
    assert '<a href="https://example.org/accounts/"' in shown
    assert "&lt;script&gt;" in shown


@override_settings(ROOT_URLCONF=WithMail)
def test_the_html_of_a_mail_may_style_itself_and_do_nothing_else(
    client: Client, mail: OutgoingMail
) -> None:
    response = client.get(f"/mail/{mail.pk}/html/")
    assert b'style="color: red"' in response.content
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


@override_settings(ROOT_URLCONF=WithMail)
def test_an_empty_outbox_says_what_to_do(client: Client) -> None:
    assert "Ask for a sign-in code" in client.get("/mail/").content.decode()


def test_outside_the_demonstration_there_is_no_such_page(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("mail:mails")


def test_checks_keep_the_mail_private_and_going_out(settings: Any) -> None:
    def found(check: Any) -> list[str]:
        return [message.id for message in check(None)]

    assert found(mail_is_read_in_the_demonstration_only) == []
    settings.MAIL_READABLE = True
    assert found(mail_is_read_in_the_demonstration_only) == ["mail.E001"]
    assert found(mail_leaves_the_house) == []
    settings.MAIL_TRANSPORT = ""
    assert found(mail_leaves_the_house) == ["mail.E002"]
    assert found(a_transport_is_no_outbox) == []
    settings.MAIL_TRANSPORT = "mail.backends.OutboxBackend"
    assert found(a_transport_is_no_outbox) == ["mail.E003"]
