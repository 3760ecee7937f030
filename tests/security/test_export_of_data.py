"""Somebody leaves a group and downloads its drafts as “what is stored about me”."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.log_actions import log
from wagtail.models import Comment, PageSubscription

from people.actions import invite, leave_organization, leave_working_group
from people.models import User
from tests.factories import DocumentFactory, ImageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db
DOWNLOAD = "/account/data/download/"
TITLE = "Plan Tamarack"
WORDS = ("Tamarack", "quiet corridor", "hemlock", "larch", "alder", "someone.else")


@pytest.fixture
def hidden(site_tree: Any, member: User, organization: Any, working_group: Any) -> Any:
    """Return a page of the group on which the member did all that leaves a trace."""
    page = StandardPageFactory(
        parent=site_tree.group_page, title=TITLE, summary="quiet corridor", owner=member
    )
    page.save_revision(user=member, log_action=True)
    Comment.objects.create(
        page=page, user=member, text="About the hemlock", contentpath="title"
    )
    PageSubscription.objects.create(user=member, page=page, comment_notifications=True)
    FormState.objects.create(
        user=member,
        content_object=page,
        data="title=larch",
        last_updated_at=timezone.now(),
    )
    folder = site_tree.group_folder
    DocumentFactory(title="List of alder", collection=folder, uploaded_by_user=member)
    ImageFactory(title="View of alder", collection=folder, uploaded_by_user=member)
    log(instance=working_group, action="wagtail.edit", user=member)
    invite(email="someone.else@example.org", into=working_group, by=member)
    return page


def exported(client: Client) -> str:
    answer = client.get(DOWNLOAD)
    assert answer.status_code == 200
    return json.dumps(answer.json(), ensure_ascii=False)


def test_who_left_the_group_downloads_none_of_its_words(
    client_of: Callable, member: User, working_group: Any, hidden: Any
) -> None:
    client = client_of(member)
    leave_working_group(user=member, working_group=working_group)
    text = exported(client)
    for word in (*WORDS, working_group.name):
        assert word not in text, word
    data = json.loads(text)
    assert data["comments"] == {"rows": [], "on_pages_not_visible": 1}
    assert data["documents_uploaded"] == {"rows": [], "not_visible": 1}


def test_who_left_the_community_downloads_none_either(
    client_of: Callable, member: User, organization: Any, hidden: Any
) -> None:
    leave_organization(user=member, organization=organization)
    text = exported(client_of(member))
    assert not [word for word in WORDS if word in text]


def test_who_is_in_the_group_downloads_titles_and_their_own_words_but_no_texts(
    client_of: Callable, member: User, hidden: Any
) -> None:
    text = exported(client_of(member))
    data = json.loads(text)
    assert data["comments"]["rows"][0]["text"] == "About the hemlock"
    assert data["comments"]["rows"][0]["on_page"] == TITLE
    assert [each["on_page"] for each in data["page_revisions"]["rows"]] == [TITLE]
    assert [each["title"] for each in data["documents_uploaded"]["rows"]] == [
        "List of alder"
    ]
    for word in ("quiet corridor", "larch", "View of alder", "someone.else"):
        assert word not in text, word


def test_a_draft_is_named_to_an_editor_and_not_to_its_author_without_a_role(
    client_of: Callable, editor: User, member: User, site_tree: Any
) -> None:
    for owner in (editor, member):
        StandardPageFactory(
            parent=site_tree.home,
            title=f"Draft of {owner.name}",
            live=False,
            owner=owner,
        )
    assert "Draft of Eda" in exported(client_of(editor))
    assert "Draft of Mika" not in exported(client_of(member))


def test_it_holds_what_is_about_the_person_and_no_secret(
    client_of: Callable, editor: User
) -> None:
    text = exported(client_of(editor))
    data = json.loads(text)
    assert data["account"]["email"] == editor.email
    assert data["organizations"][0]["name"] == "Lantern House"
    assert data["second_factors"][0].keys() == {"type", "created_at", "last_used_at"}
    assert data["account"].keys() == {
        *("email", "name", "pronouns", "about", "listed"),
        *("date_joined", "last_login"),
    }
    assert editor.password not in text
