"""Attack: find out who has an account, from what the site answers and from what it costs.

`benchmarks.enumeration` measures the time; here are the pages, the queries and the hashes.
"""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from people.models import User
from tests.factories import PASSWORD, HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "anybody-a@example.org", "anybody-b@example.org"
CODE = "/accounts/confirm-email/"
FORMS: dict[str, dict[str, str]] = {
    "/accounts/signup/": {"name": "Robin", "email": "{}", "password1": ""},
    "/accounts/signup/?": {"name": "Robin", "email": "{}", "password1": PASSWORD},
    "/accounts/signup/?weak": {"name": "Robin", "email": "{}", "password1": "abc"},
    "/accounts/login/": {"login": "{}", "password": "guess"},
    "/accounts/login/code/": {"email": "{}"},
    "/accounts/password/reset/": {"email": "{}"},
}
# Two more or fewer: an account is looked up by other tables where there is none.
NEARLY = 4


@pytest.fixture(autouse=True)
def _person(db: None) -> None:
    HomePageFactory()
    UserFactory(email=KNOWN)


def entered(url: str, email: str) -> dict[str, str]:
    return {name: value.format(email) for name, value in FORMS[url].items()}


def answer(client: Client, url: str, data: dict[str, str]) -> tuple[Any, ...]:
    """Return all that a stranger sees, without what is random or names the address."""
    response = client.post(url, data, follow=True)
    page = response.content.decode()
    for ours in (KNOWN, UNKNOWN):
        page = page.replace(ours, "ADDRESS")
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    cookies = sorted((name, bool(each.value)) for name, each in client.cookies.items())
    return response.status_code, response.redirect_chain, page, cookies


@pytest.mark.parametrize("url", FORMS)
def test_both_get_the_same_answer(url: str) -> None:
    answers = [answer(Client(), url, entered(url, email)) for email in (KNOWN, UNKNOWN)]
    assert answers[0] == answers[1]


def test_the_page_for_the_code_is_the_same_whatever_is_tried_there() -> None:
    seen = []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        steps = [
            answer(client, "/accounts/signup/", entered("/accounts/signup/", email))
        ]
        tries: list[dict[str, str]] = [
            {"code": "000000"},
            {"action": "change", "email": "other@example.org"},
            {"action": "resend"},
            {"code": "no"},
            {"code": "000001"},
        ]
        steps += [answer(client, CODE, each) for each in tries]
        seen.append(steps)
    assert seen[0] == seen[1]
    assert "wrong address" not in str(seen)


@pytest.mark.parametrize("url", FORMS)
def test_both_cost_nearly_the_same_queries(url: str, count_queries: Any) -> None:
    Client().get(url)
    costs = []
    for email in (KNOWN, UNKNOWN):
        with count_queries() as asked:
            Client().post(url, entered(url, email))
        costs.append(len(asked))
    assert abs(costs[0] - costs[1]) <= NEARLY, costs


@pytest.mark.parametrize("url", FORMS)
def test_both_hash_a_password_as_often(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    real = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return str(real(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for email in (KNOWN, UNKNOWN):
        hashed.clear()
        Client().post(url, entered(url, email))
        counts.append(len(hashed))
    assert counts[0] == counts[1]


def test_a_sign_up_for_an_account_that_exists_leaves_no_row() -> None:
    Client().post("/accounts/signup/", entered("/accounts/signup/", KNOWN))
    assert [user.email for user in User.objects.all()] == [KNOWN]
    assert mail.outbox[-1].to == [KNOWN]
    assert "You already have an account" in mail.outbox[-1].body
