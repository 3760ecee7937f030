"""Attack: find a session open whose account has no password, and take the account over."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.core import mail
from django.test import Client

from people.models import User
from tests.factories import PASSWORD, HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
CONFIRM = "/account/confirm/"
NEW = {"password1": "four words in a row", "password2": "four words in a row"}
SENSITIVE = [
    "/accounts/password/set/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/account/data/download/",
    "/account/data/close/",
]


@pytest.fixture
def clock() -> Iterator[Any]:
    HomePageFactory()
    with time_machine.travel("2026-05-04 03:00Z", tick=False) as travelling:
        yield travelling


@pytest.fixture
def person() -> User:
    person: User = UserFactory(password=None)
    return person


@pytest.fixture
def found_open(clock: Any, person: User) -> Client:
    """Return a session that was opened by a code two hours ago."""
    client = Client()
    client.post("/accounts/login/code/", {"email": person.email})
    client.post("/accounts/login/code/confirm/", {"code": code()})
    clock.shift(2 * 3600)
    return client


def code() -> str:
    body = str(mail.outbox[-1].body)
    return next(word for word in body.split() if word.isdigit() and len(word) == 6)


@pytest.mark.parametrize("url", SENSITIVE)
def test_a_sensitive_page_asks_for_a_code_and_then_opens(
    found_open: Client, url: str
) -> None:
    asked = found_open.get(url)
    assert asked.headers["Location"] == f"{CONFIRM}?next={url.replace('/', '%2F')}"
    page = found_open.get(asked.headers["Location"])
    assert "Send me a code" in page.content.decode()
    sent = found_open.post(CONFIRM, {"action": "send", "next": url}, follow=True)
    assert mail.outbox[-1].to == [User.objects.get().email]
    assert "Continue" in sent.content.decode()
    back = found_open.post(CONFIRM, {"code": code(), "next": url})
    assert back.headers["Location"] == url
    assert found_open.get(url).status_code == 200


def test_nothing_is_changed_by_posting_past_the_question(
    found_open: Client, person: User
) -> None:
    found_open.post("/accounts/password/set/", NEW)
    found_open.post("/account/data/close/", {"sure": "on"})
    found_open.post("/accounts/2fa/recovery-codes/generate/")
    mine = {"email": "mallory@example.org", "action_add": ""}
    assert found_open.post("/accounts/email/", mine)["Location"].startswith(CONFIRM)
    found_open.get("/accounts/2fa/totp/activate/")
    secret = found_open.session.get("mfa.totp.secret", "A" * 32)
    guess = f"{hotp_value(secret, int(time.time()) // 30):06d}"
    found_open.post("/accounts/2fa/totp/activate/", {"code": guess})
    person.refresh_from_db()
    assert person.is_active
    assert not person.has_usable_password()
    assert not Authenticator.objects.exists()
    assert "mallory" not in " ".join(to for each in mail.outbox for to in each.to)


def test_the_code_is_guessed_three_times_and_sent_five_times(
    found_open: Client, clock: Any
) -> None:
    before = len(mail.outbox)
    found_open.post(CONFIRM, {"action": "send"})
    for _ in range(3):
        found_open.post(CONFIRM, {"code": "no"})
    found_open.post(CONFIRM, {"code": code()})
    assert found_open.get("/account/data/close/").status_code == 302
    for _ in range(10):
        found_open.post(CONFIRM, {"action": "send"})
    assert len(mail.outbox) - before == 5
    clock.shift(15 * 60 + 1)
    found_open.post(CONFIRM, {"code": code()})
    assert found_open.get("/account/data/close/").status_code == 302


def test_a_code_for_somebody_else_confirms_nothing(
    found_open: Client, person: User
) -> None:
    found_open.post(CONFIRM, {"action": "send"})
    sent = code()
    session = found_open.session
    session["reauthentication_code"]["user_id"] = str(UserFactory().pk)
    session.save()
    found_open.post(CONFIRM, {"code": sent})
    assert found_open.get("/account/data/close/").status_code == 302


def test_the_answer_leads_to_no_other_site(found_open: Client) -> None:
    found_open.post(CONFIRM, {"action": "send"})
    aim = "https://elsewhere.example/"
    back = found_open.post(CONFIRM, {"code": code(), "next": aim})
    assert "elsewhere" not in back.headers["Location"]


def test_who_has_a_password_is_asked_for_that_instead(clock: Any) -> None:
    user, client = UserFactory(), Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    clock.shift(2 * 3600)
    asked = client.get("/account/data/download/")
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    asked = client.get(f"{CONFIRM}?next=/account/data/download/")
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    assert Client().get(CONFIRM).headers["Location"].startswith("/accounts/login/")
