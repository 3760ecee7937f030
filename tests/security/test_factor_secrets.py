"""Attack: read second factors out of a copy of the database, and sign in with them."""

import json
import time
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from people import checks
from people.actions.factor_secrets import UnreadableSecret, decrypt
from people.models import User
from tests.factories import PASSWORD, HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    HomePageFactory()
    person: User = UserFactory()
    return person


def stolen() -> str:
    """Return the rows of all second factors as they are on the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return " ".join(str(row[0]) for row in cursor.fetchall())


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def signs_in(user: User, code: str) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code})
    return "_auth_user_id" in client.session


def rotate() -> str:
    said = StringIO()
    call_command("rotate_second_factor_keys", stdout=said)
    return said.getvalue()


def test_an_app_that_is_set_up_leaves_no_secret_in_the_database(
    client_of: Any, person: User
) -> None:
    client = client_of(person)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    on_disk = stolen()
    factors = Authenticator.objects.filter(user=person)
    seeds = [each.data["seed"] for each in factors.filter(type="recovery_codes")]
    assert factors.get(type="totp").data["secret"] in on_disk
    assert secret not in on_disk
    assert [decrypt(seed) in on_disk for seed in seeds] == [False]
    assert signs_in(person, codes[0])
    assert not signs_in(person, codes[0])


def test_rotation_replaces_the_key_and_everybody_still_signs_in(
    person: User, settings: Any
) -> None:
    secret, old = generate_totp_secret(), settings.SECOND_FACTOR_KEYS
    TOTP.activate(person, secret)
    codes = RecoveryCodes.activate(person).get_unused_codes()
    assert signs_in(person, codes[0])
    new = [Fernet.generate_key().decode()]
    settings.SECOND_FACTOR_KEYS = [*new, *old]
    assert signs_in(person, codes[1])
    assert "Encrypted 2 second factors" in rotate()
    settings.SECOND_FACTOR_KEYS = new
    assert [signs_in(person, code) for code in codes[:3]] == [False, False, True]
    assert signs_in(person, code_of(secret))
    settings.SECOND_FACTOR_KEYS = old
    with pytest.raises(UnreadableSecret):
        decrypt(Authenticator.objects.get(type="totp").data["secret"])


def test_secrets_that_lie_in_clear_are_reported_and_encrypted(person: User) -> None:
    secret = generate_totp_secret()
    Authenticator.objects.create(user=person, type="totp", data={"secret": secret})
    asked: dict[str, Any] = {"app_configs": None, "databases": ["default"]}
    found = checks.factor_secrets_are_readable(**asked)
    assert [each.id for each in found] == ["people.W006"]
    rotate()
    assert secret not in stolen()
    assert checks.factor_secrets_are_readable(**asked) == []
    assert signs_in(person, code_of(secret))


def test_a_missing_key_is_reported_and_destroys_nothing(
    person: User, settings: Any
) -> None:
    TOTP.activate(person, generate_totp_secret())
    before = json.loads(json.dumps(Authenticator.objects.get().data))
    settings.SECOND_FACTOR_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="key that is missing"):
        rotate()
    assert Authenticator.objects.get().data == before
    asked: dict[str, Any] = {"app_configs": None, "databases": ["default"]}
    assert len(checks.factor_secrets_are_readable(**asked)) == 1
    assert checks.factor_secrets_are_readable(app_configs=None) == []
