"""Members find people who chose to be listed; visitors find listed organizations."""

from typing import Any

import pytest

from people.actions import (
    close_account,
    join_organization,
    leave_organization,
)
from people.models import OrganizationMembership, User
from search import actions, registry
from search.models import CONCEALED, IndexedItem
from search.query import parse
from search.results import Results
from tests.factories import OrganizationFactory, community_member

WORD = "xylophonist"


@pytest.fixture
def robin(organization: Any) -> User:
    """Return a person who chose to be listed and hides some details."""
    return community_member(
        email="secretaddress@example.org",
        name="Robin Example",
        pronouns="they/them",
        about=f"Night cook and {WORD}.",
        listed=True,
        organization=organization,
    )


@pytest.fixture
def people(find: Any) -> Any:
    """Return a function that returns the names of people that a user finds."""
    return lambda user, words: [
        hit.title for hit in find(user, words, filters={"kind": ["person"]})[:]
    ]


def _held() -> str:
    """Return everything that the index stores about people as one string."""
    entries = registry.source_named("person").entries(
        list(User.objects.values_list("pk", flat=True))
    )
    return repr(entries)


@pytest.mark.parametrize(
    ("who", "finds"),
    [("owner", True), ("member", True), ("stranger", True), ("visitor", False)],
)
def test_members_find_a_person_by_name_words_and_organization(
    request, robin, people, who, finds
):
    user = request.getfixturevalue(who)
    for words in ("Robin", WORD, "Lantern House"):
        assert ("Robin Example" in people(user, words)) is finds, words


def test_a_hit_leads_to_the_person(robin, find, member):
    (hit,) = find(member, WORD)[:]
    assert (hit.kind, hit.url) == ("person", robin.get_absolute_url())
    assert "<mark>xylophonist</mark>" in hit.summary


def test_somebody_who_left_the_community_finds_nobody(robin, find, stranger):
    stranger.organization_memberships.all().delete()
    assert find(User.objects.get(pk=stranger.pk), WORD).total == 0


def test_a_visitor_learns_of_nobody_by_counts_or_filters(robin, find, visitor):
    results = find(visitor, f"{WORD} kettle")
    kinds = [c.value for facet in results.facets for c in facet.choices]
    assert "person" not in kinds
    assert find(visitor, filters={"kind": ["person"]}).total == 0


@pytest.mark.usefixtures("site_tree")
def test_a_visitor_learns_of_nobody_by_counts_of_many_pages(find, visitor, member):
    """What the database refuses is taken from the total of one page only."""
    for number in range(25):
        community_member(name=f"Robin {number}", about=WORD, listed=True)
    assert find(member, WORD).total == 25
    results = find(visitor, WORD)
    assert (results.total, results[:], results.facets) == (0, [], [])


def test_the_search_page_names_nobody_to_visitors(
    robin, client_of, visitor, member, site_tree
):
    actions.apply_changes()
    for user, named in ((visitor, False), (member, True)):
        page = client_of(user).get("/search/", {"q": WORD}).content.decode()
        assert ("Robin Example" in page) is named


def test_nothing_is_indexed_that_a_person_does_not_show(robin, member):
    held = _held()
    assert WORD in held
    for kept in ("secretaddress", "example.org", "they/them", member.name):
        assert kept not in held


@pytest.mark.usefixtures("db")
def test_a_person_without_a_name_is_not_found_by_e_mail_address(people, member):
    community_member(email="zylofon@example.org", name="", listed=True)
    assert people(member, "zylofon") == []
    assert "zylofon" not in _held()


def test_a_person_who_is_no_longer_listed_is_hidden_at_once(
    robin, client_of, people, member, told
):
    assert people(member, WORD) == ["Robin Example"]
    form = {"name": robin.name, "about": robin.about}
    with told():
        client_of(robin).post("/account/profile/", form)
        assert Results(parse(WORD), member).total == 0
    assert people(member, WORD) == []
    assert not IndexedItem.objects.filter(source="person").exists()
    with told():
        client_of(robin).post("/account/profile/", {**form, "listed": "on"})
    assert people(member, WORD) == ["Robin Example"]


def test_a_renamed_person_is_found_by_the_new_name_alone(robin, people, member, told):
    robin.name = "Kim"
    with told():
        robin.save()
    assert (people(member, "Robin"), people(member, "Kim")) == ([], ["Kim"])


def test_a_closed_account_is_gone_at_once(robin, people, member, told):
    assert people(member, WORD) == ["Robin Example"]
    with told():
        close_account(user=robin)
        assert Results(parse(WORD), member).total == 0
    assert people(member, WORD) == []
    assert not IndexedItem.objects.filter(source="person").exists()


def test_a_deleted_account_is_gone_at_once(robin, people, member, told):
    actions.apply_changes()
    with told():
        robin.delete()
        assert Results(parse(WORD), member).total == 0


def test_signing_in_records_no_change(robin, client_of):
    actions.apply_changes()
    client_of(robin).get("/account/")
    assert actions.apply_changes().items == 0


class TestAnOrganization:
    """Members find all of them, visitors those that are listed."""

    @pytest.fixture
    def listed(self, db: None) -> Any:
        return OrganizationFactory(name=f"The {WORD}", about="Eleven beds and a harp.")

    @pytest.fixture
    def unlisted(self, db: None) -> Any:
        return OrganizationFactory(name=f"Quiet {WORD}", listed=False)

    def test_visitors_find_listed_organizations_only(
        self, listed, unlisted, find, visitor, stranger
    ):
        assert [hit.title for hit in find(visitor, WORD)[:]] == [listed.name]
        assert find(stranger, WORD).total == 2

    def test_it_is_found_by_its_place_and_its_words(self, listed, find, visitor):
        for words in ("Smithers harp", "beds"):
            (hit,) = find(visitor, words)[:]
            assert hit.url == listed.get_absolute_url()
        assert hit.eyebrow == "Supportive recovery"

    def test_an_unlisted_organization_is_hidden_at_once(
        self, listed, find, visitor, member, told
    ):
        assert find(visitor, WORD).total == 1
        listed.listed = False
        with told():
            listed.save()
            held = IndexedItem.objects.get(source="organization", object_id=listed.pk)
            assert held.rule == CONCEALED
        assert (find(visitor, WORD).total, find(member, WORD).total) == (0, 1)

    def test_a_deleted_organization_is_not_found(
        self, listed, find, visitor, told, robin
    ):
        join_organization(user=robin, organization=listed)
        with told():
            listed.delete()
        assert find(visitor, WORD).total == 0

    def test_people_are_found_by_it_while_they_are_in_it(
        self, robin, listed, people, member, told
    ):
        with told():
            join_organization(user=robin, organization=listed)
        assert people(member, "The harp xylophonist") == ["Robin Example"]
        listed.name = "Marmalade House"
        with told():
            listed.save()
        assert people(member, "Marmalade") == ["Robin Example"]
        with told():
            leave_organization(user=robin, organization=listed)
        assert people(member, "Marmalade") == []

    def test_many_cost_as_many_queries_as_one(self, count_queries, db):
        for number in range(5):
            community_member(name=f"Robin {number}", listed=True)
        for name, model in (("person", User), ("organization", OrganizationMembership)):
            source = registry.source_named(name)
            keys = list(source.object_ids())
            assert len(keys) == 5, model
            with count_queries() as few:
                source.entries(keys[:1])
            with count_queries() as many:
                source.entries(keys)
            assert len(many) == len(few)
