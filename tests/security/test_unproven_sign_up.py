"""Attack: sign up with the address of somebody else, and wait until they prove it.

Whatever way the owner takes, nothing of the attacker may open or mark the account then.
"""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from people.models import User
from tests.factories import PASSWORD, HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
VICTIM = "owner-of-the-address@example.org"
ATTACKERS = "the password of the attacker"
NEW = "four words in a row"


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


def code() -> str:
    body = str(mail.outbox[-1].body)
    return next(word for word in body.split() if word.isdigit() and len(word) == 6)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_up(client: Client, *, email: str = VICTIM, password: str = ATTACKERS) -> None:
    entered = {"name": "Mallory", "email": email, "password1": password}
    client.post("/accounts/signup/", entered)


def by_code(owner: Client) -> None:
    owner.post("/accounts/login/code/", {"email": VICTIM})
    owner.post("/accounts/login/code/confirm/", {"code": code()})


def by_new_password(owner: Client) -> None:
    owner.post("/accounts/password/reset/", {"email": VICTIM})
    owner.post("/accounts/password/reset/confirm/", {"code": code()})
    words = {"password1": NEW, "password2": NEW}
    owner.post("/accounts/password/reset/complete/", words)


PROOFS = [by_code, by_new_password]


@pytest.mark.parametrize("prove", PROOFS)
def test_the_password_of_a_stranger_opens_nothing_after_the_proof(
    prove: Callable[[Client], None],
) -> None:
    attacker, owner, again = Client(), Client(), Client()
    sign_up(attacker)
    prove(owner)
    user = User.objects.get(email=VICTIM)
    assert signed_in(owner)
    assert (user.name, user.check_password(ATTACKERS)) == ("", False)
    again.post("/accounts/login/", {"login": VICTIM, "password": ATTACKERS})
    assert not signed_in(again)
    assert owner.get("/account/").status_code == 200


@pytest.mark.parametrize("prove", PROOFS)
def test_all_that_an_unproven_account_has_is_void(
    prove: Callable[[Client], None],
) -> None:
    user = UserFactory(email=VICTIM, password=ATTACKERS)
    EmailAddress.objects.filter(user=user).update(verified=False)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "key"})
    open_session = Client()
    open_session.force_login(user)
    assert open_session.get("/account/").status_code == 200
    owner = Client()
    prove(owner)
    assert signed_in(owner)
    assert not Authenticator.objects.filter(user=user).exists()
    assert not User.objects.get(pk=user.pk).check_password(ATTACKERS)
    assert open_session.get("/account/").status_code == 302
    assert owner.get("/account/").status_code == 200


def test_a_pending_sign_up_cannot_be_finished_after_the_proof() -> None:
    attacker, owner = Client(), Client()
    sign_up(attacker)
    by_code(owner)
    change = {"action": "change", "email": "mallory@example.org"}
    attacker.post("/accounts/confirm-email/", change)
    attacker.post("/accounts/confirm-email/", {"code": code()})
    assert not signed_in(attacker)
    assert [each.email for each in EmailAddress.objects.all()] == [VICTIM]


def test_in_a_shared_browser_the_next_person_inherits_nothing() -> None:
    shared = Client()
    with time_machine.travel("2026-05-04 03:00Z", tick=False) as clock:
        sign_up(shared)
        clock.shift(20 * 60)  # the pending sign-up has expired, the session has not
        by_code(shared)
        mine = {"email": "new@example.org", "action_add": ""}
        shared.post("/accounts/email/", mine)
        shared.post("/accounts/confirm-email/", {"code": code()})
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.has_usable_password()) == ("", False)


def test_whoever_proves_the_address_keeps_what_they_entered() -> None:
    owner = Client()
    sign_up(owner, password=NEW)
    assert not User.objects.get(email=VICTIM).has_usable_password()
    owner.post("/accounts/confirm-email/", {"code": code()})
    user = User.objects.get(email=VICTIM)
    assert signed_in(owner)
    assert (user.name, user.check_password(NEW)) == ("Mallory", True)
    assert owner.get("/account/").status_code == 200


def test_a_password_that_was_entered_before_the_proof_is_kept() -> None:
    user = User.objects.create_superuser(VICTIM, NEW)
    owner = Client()
    owner.post("/accounts/login/", {"login": VICTIM, "password": NEW})
    assert not signed_in(owner)
    owner.post("/accounts/confirm-email/", {"code": code()})
    assert signed_in(owner)
    assert User.objects.get(pk=user.pk).check_password(NEW)


def test_an_address_that_an_administrator_changes_voids_what_was_before(
    client_of: Any, administrator: User
) -> None:
    user = UserFactory(email="left@example.org")
    before = Client()
    before.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    TOTP.activate(user, generate_totp_secret())
    assert before.get("/account/").status_code == 200
    form = {"email": VICTIM, "name": "Robin", "is_active": "on"}
    client_of(administrator).post(f"/cms/users/edit/{user.pk}/", form)
    user.refresh_from_db()
    assert user.email == VICTIM
    assert before.get("/account/").status_code == 302
    before.post("/accounts/login/", {"login": VICTIM, "password": PASSWORD})
    assert not signed_in(before)
    owner = Client()
    by_code(owner)
    assert signed_in(owner)
    assert User.objects.get(pk=user.pk).name == "Robin"


@pytest.mark.parametrize("prove", PROOFS)
def test_one_code_opens_an_account_that_was_made_in_the_cms(
    prove: Callable[[Client], None],
) -> None:
    user = User.objects.create_user(VICTIM, name="Robin")
    owner = Client()
    prove(owner)
    assert signed_in(owner)
    assert EmailAddress.objects.get(user=user).verified
    assert User.objects.get().check_password(NEW) is (prove is by_new_password)
