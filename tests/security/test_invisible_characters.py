"""Names and addresses that look like those of others, by characters that nobody sees."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from importing.planning.texts import fitted_name
from people.models import (
    Contributor,
    Invitation,
    Organization,
    User,
    WorkingGroup,
    normalize_name,
    validate_name,
)
from tests.factories import HomePageFactory

pytestmark = pytest.mark.django_db

#: By what an attacker would use each for.
HOSTILE = {
    "zero-width space": "Mi\u200bka",
    "zero-width joiner in a Latin name": "Mi\u200dka",
    "word joiner": "Mika\u2060",
    "byte order mark": "\ufeffMika",
    "soft hyphen": "Mi\u00adka",
    "right-to-left override": "Mika \u202enimda",
    "isolate": "\u2067Mika",
    "line break": "Mika\nAdministrator",
    "line separator": "Mika\u2028Administrator",
    "escape": "Mika\x1b[31m",
    "tag": "Mika\U000e0041",
    "Hangul filler": "\u3164",
    "Braille blank": "Mika\u2800",
    "private use": "Mika\ue000",
    "not assigned": "Mika\u0378",
}
ORDINARY = (
    "Zoë O’Brien-Łukasz",
    "Nuučaan̓uł",
    "xʷməθkʷəy̓əm",
    "ᑕᓂᓯ",
    "علی\u200cرضا",
    "क\u094d\u200dष",
    "李 小龍",
    "Robin 🌿 ❤️",
)
ADDRESSES = (
    "kim\u200b@example.org",
    "kim@exam\u200bple.org",
    "kim@\u202eexample.org",
    "\u017fam@example.org",  # a long s, which upper case makes an S
    "k\u0131m@example.org",
    "kim@ex\u0430mple.org",  # Cyrillic
    '"k\x01m"@example.org',
    "kim\n@example.org",
)
hostile = pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
SENTENCE = "characters that cannot be seen"
MEMBERSHIPS = {
    "memberships-TOTAL_FORMS": 0,
    "memberships-INITIAL_FORMS": 0,
    "memberships-MIN_NUM_FORMS": 0,
    "memberships-MAX_NUM_FORMS": 1000,
}


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@hostile
def test_a_profile_refuses_it_with_a_sentence_and_keeps_what_was_typed(
    client_of: Any, member: User, name: str
) -> None:
    answer = client_of(member).post(
        "/account/profile/", {"name": name, "about": "What I wrote"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert SENTENCE in page
    assert "What I wrote" in page
    member.refresh_from_db()
    assert member.name == "Mika"


@hostile
def test_nobody_signs_up_with_it(name: str) -> None:
    sent = {"name": name, "email": "new@example.org", "password1": ""}
    answer = Client().post("/accounts/signup/", sent)
    assert SENTENCE in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_signs_up_or_is_invited_with_such_an_address(
    client_of: Any, owner: User, organization: Any, address: str
) -> None:
    before = User.objects.count()
    answer = Client().post("/accounts/signup/", {"name": "Kim", "email": address})
    assert answer.status_code == 200
    url = reverse("people:organization_members", args=(organization.public_id,))
    answer = client_of(owner).post(url, {"email": address, "role": "member"})
    assert answer.status_code == 200
    assert User.objects.count() == before
    assert not Invitation.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_account_does_not_change_to_such_an_address(
    client_of: Any, member: User, address: str
) -> None:
    client_of(member).post("/accounts/email/", {"email": address, "action_add": ""})
    assert not mail.outbox
    member.refresh_from_db()
    assert member.email == "member@example.org"


def test_an_address_is_refused_with_a_sentence() -> None:
    sent = {"name": "Kim", "email": "kim@exam\u200bple.org"}
    page = Client().post("/accounts/signup/", sent).content.decode()
    assert "perhaps one that cannot be seen" in page


@pytest.mark.parametrize("kind", ["organization", "workinggroup", "contributor"])
@hostile
def test_the_cms_refuses_it(
    client_of: Any, moderator: User, kind: str, name: str
) -> None:
    models = (Organization, WorkingGroup, Contributor)
    before = [each.objects.count() for each in models]
    url = f"/cms/snippets/people/{kind}/add/"
    sent = {"name": name, "kind": "other", "about": "", **MEMBERSHIPS}
    answer = client_of(moderator).post(url, sent)
    assert SENTENCE in answer.content.decode()
    assert [each.objects.count() for each in models] == before


def test_the_account_form_of_the_cms_refuses_both(
    client_of: Any, administrator: User
) -> None:
    client = client_of(administrator)
    url = reverse("wagtailusers_users:add")
    for sent in (
        {"email": "kim@example.org", "name": HOSTILE["zero-width space"]},
        {"email": ADDRESSES[1], "name": "Kim"},
    ):
        page = client.post(url, sent).content.decode()
        assert "cannot be seen" in page
    assert not User.objects.filter(name__contains="Kim").exists()


@pytest.mark.parametrize("name", ORDINARY)
def test_names_of_people_everywhere_are_accepted(
    client_of: Any, member: User, name: str
) -> None:
    client_of(member).post("/account/profile/", {"name": f"  {name} "})
    member.refresh_from_db()
    assert member.name == normalize_name(name)
    validate_name(member.name)


def test_the_same_name_in_two_spellings_is_one_name(organization: Any) -> None:
    made = Organization.objects.create(name="Cafe\u0301  House\u00a0")
    assert made.name == "Café House"
    assert Organization.objects.get(name="Caf\u00e9 House") == made
    again = Organization(name="Cafe\u0301 House")
    with pytest.raises(ValidationError, match="already exists"):
        again.full_clean()


@hostile
def test_rows_that_no_form_has_checked_lose_it(name: str) -> None:
    made = Contributor.objects.create(name=f"Ada {name}")
    made.refresh_from_db()
    validate_name(made.name)
    Contributor.objects.filter(pk=made.pk).update(name=f"Ada {name}")
    made.refresh_from_db()
    validate_name(made.name)


@hostile
def test_an_import_removes_it_and_says_so(name: str) -> None:
    notes: list[str] = []
    made = fitted_name(f"Ada {name}", 200, notes)
    validate_name(made)
    assert fitted_name("Zoë  O’Brien", 200, []) == "Zoë O’Brien"
    if "\n" not in name and "\u2028" not in name and "\x1b" not in name:
        assert notes == [
            "Its name had characters that cannot be seen; they were removed."
        ]
