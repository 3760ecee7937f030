"""Every way to sign in, sign up and recover an account."""

from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.test import Client
from django.urls import reverse

from people.adapters import REMEMBER_ME, begin_session, store_remember_me
from people.models import User
from tests.factories import PASSWORD, HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


def signed_in(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


def test_a_password_signs_in_and_leads_to_the_requested_page(post: Any) -> None:
    user, client = UserFactory(), Client()
    answer = post(
        client,
        f"{LOGIN}?next=/account/",
        login=user.email,
        password=PASSWORD,
        next="/account/",
    )
    assert signed_in(client) == str(user.pk)
    assert answer.redirect_chain[-1][0] == "/account/"


@pytest.mark.parametrize(
    "aim", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_nobody_is_redirected_to_another_site(post: Any, aim: str) -> None:
    user, client = UserFactory(), Client()
    answer = post(client, LOGIN, login=user.email, password=PASSWORD, next=aim)
    assert signed_in(client)
    assert all("elsewhere" not in url for url, _ in answer.redirect_chain)


def test_a_code_by_mail_signs_in(post: Any, code_in_mail: Any) -> None:
    user, client = UserFactory(), Client()
    post(client, "/accounts/login/code/", email=user.email.upper(), next="/account/")
    answer = post(
        client, "/accounts/login/code/confirm/", code=code_in_mail(), next="/account/"
    )
    assert signed_in(client) == str(user.pk)
    assert answer.redirect_chain[-1][0] == "/account/"


def test_wrong_codes_are_refused_and_the_third_invalidates_the_code(post: Any) -> None:
    user, client = UserFactory(), Client()
    post(client, "/accounts/login/code/", email=user.email)
    answer = post(client, "/accounts/login/code/confirm/", code="000000")
    assert "not the code that we sent" in answer.content.decode()
    for _ in range(3):
        post(client, "/accounts/login/code/confirm/", code="000000")
    assert not signed_in(client)
    assert client.get("/accounts/login/code/confirm/").status_code == 302


def test_a_code_expires_after_a_quarter_of_an_hour(
    post: Any, code_in_mail: Any
) -> None:
    user, client = UserFactory(), Client()
    with time_machine.travel("2026-05-04 03:00Z", tick=False) as clock:
        post(client, "/accounts/login/code/", email=user.email)
        clock.shift(15 * 60 + 1)
        post(client, "/accounts/login/code/confirm/", code=code_in_mail())
        assert not signed_in(client)


def test_an_address_without_account_looks_the_same(post: Any) -> None:
    there = post(Client(), "/accounts/login/code/", email=UserFactory().email)
    nobody = post(Client(), "/accounts/login/code/", email="nobody@example.org")
    assert there.redirect_chain == nobody.redirect_chain
    assert there.content.decode().count("six digits") == nobody.content.decode().count(
        "six digits"
    )


def test_signing_up_confirms_the_address_and_makes_no_member(
    post: Any, code_in_mail: Any
) -> None:
    client = Client()
    post(client, "/accounts/signup/", name="Ro", email="Ro@Example.org", password1="")
    assert not signed_in(client)
    post(client, "/accounts/confirm-email/", code=code_in_mail())
    user = User.objects.get(email="ro@example.org")
    assert (user.name, user.has_usable_password()) == ("Ro", False)
    assert signed_in(client) == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified
    assert "What happens next" in client.get("/account/").content.decode()


def test_signing_up_twice_tells_only_the_owner(post: Any) -> None:
    user = UserFactory()
    fresh = post(
        Client(), "/accounts/signup/", name="A", email="a@example.org", password1=""
    )
    again = post(
        Client(), "/accounts/signup/", name="A", email=user.email, password1=""
    )
    assert fresh.redirect_chain == again.redirect_chain
    assert "You already have an account" in mail.outbox[-1].body
    assert User.objects.filter(email=user.email).count() == 1


def test_a_forgotten_password_is_replaced_by_a_code(
    post: Any, code_in_mail: Any
) -> None:
    user, client = UserFactory(), Client()
    post(client, "/accounts/password/reset/", email=user.email)
    post(client, "/accounts/password/reset/confirm/", code=code_in_mail())
    new = "four words in a row"
    post(client, "/accounts/password/reset/complete/", password1=new, password2=new)
    user.refresh_from_db()
    assert user.check_password(new)
    assert "You have a new password" in mail.outbox[-1].body


def test_a_new_address_replaces_the_old_one_once_confirmed(
    post: Any, client_of: Any, code_in_mail: Any
) -> None:
    user = UserFactory()
    client = Client()
    post(client, LOGIN, login=user.email, password=PASSWORD)
    post(client, "/accounts/email/", email="new@example.org", action_add="")
    user.refresh_from_db()
    assert user.email != "new@example.org"
    post(client, "/accounts/confirm-email/", code=code_in_mail())
    user.refresh_from_db()
    assert user.email == "new@example.org"


def test_too_many_wrong_passwords_are_slowed_down(post: Any) -> None:
    user, client = UserFactory(), Client()
    for _ in range(9):
        post(client, LOGIN, login=user.email, password="wrong")
    post(client, LOGIN, login=user.email, password=PASSWORD)
    assert not signed_in(client)


def test_a_closed_account_cannot_sign_in(post: Any) -> None:
    user, client = UserFactory(is_active=False), Client()
    post(client, LOGIN, login=user.email, password=PASSWORD)
    post(client, "/accounts/login/code/", email=user.email)
    assert not signed_in(client)


def test_a_session_expires_after_a_day_or_a_month_if_remembered(post: Any) -> None:
    user = UserFactory()
    with time_machine.travel("2026-05-04 03:00Z", tick=False) as clock:
        brief, long = Client(), Client()
        post(brief, LOGIN, login=user.email, password=PASSWORD)
        post(long, LOGIN, login=user.email, password=PASSWORD, remember="on")
        clock.shift(23 * 3600)
        assert brief.get("/account/").status_code == 200  # in use: renewed
        clock.shift(23 * 3600)
        assert brief.get("/account/").status_code == 200
        clock.shift(25 * 3600)
        away = brief.get("/account/", follow=True)
        assert "after a day away" in away.content.decode()
        clock.shift(20 * 24 * 3600)
        assert long.get("/account/").status_code == 200


def test_remember_me_does_not_apply_to_the_next_person(post: Any) -> None:
    user, client = UserFactory(), Client()
    post(client, "/accounts/login/code/", email="mistyped", remember="on")
    post(client, LOGIN, login=user.email, password=PASSWORD)
    assert signed_in(client) == str(user.pk)
    assert client.session.get_expiry_age() <= 24 * 3600


def test_remember_me_applies_only_to_the_submitted_address_and_once(rf: Any) -> None:
    user, request = UserFactory(email="a@example.org"), rf.get("/")
    for asked, stays in (("A@example.org", True), ("b@example.org", False)):
        request.session = SessionStore()
        store_remember_me(session=request.session, email=asked, remember=True)
        begin_session(request=request, user=user)
        assert (request.session.get_expiry_age() > 24 * 3600) is stays
        assert REMEMBER_ME not in request.session


def test_remember_me_works_with_a_code_too(post: Any, code_in_mail: Any) -> None:
    user, client = UserFactory(), Client()
    post(client, "/accounts/login/code/", email=user.email.upper(), remember="on")
    post(client, "/accounts/login/code/confirm/", code=code_in_mail())
    assert client.session.get_expiry_age() > 29 * 24 * 3600


def test_the_cms_has_no_sign_in_of_its_own() -> None:
    answer = Client().get("/cms/login/?next=/cms/pages/")
    assert answer.url == f"{LOGIN}?next=/cms/pages/"
    assert Client().get(reverse("wagtailadmin_home")).url.startswith(LOGIN)


def test_every_page_of_sign_in_answers(post: Any) -> None:
    client = Client()
    for path in ("login/", "login/code/", "signup/", "password/reset/", "inactive/"):
        assert client.get(f"/accounts/{path}").status_code == 200, path
    post(client, LOGIN, login=UserFactory().email, password=PASSWORD)
    for path in (
        "logout/",
        "email/",
        "password/change/",
        "sessions/",
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
    ):
        assert client.get(f"/accounts/{path}").status_code == 200, path
