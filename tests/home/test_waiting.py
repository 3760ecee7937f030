"""What waits for a person: on the home page, and on the first page of the CMS."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from people.actions import Role, join_working_group
from tests.cms.forms import edit_url, open_form
from tests.factories import HomePageFactory, StandardPageFactory, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Any:
    return HomePageFactory()


@pytest.fixture
def other_editor(organization: Any) -> Any:
    return with_role(
        Role.EDITOR, email="other@example.org", name="Oda", organization=organization
    )


def draft_of(user: Any, home: Any, title: str) -> Any:
    page = StandardPageFactory(parent=home, title=title, live=False)
    page.save_revision(user=user)
    return page


def submit(client: Any, page: Any) -> None:
    client.post(edit_url(page), open_form(client, page) | {"action-submit": "1"})


def waiting_in_cms(client: Any) -> dict[str, str]:
    """Return the sections of “Waiting for you”, by their headings."""
    html = client.get(reverse("wagtailadmin_home")).content
    panel = BeautifulSoup(html, "html.parser").select_one(".cms-waiting")
    assert panel is not None
    found = {}
    for heading in panel.find_all("h3"):
        items = heading.find_next("ul")
        found[heading.get_text()] = items.get_text(" ", strip=True) if items else ""
    return found


def home_of(client: Any) -> str:
    return BeautifulSoup(client.get("/").content, "html.parser").get_text(" ")


def test_a_review_waits_for_others_and_not_for_its_author(
    client_of: Any, editor: Any, other_editor: Any, home: Any
) -> None:
    page = draft_of(editor, home, "Tea at night")
    submit(client_of(editor), page)
    assert "Tea at night" in waiting_in_cms(client_of(other_editor))["To read"]
    assert "One thing is waiting for you" in home_of(client_of(other_editor))
    assert "To read" not in waiting_in_cms(client_of(editor))
    assert "Nothing is waiting for you." in home_of(client_of(editor))


def test_the_home_page_leads_to_the_review(
    client_of: Any, editor: Any, other_editor: Any, home: Any
) -> None:
    page = draft_of(editor, home, "Tea at night")
    submit(client_of(editor), page)
    html = client_of(other_editor).get("/").content
    link = BeautifulSoup(html, "html.parser").find("a", string="Tea at night")
    assert link is not None
    assert link["href"] == edit_url(page)


def test_the_review_that_waited_longest_comes_first(
    client_of: Any, editor: Any, other_editor: Any, home: Any
) -> None:
    for title in ("First sent", "Sent later"):
        submit(client_of(editor), draft_of(editor, home, title))
    shown = waiting_in_cms(client_of(other_editor))["To read"]
    assert shown.index("First sent") < shown.index("Sent later")


def test_a_review_in_a_group_of_others_does_not_wait_for_an_editor(
    client_of: Any, editor: Any, other_editor: Any, site_tree: Any
) -> None:
    join_working_group(user=editor, working_group=site_tree.group)
    page = draft_of(editor, site_tree.group_page, "Rough notes")
    submit(client_of(editor), page)
    assert "To read" not in waiting_in_cms(client_of(other_editor))
    assert "Rough notes" not in home_of(client_of(other_editor))
    join_working_group(user=other_editor, working_group=site_tree.group)
    assert "Rough notes" in waiting_in_cms(client_of(other_editor))["To read"]


def test_a_task_that_knows_no_groups_shows_no_review_of_others_either(
    client_of: Any, editor: Any, other_editor: Any, site_tree: Any
) -> None:
    """An administrator can add Wagtail's own kind of task to the workflow."""
    task = GroupApprovalTask.objects.create(name="The board reads")
    task.groups.set(Group.objects.filter(name=Role.EDITOR))
    workflow = Workflow.objects.create(name="The board")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    join_working_group(user=editor, working_group=site_tree.group)
    workflow.start(draft_of(editor, site_tree.group_page, "Rough notes"), editor)
    assert "Rough notes" in waiting_in_cms(client_of(editor))["To read"]
    assert "To read" not in waiting_in_cms(client_of(other_editor))
    assert "Rough notes" not in home_of(client_of(other_editor))


def test_drafts_wait_for_the_person_who_wrote_them(
    client_of: Any, editor: Any, moderator: Any, home: Any
) -> None:
    draft_of(editor, home, "Half a thought")
    assert "Half a thought" in waiting_in_cms(client_of(editor))["Your drafts"]
    assert "Your drafts" not in waiting_in_cms(client_of(moderator))
    assert "Half a thought" not in home_of(client_of(editor))


def test_a_live_page_waits_when_its_review_date_is_near(
    client_of: Any, editor: Any, home: Any
) -> None:
    today = timezone.localdate()
    for title, days in (("Past", -2), ("Near", 29), ("Far", 40)):
        date = today + dt.timedelta(days=days)
        StandardPageFactory(parent=home, title=title, review_date=date)
    shown = waiting_in_cms(client_of(editor))["To look at again"]
    assert shown.index("Past") < shown.index("Near")
    assert "Far" not in shown
    assert f"by {(today - dt.timedelta(days=2)).day} " in shown


def test_a_draft_is_never_due_for_review(
    client_of: Any, editor: Any, home: Any
) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    StandardPageFactory(parent=home, title="Idea", live=False, review_date=yesterday)
    assert "To look at again" not in waiting_in_cms(client_of(editor))


def test_an_approved_page_waits_with_its_time(
    client_of: Any, editor: Any, home: Any
) -> None:
    page = draft_of(editor, home, "On Monday")
    page.go_live_at = timezone.make_aware(dt.datetime(2031, 3, 3, 9, 30))
    page.save_revision(user=editor).publish()
    shown = waiting_in_cms(client_of(editor))["Goes live soon"]
    assert "On Monday 3 March 2031, 9:30" in shown


def test_a_new_text_of_a_live_page_waits_for_its_time_too(
    client_of: Any, editor: Any, home: Any
) -> None:
    page = StandardPageFactory(parent=home, title="Hours", revised=True)
    page.go_live_at = timezone.make_aware(dt.datetime(2031, 3, 3, 9, 30))
    page.save_revision(user=editor).publish()
    shown = waiting_in_cms(client_of(editor))["Goes live soon"]
    assert "Hours 3 March 2031, 9:30" in shown


def test_only_the_first_five_are_listed_and_the_rest_counted(
    client_of: Any, editor: Any, home: Any, count_queries: Any
) -> None:
    for number in range(5):
        draft_of(editor, home, f"Draft {number}")
    client = client_of(editor)
    assert (
        "and one more" not in client.get(reverse("wagtailadmin_home")).content.decode()
    )
    draft_of(editor, home, "Draft 5")
    shown = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "and one more" in shown
    assert "6 things are waiting" in shown
    assert "Draft 0" not in waiting_in_cms(client)["Your drafts"]


def test_nothing_waits_for_a_member_and_it_costs_no_query(
    client_of: Any, member: Any, home: Any, count_queries: Any
) -> None:
    client = client_of(member)
    client.get("/")
    with count_queries() as asked:
        assert "Nothing is waiting for you." in home_of(client)
    assert "wagtailcore_taskstate" not in str(asked.captured_queries)


def test_wagtails_own_list_of_reviews_is_replaced(
    client_of: Any, editor: Any, other_editor: Any, home: Any
) -> None:
    submit(client_of(editor), draft_of(editor, home, "Tea at night"))
    html = client_of(other_editor).get(reverse("wagtailadmin_home")).content.decode()
    assert "Awaiting your review" not in html
