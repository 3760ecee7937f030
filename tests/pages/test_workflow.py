"""Review by a second person, then publication."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import TaskState, Workflow, WorkflowPage

from pages.actions import provision_workflow
from people.actions import Role, join_working_group
from tests.cms.forms import edit_url, open_form
from tests.factories import (
    HomePageFactory,
    StandardPageFactory,
    restrict_page,
    with_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Any:
    return HomePageFactory()


@pytest.fixture
def draft(home: Any) -> Any:
    page = StandardPageFactory(parent=home, title="Tea at night", live=False)
    page.save_revision()
    return page


@pytest.fixture
def other_editor(organization: Any) -> Any:
    return with_role(
        Role.EDITOR, email="other@example.org", name="Oda", organization=organization
    )


def submit(client: Any, page: Any, **changed: Any) -> Any:
    fields = open_form(client, page) | changed | {"action-submit": "1"}
    return client.post(edit_url(page), fields)


def act(client: Any, page: Any, name: str, **extra: Any) -> Any:
    fields = open_form(client, page) | extra
    fields |= {"action-workflow-action": "true", "workflow-action-name": name}
    return client.post(edit_url(page), fields)


def test_migrations_create_the_workflow() -> None:
    rooted = WorkflowPage.objects.get(page__depth=1)
    assert rooted.workflow.name == "Second pair of eyes, then publish"


def test_creating_it_again_changes_nothing() -> None:
    before = list(Workflow.objects.values())
    provision_workflow()
    assert list(Workflow.objects.values()) == before


def test_a_workflow_that_an_administrator_deactivated_stays_inactive() -> None:
    Workflow.objects.update(active=False)
    provision_workflow()
    assert not Workflow.objects.filter(active=True).exists()


def test_one_editor_submits_and_another_approves_and_it_is_live(
    client_of: Any, editor: Any, other_editor: Any, draft: Any
) -> None:
    submit(client_of(editor), draft, title="Tea, always")
    draft.refresh_from_db()
    assert draft.workflow_in_progress
    assert not draft.live
    act(client_of(other_editor), draft, "approve")
    draft.refresh_from_db()
    assert draft.live
    assert draft.title == "Tea, always"


def test_nobody_approves_what_they_submitted(
    client_of: Any, editor: Any, draft: Any
) -> None:
    client = client_of(editor)
    submit(client, draft)
    act(client, draft, "approve")
    draft.refresh_from_db()
    assert not draft.live
    state = TaskState.objects.get()
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk]
    )
    client.post(url)
    draft.refresh_from_db()
    assert not draft.live


def test_not_even_a_superuser_approves_what_they_submitted(
    client_of: Any, editor: Any, draft: Any
) -> None:
    editor.is_superuser = True
    editor.save()
    submit(client_of(editor), draft)
    task = draft.current_workflow_task
    assert task.get_actions(draft, editor) == []


def test_a_reviewer_who_changed_the_text_cannot_approve_it(
    client_of: Any, editor: Any, other_editor: Any, moderator: Any, draft: Any
) -> None:
    submit(client_of(editor), draft)
    client = client_of(other_editor)
    fields = open_form(client, draft) | {"title": "My tea"}
    fields |= {"action-workflow-action": "true", "workflow-action-name": "approve"}
    told = client.post(edit_url(draft), fields, follow=True).content.decode()
    assert "somebody else needs to read and approve them" in told
    act(client, draft, "approve")
    state = TaskState.objects.get(status="in_progress")
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk]
    )
    client.post(url)
    draft.refresh_from_db()
    assert not draft.live
    names = {
        each[0] for each in draft.current_workflow_task.get_actions(draft, other_editor)
    }
    assert names == {"reject"}
    act(client_of(moderator), draft, "approve")
    draft.refresh_from_db()
    assert (draft.live, draft.title) == (True, "My tea")


def test_the_author_gets_the_note_of_a_reviewer_who_asks_for_changes(
    client_of: Any, editor: Any, moderator: Any, draft: Any
) -> None:
    submit(client_of(editor), draft)
    act(
        client_of(moderator),
        draft,
        "reject",
        **{"workflow-action-extra-data": '{"comment": "Say which tea."}'},
    )
    draft.refresh_from_db()
    assert not draft.live
    assert TaskState.objects.get().comment == "Say which tea."
    assert mail.outbox[-1].to == [editor.email]
    assert "Say which tea." in mail.outbox[-1].body
    submit(client_of(editor), draft)
    assert draft.workflow_in_progress


def test_reviewers_get_an_email_whose_subject_does_not_name_the_page(
    client_of: Any, editor: Any, other_editor: Any, moderator: Any, draft: Any
) -> None:
    submit(client_of(editor), draft)
    assert {each.to[0] for each in mail.outbox} == {
        other_editor.email,
        moderator.email,
    }
    for each in mail.outbox:
        assert each.subject == "A page is waiting for your review"
        assert "Tea at night" in each.body


def test_people_who_may_not_see_a_page_get_no_email_and_cannot_review_it(
    client_of: Any,
    editor: Any,
    other_editor: Any,
    moderator: Any,
    draft: Any,
    working_group: Any,
) -> None:
    restrict_page(draft, working_group.group)
    for insider in (editor, moderator):
        join_working_group(user=insider, working_group=working_group)
    submit(client_of(editor), draft)
    assert [each.to[0] for each in mail.outbox] == [moderator.email]
    assert not TaskState.objects.reviewable_by(other_editor)
    assert TaskState.objects.reviewable_by(moderator).count() == 1
    assert not TaskState.objects.reviewable_by(editor)


def test_the_page_is_locked_for_its_author_during_the_review(
    client_of: Any, editor: Any, moderator: Any, draft: Any
) -> None:
    submit(client_of(editor), draft)
    fields = open_form(client_of(editor), draft) | {"title": "Changed meanwhile"}
    client_of(editor).post(edit_url(draft), fields)
    assert draft.get_latest_revision_as_object().title == "Tea at night"


def test_a_member_cannot_approve_anything(
    client_of: Any, editor: Any, stranger: Any, draft: Any
) -> None:
    submit(client_of(editor), draft)
    state = TaskState.objects.get()
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk]
    )
    client_of(stranger).post(url)
    draft.refresh_from_db()
    assert not draft.live
