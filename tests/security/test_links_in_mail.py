"""Attack: have the site send somebody a link to the attacker's host, by the Host header.

Whatever Host a request has, a mail links to the address in the settings only.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from people.models import User

pytestmark = pytest.mark.django_db

HOST = "localhost:6666"
FORMS = {
    "/accounts/login/code/": {"email": "nobody@example.org"},
    "/accounts/password/reset/": {"email": "nobody@example.org"},
}


def bodies() -> str:
    sent: Any = mail.outbox
    pages = [page for each in sent for page, _type in each.alternatives]
    return "\n".join([*(str(each.body) for each in sent), *map(str, pages)])


@pytest.mark.parametrize("where", FORMS)
@pytest.mark.parametrize("known", [True, False])
def test_a_mail_links_to_the_site_whatever_the_host(
    where: str, known: bool, stranger: User, client_of: Callable
) -> None:
    email = stranger.email if known else "nobody@example.org"
    Client().post(where, FORMS[where] | {"email": email}, headers={"Host": HOST})
    sent = bodies()
    assert sent.strip()
    assert HOST not in sent
    links = re.findall(r"https?://[^\s\"<>]+", sent)
    assert links
    assert {link.startswith(settings.WAGTAILADMIN_BASE_URL) for link in links} == {True}


def test_a_mail_about_an_account_links_to_the_site(
    stranger: User, client_of: Callable
) -> None:
    browser: Any = client_of(stranger)
    browser.post(
        "/accounts/email/",
        {"action_add": "", "email": "new@example.org"},
        headers={"Host": HOST},
    )
    assert HOST not in bodies()
