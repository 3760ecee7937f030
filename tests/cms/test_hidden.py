"""The CMS shows an editor only what they may see; a superuser sees everything."""

import json
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Collection

from people.actions import join_working_group
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    MediaFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(client_of: Any, administrator: Any) -> Any:
    """Sign in an administrator, who has every permission but is not in the group."""
    return client_of(administrator)


@pytest.fixture
def inside(client_of: Any, editor: Any, working_group: Any) -> Any:
    join_working_group(user=editor, working_group=working_group)
    return client_of(editor)


@pytest.fixture
def hidden(site_tree: Any) -> dict[str, Any]:
    """Create what only the group sees: its page, a draft, its folder and its files."""
    draft = StandardPageFactory(
        parent=site_tree.group_page, title="Rough notes", live=False
    )
    draft.save_revision()
    folder = site_tree.group_folder
    return {
        "page": site_tree.group_page,
        "draft": draft,
        "folder": folder,
        "document": DocumentFactory(title="Rough sheet", collection=folder),
        "image": ImageFactory(title="Rough sketch", collection=folder),
        "media": MediaFactory(title="Rough sound", collection=folder),
    }


def lists(hidden: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return (name, URL, words that must not appear)."""
    top = hidden["page"].get_parent().pk
    return [
        ("explorer", reverse("wagtailadmin_explore", args=[top]), "Night shifts"),
        ("search", reverse("wagtailadmin_pages:search") + "?q=Rough", "Rough notes"),
        (
            "choose",
            reverse("wagtailadmin_choose_page_child", args=[top]),
            "Night shifts",
        ),
        (
            "choose by search",
            reverse("wagtailadmin_choose_page_search") + "?q=Rough",
            "Rough notes",
        ),
        ("documents", reverse("wagtaildocs:index"), "Rough sheet"),
        ("choose documents", reverse("wagtaildocs_chooser:choose"), "Rough sheet"),
        ("images", reverse("wagtailimages:index"), "Rough sketch"),
        ("choose images", reverse("wagtailimages_chooser:choose"), "Rough sketch"),
        ("media", reverse("wagtailmedia:index"), "Rough sound"),
        ("choose media", reverse("wagtailmedia:chooser"), "Rough sound"),
        ("history of the site", reverse("wagtailadmin_reports:site_history"), "Rough"),
        ("ageing pages", reverse("wagtailadmin_reports:aging_pages"), "Night shifts"),
        ("first page", reverse("wagtailadmin_home"), "Rough notes"),
        (
            "interface of the explorer",
            reverse("wagtailadmin_api:pages:listing")
            + f"?child_of={top}&for_explorer=1",
            "Night shifts",
        ),
    ]


def addresses(hidden: dict[str, Any]) -> list[str]:
    draft, page = hidden["draft"].pk, hidden["page"].pk
    revision = hidden["draft"].latest_revision_id
    pages = "wagtailadmin_pages:"
    return [
        reverse("wagtailadmin_explore", args=[page]),
        reverse("wagtailadmin_choose_page_child", args=[page]),
        *(
            reverse(f"{pages}{name}", args=[draft])
            for name in (
                "edit",
                "history",
                "view_draft",
                "usage",
                "copy",
                "move",
                "delete",
                "preview_on_edit",
                "workflow_history",
            )
        ),
        reverse(f"{pages}revisions_view", args=[draft, revision]),
        reverse(f"{pages}revisions_compare", args=[draft, "earliest", "latest"]),
        reverse("wagtailadmin_api:pages:detail", args=[draft]),
        reverse("wagtaildocs:edit", args=[hidden["document"].pk]),
        reverse("wagtaildocs:document_usage", args=[hidden["document"].pk]),
        reverse("wagtaildocs_chooser:chosen", args=[hidden["document"].pk]),
        reverse("wagtailimages:edit", args=[hidden["image"].pk]),
        reverse("wagtailimages:image_usage", args=[hidden["image"].pk]),
        reverse("wagtailimages_chooser:chosen", args=[hidden["image"].pk]),
        reverse("wagtailmedia:edit", args=[hidden["media"].pk]),
        reverse("wagtailmedia:media_chosen", args=[hidden["media"].pk]),
        reverse("wagtailadmin_collections:edit", args=[hidden["folder"].pk]),
    ]


def shown(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    text = answer.content.decode()
    if answer["Content-Type"].startswith("application/json"):
        return json.dumps(json.loads(text), ensure_ascii=False)
    return text


def test_no_list_shows_what_is_hidden(outside: Any, hidden: dict[str, Any]) -> None:
    leaks = [name for name, at, words in lists(hidden) if words in shown(outside, at)]
    assert leaks == []


def test_members_of_the_group_find_it(inside: Any, hidden: dict[str, Any]) -> None:
    wanted = {"explorer", "choose", "documents", "choose documents", "images"}
    missing = [
        name
        for name, at, words in lists(hidden)
        if name in wanted and words not in shown(inside, at)
    ]
    assert missing == []


def test_every_url_of_what_is_hidden_answers_404(
    outside: Any, hidden: dict[str, Any]
) -> None:
    answers = {at: outside.get(at).status_code for at in addresses(hidden)}
    assert {at: code for at, code in answers.items() if code != 404} == {}


def test_a_superuser_sees_everything(
    client_of: Any, administrator: Any, hidden: dict[str, Any]
) -> None:
    administrator.is_superuser = True
    administrator.save()
    client = client_of(administrator)
    for name in ("edit", "history"):
        at = reverse(f"wagtailadmin_pages:{name}", args=[hidden["draft"].pk])
        assert client.get(at).status_code == 200


def test_a_hidden_collection_is_not_offered_for_uploads(
    outside: Any, hidden: dict[str, Any]
) -> None:
    form = outside.get(reverse("wagtaildocs:add")).content.decode()
    assert hidden["folder"].name not in form


def test_an_editor_who_is_no_member_can_edit_pages_for_members(
    client_of: Any, editor: Any, site_tree: Any
) -> None:
    editor.groups.remove(*editor.groups.filter(name="Members"))
    at = reverse("wagtailadmin_pages:edit", args=[site_tree.members_resource.pk])
    assert client_of(editor).get(at).status_code == 200
    assert Collection.objects.filter(pk=site_tree.members_folder.pk).exists()
