"""The door “Write together” and the page of a working group, as each person sees them."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup

from pages.actions import create_group_page
from people.actions import join_working_group, leave_working_group
from people.models import WorkingGroupMembership
from tests.factories import (
    DocumentFactory,
    FolderFactory,
    GuidePageFactory,
    WorkingGroupFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db


def soup(client: Any, page: Any) -> BeautifulSoup:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(client: Any, page: Any) -> str:
    main = soup(client, page).main
    assert main is not None
    return main.get_text(" ", strip=True)


def rows_of(client: Any, page: Any) -> list[str]:
    shown = soup(client, page).select("main .row__title")
    return [each.get_text(strip=True) for each in shown]


# --- the door -------------------------------------------------------------------------


def test_a_visitor_learns_that_groups_work_in_private(
    client: Any, site_tree: Any
) -> None:
    said = words(client, site_tree.write)
    assert "Groups work in private" in said
    assert "Night shifts" not in said
    link = soup(client, site_tree.write).find("a", string="Sign in to see them")
    assert link is not None
    assert str(link["href"]).endswith("?next=/write/")


def test_a_community_member_learns_which_groups_there_are(
    client_of: Any, stranger: Any, site_tree: Any
) -> None:
    client = client_of(stranger)
    assert "Other groups at work Night shifts" in words(client, site_tree.write)
    assert not soup(client, site_tree.write).find("a", string="Night shifts")


@pytest.mark.parametrize("who", ["owner", "member"])
def test_people_in_a_group_open_its_page_from_the_door(
    request: Any, client_of: Any, site_tree: Any, who: str
) -> None:
    client = client_of(request.getfixturevalue(who))
    assert "Groups whose pages you can open" in words(client, site_tree.write)
    link = soup(client, site_tree.write).find("a", string="Night shifts")
    assert link is not None
    assert client.get(str(link["href"])).status_code == 200


def test_somebody_who_has_just_left_a_group_finds_it_among_the_others(
    client_of: Any, member: Any, site_tree: Any
) -> None:
    client = client_of(member)
    leave_working_group(user=member, working_group=site_tree.group)
    assert "Groups whose pages you can open" not in words(client, site_tree.write)
    assert rows_of(client, site_tree.write) == ["Night shifts"]
    assert client.get(site_tree.group_page.url).status_code == 404


CLOSED = {"closed_at": dt.datetime(2026, 5, 4, tzinfo=dt.UTC)}


@pytest.mark.parametrize("change", [{"listed": False}, CLOSED])
def test_unlisted_and_closed_groups_are_not_among_the_others(
    client_of: Any, stranger: Any, site_tree: Any, change: dict[str, Any]
) -> None:
    WorkingGroupFactory(name="Whispers", **change)
    assert rows_of(client_of(stranger), site_tree.write) == ["Night shifts"]


def test_a_public_page_of_a_group_is_listed_for_visitors(
    client: Any, site_tree: Any
) -> None:
    group = WorkingGroupFactory(name="The garden")
    page = create_group_page(parent=site_tree.write, working_group=group)
    page.view_restrictions.all().delete()
    assert rows_of(client, site_tree.write) == ["The garden"]


def test_the_door_costs_the_same_for_many_groups(
    client_of: Any, member: Any, site_tree: Any, count_queries: Any
) -> None:
    client = client_of(member)
    client.get(site_tree.write.url)
    with count_queries() as few:
        client.get(site_tree.write.url)
    for number in range(8):
        group = WorkingGroupFactory(name=f"Group {number}", members=[member])
        create_group_page(parent=site_tree.write, working_group=group)
        WorkingGroupFactory(name=f"Other {number}")
    client.get(site_tree.write.url)
    with count_queries() as many:
        client.get(site_tree.write.url)
    assert len(rows_of(client, site_tree.write)) == 17
    assert len(many) <= len(few)


# --- the page of a group --------------------------------------------------------------


def test_its_documents_come_newest_first_with_format_and_size(
    client_of: Any, member: Any, site_tree: Any
) -> None:
    DocumentFactory(title="Minutes of May", collection=site_tree.group_folder)
    DocumentFactory(title="Elsewhere", collection=FolderFactory())
    page = soup(client_of(member), site_tree.group_page)
    lines = page.select("#documents .get li")
    titles = [line.get_text("\n", strip=True).split("\n")[0] for line in lines]
    assert titles == ["Minutes of May", "Draft for the night"]
    assert "bytes" in lines[0].get_text()


def test_a_folder_that_was_restricted_further_shows_nothing(
    client_of: Any, member: Any, site_tree: Any
) -> None:
    others = WorkingGroupFactory(name="Leads only")
    restriction = site_tree.group_folder.view_restrictions.get()
    restriction.groups.set([others.group])
    said = words(client_of(member), site_tree.group_page)
    assert "No documents yet" in said
    assert "Draft for the night" not in said.split("No documents yet")[1]


def test_a_page_whose_folder_was_deleted_has_no_documents(
    client_of: Any, member: Any, site_tree: Any
) -> None:
    site_tree.group_document.delete()
    site_tree.group_folder.delete()
    assert "No documents yet" in words(client_of(member), site_tree.group_page)


def show_by_name(user: Any, group: Any) -> None:
    membership = WorkingGroupMembership.objects.get(user=user, working_group=group)
    membership.shown = True
    membership.save()


def people_on(client: Any, page: Any) -> list[str]:
    shown = soup(client, page).select("ul.people li")
    return [each.get_text(" ", strip=True) for each in shown]


def test_members_are_named_only_if_they_chose_so(
    client_of: Any, owner: Any, member: Any, site_tree: Any
) -> None:
    client = client_of(member)
    assert people_on(client, site_tree.group_page) == [
        "· A member, who leads the group",
        "· A member",
    ]
    show_by_name(member, site_tree.group)
    assert people_on(client, site_tree.group_page)[1] == "M Mika"
    show_by_name(owner, site_tree.group)
    assert people_on(client, site_tree.group_page)[0] == "O Olu leads the group"


@pytest.mark.parametrize(("who", "offered"), [("owner", True), ("member", False)])
def test_only_the_lead_is_offered_to_invite_somebody(
    request: Any, client_of: Any, site_tree: Any, who: str, offered: bool
) -> None:
    user = request.getfixturevalue(who)
    page = soup(client_of(user), site_tree.group_page)
    link = page.find("a", href=site_tree.group.get_absolute_url())
    assert (link is not None) is offered


def test_what_the_group_wrote_is_listed_as_far_as_its_reader_may_see_it(
    client_of: Any, member: Any, site_tree: Any
) -> None:
    GuidePageFactory(
        parent=site_tree.shelf, title="Ours", working_group=site_tree.group
    )
    hidden = GuidePageFactory(
        parent=site_tree.shelf, title="Not for us", working_group=site_tree.group
    )
    restrict_page(hidden, WorkingGroupFactory().group)
    GuidePageFactory(parent=site_tree.shelf, title="Of others")
    assert rows_of(client_of(member), site_tree.group_page) == ["Ours"]


def test_a_page_without_a_summary_begins_with_the_purpose_of_the_group(
    client_of: Any, member: Any, site_tree: Any
) -> None:
    site_tree.group_page.summary = ""
    site_tree.group_page.save()
    said = words(client_of(member), site_tree.group_page)
    assert "A guide to the hours between eleven and seven." in said


def test_pages_below_a_group_page_are_for_the_group_too(
    client_of: Any, member: Any, stranger: Any, site_tree: Any
) -> None:
    group = WorkingGroupFactory(name="The garden", members=[member])
    page = create_group_page(parent=site_tree.write, working_group=group)
    assert client_of(member).get(page.url).status_code == 200
    assert client_of(stranger).get(page.url).status_code == 404
    join_working_group(user=stranger, working_group=group)
    assert client_of(stranger).get(page.url).status_code == 200
