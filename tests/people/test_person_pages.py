"""The page of a person, and the profile that they write for it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from people.actions import join_organization, leave_organization
from people.models import Organization, User
from tests.factories import (
    HomePageFactory,
    OrganizationFactory,
    UserFactory,
    WorkingGroupFactory,
    community_member,
)

pytestmark = pytest.mark.django_db
PROFILE = "/account/profile/"


@pytest.fixture(autouse=True)
def _home(db: None) -> None:
    HomePageFactory()


@pytest.fixture
def quinn() -> User:
    """Return a member whom others can find."""
    return community_member(
        email="quinn@example.org",
        name="Quinn Example",
        pronouns="they/them",
        about="I work nights.\n\nAsk me about tea.",
        listed=True,
        organization=OrganizationFactory(name="Harbour House"),
    )


def read(client: Client, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def places_offered(page: BeautifulSoup) -> list[str]:
    return [option.get_text() for option in page.select("select[name=into] option")]


def test_members_read_what_the_person_wrote_and_no_address(
    client_of: Any, member: User, quinn: User
) -> None:
    page = read(client_of(member), quinn.get_absolute_url())
    for words in ("Quinn Example", "they/them", "Ask me about tea.", "Harbour House"):
        assert words in page.get_text()
    assert "quinn@example.org" not in str(page)
    assert [each.get_text() for each in page.select(".prose p")] == [
        "I work nights.",
        "Ask me about tea.",
    ]


def test_words_of_a_person_are_escaped(client_of: Any, member: User) -> None:
    person = community_member(
        name="<i>Lee</i>", about="<img src=x onerror=alert(1)>", listed=True
    )
    html = client_of(member).get(person.get_absolute_url()).content.decode()
    assert "<i>Lee</i>" not in html
    assert "<img src=x" not in html


def test_the_person_is_told_who_sees_the_page(client_of: Any, quinn: User) -> None:
    client = client_of(quinn)
    page = read(client, quinn.get_absolute_url())
    assert "Members see this page." in page.get_text()
    assert page.find("a", href=PROFILE) is not None
    User.objects.filter(pk=quinn.pk).update(listed=False)
    words = read(client, quinn.get_absolute_url()).get_text()
    assert "Only you see this page." in words


def test_others_are_not_offered_to_change_the_profile(
    client_of: Any, member: User, quinn: User
) -> None:
    page = read(client_of(member), quinn.get_absolute_url())
    main = page.find("main")
    assert main is not None
    assert main.find("a", href=PROFILE) is None
    assert "Only you see" not in page.get_text()


def test_a_lead_is_offered_the_places_where_the_person_is_not_yet(
    client_of: Any, owner: User, quinn: User, organization: Any, working_group: Any
) -> None:
    WorkingGroupFactory(name="Led by others")
    client, url = client_of(owner), quinn.get_absolute_url()
    assert places_offered(read(client, url)) == ["Night shifts", "Lantern House"]
    join_organization(user=quinn, organization=organization)
    assert places_offered(read(client, url)) == ["Night shifts"]
    client.post(f"{url}add/", {"into": working_group.public_id})
    page = read(client, url)
    assert places_offered(page) == []
    assert page.find("form", action=f"{url}add/") is None


def test_nobody_is_offered_to_add_themselves(client_of: Any, moderator: User) -> None:
    WorkingGroupFactory(name="Kitchen")
    page = read(client_of(moderator), moderator.get_absolute_url())
    assert places_offered(page) == []


@pytest.mark.parametrize("into", ["", "zzzzzzzzzzzz", "1", "' OR 1=1 --"])
def test_a_place_that_does_not_exist_adds_nobody(
    client_of: Any, owner: User, quinn: User, into: str
) -> None:
    before = quinn.organizations.count(), quinn.working_groups.count()
    url = reverse("people:add_person", args=(quinn.public_id,))
    assert client_of(owner).post(url, {"into": into}).status_code == 302
    assert (quinn.organizations.count(), quinn.working_groups.count()) == before


def test_adding_a_person_needs_a_post(
    client_of: Any, owner: User, quinn: User, working_group: Any
) -> None:
    url = reverse("people:add_person", args=(quinn.public_id,))
    assert client_of(owner).get(url, {"into": working_group.public_id}).status_code == (
        405
    )
    assert not working_group.memberships.filter(user=quinn).exists()


def test_an_unlisted_organization_is_named_to_members(
    client_of: Any, member: User, quinn: User
) -> None:
    Organization.objects.filter(memberships__user=quinn).update(listed=False)
    page = read(client_of(member), quinn.get_absolute_url())
    assert "Harbour House" in page.get_text()
    leave_organization(user=quinn, organization=quinn.organizations.get())
    page = read(client_of(member), quinn.get_absolute_url())
    assert "Harbour House" not in page.get_text()


def test_a_profile_changes_only_what_it_shows(client_of: Any, quinn: User) -> None:
    """A form that is sent with more fields than it has must not change those."""
    before = (quinn.email, quinn.public_id, quinn.password)
    client_of(quinn).post(
        PROFILE,
        {
            "name": "Quinn",
            "pronouns": "she/her",
            "about": "",
            "email": "other@example.org",
            "is_superuser": "on",
            "is_active": "",
            "public_id": "zzzzzzzzzzzz",
            "password": "x",
            "groups": "1",
        },
    )
    quinn.refresh_from_db()
    assert (quinn.name, quinn.pronouns, quinn.about) == ("Quinn", "she/her", "")
    assert (quinn.email, quinn.public_id, quinn.password) == before
    assert (quinn.is_active, quinn.is_superuser, quinn.listed) == (True, False, False)
    assert [each.name for each in quinn.groups.all()] == ["Members"]


def test_hiding_again_takes_effect_at_once(
    client_of: Any, member: User, quinn: User
) -> None:
    reader, url = client_of(member), quinn.get_absolute_url()
    assert reader.get(url).status_code == 200
    client_of(quinn).post(PROFILE, {"name": quinn.name})
    assert reader.get(url).status_code == 404


@pytest.mark.parametrize(
    ("field", "longest"), [("name", 150), ("pronouns", 40), ("about", 600)]
)
def test_a_text_that_is_too_long_is_refused_and_nothing_is_saved(
    client_of: Any, quinn: User, field: str, longest: int
) -> None:
    client, words = client_of(quinn), "x" * longest
    sent = {"name": "Changed", "pronouns": "", "about": "", field: f"{words}x"}
    page = client.post(PROFILE, sent).content.decode()
    assert f"at most {longest} characters" in page
    quinn.refresh_from_db()
    assert quinn.name == "Quinn Example"
    assert client.post(PROFILE, sent | {field: words}).status_code == 302
    quinn.refresh_from_db()
    assert getattr(quinn, field) == words


def test_the_preview_of_a_refused_profile_shows_what_is_saved(
    client_of: Any, quinn: User
) -> None:
    answer = client_of(quinn).post(PROFILE, {"name": "New", "about": "x" * 601})
    page = BeautifulSoup(answer.content, "html.parser")
    preview = page.select_one("section.panel")
    assert preview is not None
    assert "Quinn Example" in preview.get_text()
    assert "New" not in preview.get_text()


def test_the_preview_says_when_members_see_nothing(
    client_of: Any, member: User
) -> None:
    preview = read(client_of(member), PROFILE).select_one("section.panel")
    assert preview is not None
    assert "Members cannot find you" in preview.get_text()


def test_a_profile_is_not_cached_and_needs_a_token(client_of: Any, quinn: User) -> None:
    assert "no-store" in client_of(quinn).get(PROFILE)["Cache-Control"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(quinn)
    assert strict.post(PROFILE, {"name": "Forged"}).status_code == 403
    assert Client().post(PROFILE, {"name": "Forged"}).status_code == 302
    quinn.refresh_from_db()
    assert quinn.name == "Quinn Example"


def test_without_a_name_a_person_is_a_member(client_of: Any, member: User) -> None:
    nameless = UserFactory(name="", email="kim.lee@example.org", listed=True)
    page = read(client_of(member), nameless.get_absolute_url())
    heading = page.find("h1")
    assert heading is not None
    assert heading.get_text(strip=True) == "A member"
    assert "kim.lee" not in str(page.find("main"))


def test_the_same_queries_for_one_organization_and_for_ten(
    client_of: Any, member: User, quinn: User, count_queries: Any
) -> None:
    client, counts = client_of(member), []
    for number in (1, 9):
        for _ in range(number):
            join_organization(user=quinn, organization=OrganizationFactory())
        client.get(quinn.get_absolute_url())
        with count_queries() as asked:
            client.get(quinn.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]
