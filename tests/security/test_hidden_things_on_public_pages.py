"""An editor opens, previews and saves a public page that refers to hidden things.

Somebody of the group put them there. The editor who is not in it reads none of their names,
changes nothing about them by saving, and cannot put others there by typing their ids.
"""

import json
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from tests.cms.forms import edit_url, fields_of
from tests.factories import community_member

from .hidden_site import DRAFT_KEY, KEY, SECRET, HiddenSite, make_hidden_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(organization: Any) -> HiddenSite:
    author = community_member(organization=organization, email="author@example.org")
    return make_hidden_site(organization, author, group_name=f"Group of {SECRET}")


@pytest.fixture
def client(client_of: Any, editor: Any) -> Any:
    return client_of(editor)


def test_the_form_and_the_preview_name_nothing_hidden(
    client: Any, hidden: HiddenSite
) -> None:
    page = hidden.public.pk
    for name, args in (
        ("edit", [page]),
        ("view_draft", [page]),
        ("history", [page]),
        ("revisions_compare", [page, "earliest", "latest"]),
    ):
        shown = client.get(reverse(f"wagtailadmin_pages:{name}", args=args))
        assert shown.status_code == 200, name
        assert SECRET not in shown.content.decode().lower(), name


def test_readers_do_not_learn_the_address_that_a_link_leads_to(
    client_of: Any, stranger: Any, visitor: Any, hidden: HiddenSite
) -> None:
    for reader in (stranger, visitor):
        shown = client_of(reader).get(hidden.public.url).content.decode()
        assert "<a>link</a>" in shown
        assert SECRET not in shown.lower()


def test_saving_keeps_what_the_editor_cannot_see(
    client: Any, hidden: HiddenSite
) -> None:
    form = fields_of(client.get(edit_url(hidden.public)).content)
    assert form["listing_image"] != str(KEY)
    client.post(edit_url(hidden.public), form | {"body-count": "0"})
    saved = Page.objects.get(pk=hidden.public.pk).get_latest_revision_as_object()
    assert saved.listing_image_id == KEY
    assert saved.working_group_id == hidden.group.pk


def test_a_key_of_something_hidden_is_refused(client: Any, hidden: HiddenSite) -> None:
    form = fields_of(client.get(edit_url(hidden.tree.about)).content)
    typed = form | {
        "listing_image": KEY,
        "working_group": hidden.group.pk,
        "superseded_by": DRAFT_KEY,
    }
    refused = client.post(edit_url(hidden.tree.about), typed | _body(hidden))
    assert refused.status_code == 200
    assert SECRET not in refused.content.decode().lower()
    saved = hidden.tree.about.get_latest_revision_as_object()
    assert (saved.listing_image, saved.working_group) == (None, None)


def test_the_preview_of_typed_keys_shows_nothing_hidden(
    client: Any, hidden: HiddenSite
) -> None:
    at = reverse("wagtailadmin_pages:preview_on_edit", args=[hidden.tree.about.pk])
    form = fields_of(client.get(edit_url(hidden.tree.about)).content)
    typed = form | _body(hidden) | {"listing_image": KEY}
    answers = [client.post(at, typed), client.get(at)]
    assert all(SECRET not in each.content.decode().lower() for each in answers)


@pytest.mark.parametrize("broken", ["abc", "", "9" * 40])
def test_a_link_with_a_broken_id_does_not_break_the_page(
    client_of: Any, visitor: Any, hidden: HiddenSite, broken: str
) -> None:
    page = hidden.tree.about
    page.body = [
        (
            "text",
            f'<p><a linktype="page" id="{broken}">tea</a> '
            f'<a linktype="document" id="{broken}">sheet</a></p>',
        )
    ]
    page.save_revision().publish()
    shown = client_of(visitor).get(page.url)
    assert shown.status_code == 200
    assert "<a>tea</a> <a>sheet</a>" in shown.content.decode()


def _body(hidden: HiddenSite) -> dict[str, Any]:
    """Return a body with a hidden picture, file and pages, and links to them."""
    link = {
        "type": "LINK",
        "mutability": "MUTABLE",
        "data": {"id": KEY, "url": "/", "parentId": 1},
    }
    words = {
        "blocks": [
            {
                "key": "aaaaa",
                "text": "link",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 4, "key": 0}],
            }
        ],
        "entityMap": {"0": link},
    }
    blocks: list[tuple[str, dict[str, Any]]] = [
        ("text", {"": json.dumps(words)}),
        ("figure", {"-image": KEY, "-alt": "x", "-caption": "null"}),
        ("download", {"-document": KEY, "-label": ""}),
        (
            "related",
            {
                "-title": "",
                "-pages-count": "1",
                "-pages-0-deleted": "",
                "-pages-0-order": "0",
                "-pages-0-type": "item",
                "-pages-0-id": "",
                "-pages-0-value": KEY,
            },
        ),
    ]
    sent: dict[str, Any] = {"body-count": str(len(blocks))}
    for place, (kind, fields) in enumerate(blocks):
        block = f"body-{place}"
        sent |= {f"{block}-type": kind, f"{block}-order": place}
        sent |= {f"{block}-deleted": "", f"{block}-id": ""}
        sent |= {f"{block}-value{name}": value for name, value in fields.items()}
    return sent
