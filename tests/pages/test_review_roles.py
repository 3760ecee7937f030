"""Who may review a page: roles that come and go, locks, notes, what is approved."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from pages.models import SecondPairOfEyes
from people.actions import Role, grant_role, revoke_role
from tests.cms.forms import edit_url, open_form
from tests.factories import HomePageFactory, StandardPageFactory, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db: None) -> Any:
    page = StandardPageFactory(
        parent=HomePageFactory(), title="Tea at night", live=False
    )
    page.save_revision()
    return page


@pytest.fixture
def other_editor(organization: Any) -> Any:
    return with_role(
        Role.EDITOR, email="other@example.org", name="Oda", organization=organization
    )


@pytest.fixture
def submitted(client_of: Any, editor: Any, other_editor: Any, draft: Any) -> Any:
    """Return the page after the editor sent it to the others."""
    client = client_of(editor)
    client.post(edit_url(draft), open_form(client, draft) | {"action-submit": "1"})
    draft.refresh_from_db()
    assert draft.workflow_in_progress
    return draft


def act(client: Any, page: Any, name: str, **extra: Any) -> Any:
    fields = open_form(client, page) | extra
    fields |= {"action-workflow-action": "true", "workflow-action-name": name}
    return client.post(edit_url(page), fields)


def actions(page: Any, user: Any) -> list[str]:
    return [name for name, *_ in page.current_workflow_task.get_actions(page, user)]


def test_a_reviewer_may_approve_or_ask_for_changes(
    submitted: Any, other_editor: Any
) -> None:
    assert actions(submitted, other_editor) == ["reject", "approve", "approve"]


@pytest.mark.parametrize("who", ["editor", "owner", "member", "stranger"])
def test_the_author_and_people_without_a_trusted_role_may_do_neither(
    request: Any, submitted: Any, who: str
) -> None:
    user = request.getfixturevalue(who)
    task = submitted.current_workflow_task
    assert actions(submitted, user) == []
    assert task.locked_for_user(submitted, user)
    assert not task.user_can_access_editor(submitted, user)
    assert not task.user_can_lock(submitted, user)
    assert not TaskState.objects.reviewable_by(user)


def test_nobody_unlocks_a_page_under_review(
    submitted: Any, other_editor: Any, administrator: Any
) -> None:
    for user in (other_editor, administrator):
        assert not submitted.current_workflow_task.user_can_unlock(submitted, user)


def test_a_reviewer_who_has_just_lost_the_role_approves_nothing(
    client_of: Any, submitted: Any, other_editor: Any
) -> None:
    client = client_of(other_editor)
    fields = open_form(client, submitted) | {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    revoke_role(user=other_editor, role=Role.EDITOR)
    assert client.post(edit_url(submitted), fields).status_code == 404
    submitted.refresh_from_db()
    assert not submitted.live
    assert not TaskState.objects.reviewable_by(other_editor)


def test_a_deactivated_reviewer_approves_nothing(
    submitted: Any, other_editor: Any
) -> None:
    other_editor.is_active = False
    other_editor.save()
    assert actions(submitted, other_editor) == []
    assert other_editor not in submitted.current_workflow_task.reviewers(submitted)


def test_a_superuser_without_a_role_may_review(submitted: Any, stranger: Any) -> None:
    stranger.is_superuser = True
    stranger.save()
    assert "approve" in actions(submitted, stranger)


def test_somebody_with_two_roles_is_asked_once(
    client_of: Any, editor: Any, moderator: Any, draft: Any
) -> None:
    grant_role(user=moderator, role=Role.EDITOR)
    mail.outbox.clear()
    client = client_of(editor)
    client.post(edit_url(draft), open_form(client, draft) | {"action-submit": "1"})
    assert [each.to for each in mail.outbox] == [[moderator.email]]


def test_the_email_links_to_the_preview_and_to_the_form(
    client_of: Any, submitted: Any, other_editor: Any
) -> None:
    (sent,) = [each for each in mail.outbox if each.to == [other_editor.email]]
    task = submitted.current_workflow_task
    preview = reverse(
        "wagtailadmin_pages:workflow_preview", args=[submitted.pk, task.pk]
    )
    client = client_of(other_editor)
    for url in (preview, edit_url(submitted)):
        assert url in sent.body
        assert client.get(url).status_code == 200


def test_what_a_reviewer_changed_is_what_the_next_one_reads(
    client_of: Any, submitted: Any, other_editor: Any, moderator: Any
) -> None:
    client = client_of(other_editor)
    client.post(edit_url(submitted), open_form(client, submitted) | {"title": "Better"})
    state = TaskState.objects.get()
    submitted.refresh_from_db()
    assert state.revision_id == submitted.get_latest_revision().pk
    assert state.revision.content["title"] == "Better"
    act(client_of(moderator), submitted, "approve")
    submitted.refresh_from_db()
    assert (submitted.live, submitted.title) == (True, "Better")


def test_the_author_withdraws_a_page_and_may_change_it_again(
    client_of: Any, editor: Any, submitted: Any
) -> None:
    client = client_of(editor)
    fields = open_form(client, submitted) | {"action-cancel-workflow": "1"}
    client.post(edit_url(submitted), fields)
    submitted.refresh_from_db()
    assert not submitted.workflow_in_progress
    client.post(edit_url(submitted), open_form(client, submitted) | {"title": "Again"})
    submitted.refresh_from_db()
    assert submitted.get_latest_revision_as_object().title == "Again"


def test_an_approved_page_with_a_time_waits_for_it(
    client_of: Any, editor: Any, moderator: Any, draft: Any
) -> None:
    draft.go_live_at = timezone.now() + dt.timedelta(days=2)
    draft.save_revision()
    client = client_of(editor)
    client.post(edit_url(draft), open_form(client, draft) | {"action-submit": "1"})
    act(client_of(moderator), draft, "approve")
    draft.refresh_from_db()
    assert not draft.live
    assert draft.approved_schedule


def test_the_task_says_what_it_is_where_workflows_are_made() -> None:
    assert "Another editor" in str(SecondPairOfEyes.get_description())
