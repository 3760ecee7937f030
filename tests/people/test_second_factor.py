"""People with a trusted role sign in with two factors."""

import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.test import Client

from people.models import User
from tests.factories import PASSWORD, HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
SET_UP = "/accounts/2fa/"


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@pytest.mark.parametrize("who", ["editor", "moderator", "administrator"])
def test_a_trusted_person_sets_up_a_factor_before_anything_else(
    request: Any, client_of: Any, who: str
) -> None:
    user = request.getfixturevalue(who)
    client = client_of(user)
    assert client.get("/cms/").status_code == 200
    Authenticator.objects.filter(user=user).delete()
    data = ("/account/data/", "/account/data/download/", "/account/data/close/")
    for path in ("/", "/cms/", "/search/", "/nowhere/", *data):
        assert client.get(path).url == SET_UP
    for path in ("/account/", "/account/sign-in/", SET_UP, "/accounts/logout/"):
        assert client.get(path).status_code == 200
    parts = client.get("/", headers={"HX-Request": "true"})
    assert parts.headers["HX-Redirect"] == SET_UP


def test_a_superuser_and_a_member_of_another_cms_group_need_one_too(
    client_of: Any,
) -> None:
    root = User.objects.create_superuser("root@example.org")
    assert client_of(root).get("/").url == SET_UP


def test_a_recovery_code_alone_is_no_factor(client_of: Any, editor: User) -> None:
    Authenticator.objects.filter(user=editor).update(
        type=Authenticator.Type.RECOVERY_CODES
    )
    assert client_of(editor).get("/cms/").url == SET_UP


def test_members_and_visitors_need_none(client_of: Any, member: User) -> None:
    assert client_of(member).get("/").status_code == 200
    assert Client().get("/").status_code == 200


def test_a_setting_switches_it_off(client_of: Any, editor: User, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    Authenticator.objects.all().delete()
    assert client_of(editor).get("/cms/").status_code == 200


def test_signing_in_asks_for_the_second_factor(
    post: Any, editor: User, app_code: Any
) -> None:
    code, client = app_code(editor), Client()
    answer = post(client, "/accounts/login/", login=editor.email, password=PASSWORD)
    assert answer.redirect_chain[-1][0].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    post(client, "/accounts/2fa/authenticate/", code="000000")
    assert "_auth_user_id" not in client.session
    post(client, "/accounts/2fa/authenticate/", code=code)
    assert client.session["_auth_user_id"] == str(editor.pk)


def test_a_code_by_mail_does_not_replace_the_second_factor(
    post: Any, editor: User, code_in_mail: Any
) -> None:
    client = Client()
    post(client, "/accounts/login/code/", email=editor.email)
    post(client, "/accounts/login/code/confirm/", code=code_in_mail())
    assert "_auth_user_id" not in client.session


def test_setting_up_an_app_gives_recovery_codes(post: Any) -> None:
    user, client = UserFactory(), Client()
    post(client, "/accounts/login/", login=user.email, password=PASSWORD)
    page = client.get("/accounts/2fa/totp/activate/")
    assert 'src="data:image/svg' in page.content.decode()
    secret = page.context["form"].secret
    code = _now(secret)
    answer = post(client, "/accounts/2fa/totp/activate/", code=code)
    assert answer.redirect_chain[-1][0] == "/accounts/2fa/recovery-codes/"
    codes = answer.context["unused_codes"]
    assert len(codes) == 10
    file = client.get("/accounts/2fa/recovery-codes/download/")
    assert all(each in file.content.decode() for each in codes)
    other = Client()
    post(other, "/accounts/login/", login=user.email, password=PASSWORD)
    post(other, "/accounts/2fa/authenticate/", code=codes[0])
    assert other.session["_auth_user_id"] == str(user.pk)


def test_a_trusted_person_keeps_the_last_factor(
    post: Any, editor: User, app_code: Any
) -> None:
    code, client = app_code(editor), Client()
    post(client, "/accounts/login/", login=editor.email, password=PASSWORD)
    post(client, "/accounts/2fa/authenticate/", code=code)
    answer = post(client, "/accounts/2fa/totp/deactivate/")
    assert "Set up another one first" in answer.content.decode()
    assert Authenticator.objects.filter(user=editor, type="totp").exists()


def _now(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def test_a_sensitive_change_asks_again_after_a_while(post: Any) -> None:
    user, client = UserFactory(), Client()
    with time_machine.travel("2026-05-04 03:00Z", tick=False) as clock:
        post(client, "/accounts/login/", login=user.email, password=PASSWORD)
        assert client.get("/account/data/close/").status_code == 200
        clock.shift(15 * 60 + 1)
        again = client.get("/account/data/close/")
        assert again.url.startswith("/accounts/reauthenticate/")
        back = post(client, again.url, password=PASSWORD, next="/account/data/close/")
        assert back.redirect_chain[-1][0] == "/account/data/close/"
