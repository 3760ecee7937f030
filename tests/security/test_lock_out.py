"""Attack: lock somebody out of their own account by failing to sign in to it, again and again.

And the other side of it: guess a password, from one source and from many.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from people.models import User
from tests.factories import PASSWORD, HomePageFactory, UserFactory

from .passkeys import Passkey

pytestmark = pytest.mark.django_db
ATTACKER = "203.0.113.7"
OWNER = "198.51.100.20"


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[Any]:
    HomePageFactory()
    with time_machine.travel("2026-05-04 03:00Z", tick=False) as travelling:
        yield travelling


@pytest.fixture
def person() -> User:
    person: User = UserFactory()
    return person


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def by_password(client: Client, user: User, password: str = PASSWORD) -> bool:
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return signed_in(client)


def by_code(client: Client, user: User) -> bool:
    before = len(mail.outbox)
    client.post("/accounts/login/code/", {"email": user.email})
    if len(mail.outbox) == before:
        return False
    body = str(mail.outbox[-1].body)
    code = next(word for word in body.split() if word.isdigit() and len(word) == 6)
    client.post("/accounts/login/code/confirm/", {"code": code})
    return signed_in(client)


def attack(user: User, *, source: str = ATTACKER, times: int = 10) -> None:
    """Fail by password, by code and by a forgotten password, each time in a new browser."""
    for _ in range(times):
        by_password(Client(REMOTE_ADDR=source), user, "guess")
        for url in ("/accounts/login/code/", "/accounts/password/reset/"):
            Client(REMOTE_ADDR=source).post(url, {"email": user.email})


def test_the_attacker_is_stopped_and_the_owner_signs_in_both_ways(
    person: User,
) -> None:
    attack(person)
    assert not by_password(Client(REMOTE_ADDR=ATTACKER), person)
    assert not by_code(Client(REMOTE_ADDR=ATTACKER), person)
    assert by_password(Client(REMOTE_ADDR=OWNER), person)
    assert by_code(Client(REMOTE_ADDR=OWNER), person)


def test_a_browser_that_signed_in_before_passes_even_at_the_same_workplace(
    person: User,
) -> None:
    known = Client(REMOTE_ADDR=ATTACKER)
    assert by_password(known, person)
    known.post("/accounts/logout/")
    attack(person)
    assert not by_password(Client(REMOTE_ADDR=ATTACKER), person)
    assert by_password(known, person)
    known.post("/accounts/logout/")
    assert by_code(known, person)


def test_many_sources_together_guess_a_hundred_times_an_hour(
    person: User, clock: Any
) -> None:
    known = Client(REMOTE_ADDR=OWNER)
    assert by_password(known, person)
    known.post("/accounts/logout/")
    for n in range(15):
        attack(person, source=f"203.0.113.{n}", times=7)
    assert not by_password(Client(REMOTE_ADDR="192.0.2.1"), person)
    assert len([each for each in mail.outbox if person.email in each.to]) <= 61
    assert by_password(known, person)
    clock.shift(3601)
    assert by_password(Client(REMOTE_ADDR="192.0.2.1"), person)


def test_the_cookie_of_one_account_helps_with_no_other(person: User) -> None:
    attacker = Client(REMOTE_ADDR=ATTACKER)
    assert by_password(attacker, UserFactory())
    attacker.post("/accounts/logout/")
    for _ in range(8):
        assert not by_password(attacker, person, "guess")
    assert not by_password(attacker, person)


def test_the_cookie_gives_no_more_than_eight_guesses_of_its_own(person: User) -> None:
    stolen = Client(REMOTE_ADDR=ATTACKER)
    assert by_password(stolen, person)
    stolen.post("/accounts/logout/")
    for _ in range(16):
        assert not by_password(stolen, person, "guess")
    assert not by_password(stolen, person)
    stolen.cookies["known_device"] = stolen.cookies["known_device"].value[:-1] + "x"
    assert not by_password(stolen, person)


def test_the_cookie_names_nobody(person: User) -> None:
    client = Client()
    assert by_password(client, person)
    cookie = client.cookies["known_device"]
    assert person.email.partition("@")[0] not in cookie.value
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_passkey_always_works(person: User) -> None:
    passkey = Passkey.of(person)
    attack(person)
    for _ in range(12):
        bad = Client(REMOTE_ADDR=ATTACKER)
        by_password(bad, person)
        passkey.sign_in(bad, forged=True)
        assert not signed_in(bad)
    same_place = Client(REMOTE_ADDR=ATTACKER)
    passkey.sign_in(same_place)
    assert signed_in(same_place)
    second = Client(REMOTE_ADDR=OWNER)
    assert not by_password(second, person)
    for _ in range(10):
        second.post("/accounts/2fa/authenticate/", {"code": "000000"})
    passkey.answer(second)
    assert signed_in(second)


def test_a_new_password_ends_the_wait(person: User) -> None:
    owner = Client(REMOTE_ADDR=OWNER)
    for _ in range(9):
        by_password(owner, person, "guess")
    assert not by_password(owner, person)
    owner.post("/accounts/password/reset/", {"email": person.email})
    body = str(mail.outbox[-1].body)
    code = next(word for word in body.split() if word.isdigit() and len(word) == 6)
    owner.post("/accounts/password/reset/confirm/", {"code": code})
    new = "four words in a row"
    words = {"password1": new, "password2": new}
    owner.post("/accounts/password/reset/complete/", words)
    owner.post("/accounts/logout/")
    assert by_password(owner, person, new)
