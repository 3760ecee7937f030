"""Every page type can be created, every block has a preview, every list opens."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from pages.blocks import BODY_BLOCKS
from pages.models import BasePage, Topic
from people.actions import join_working_group
from tests.cms.forms import edit_url
from tests.factories import AudienceFactory, TopicFactory

pytestmark = pytest.mark.django_db


def tabs_of(html: bytes) -> list[str]:
    soup = BeautifulSoup(html, "html.parser")
    return [
        each.get_text(strip=True).removesuffix("()")
        for each in soup.select("#page-edit-form [role=tab]")
    ]


def test_every_page_is_edited_in_the_same_three_tabs(
    client_of: Any, moderator: Any, site_tree: Any
) -> None:
    join_working_group(user=moderator, working_group=site_tree.group)
    client = client_of(moderator)
    for page in BasePage.objects.all():
        answer = client.get(edit_url(page))
        assert answer.status_code == 200, page.specific_class
        assert tabs_of(answer.content) == ["Content", "About", "Settings"], page
        for name in ("topics", "review_date", "slug"):
            assert f'name="{name}"' in answer.content.decode(), (page, name)


def test_every_page_type_can_be_created_below_its_parents(
    client_of: Any, moderator: Any, site_tree: Any
) -> None:
    join_working_group(user=moderator, working_group=site_tree.group)
    client = client_of(moderator)
    for parent in BasePage.objects.all():
        for model in parent.specific_class.creatable_subpage_models():
            if not model.can_create_at(parent):
                continue
            names = (model._meta.app_label, model._meta.model_name, parent.pk)
            url = reverse("wagtailadmin_pages:add", args=names)
            assert client.get(url).status_code == 200, names


def test_every_block_has_a_preview(client_of: Any, editor: Any, site_tree: Any) -> None:
    client = client_of(editor)
    body = site_tree.about._meta.get_field("body").stream_block
    for name, _block in BODY_BLOCKS:
        block = body.child_blocks[name]
        url = reverse("wagtailadmin_block_preview") + f"?id={block.definition_prefix}"
        answer = client.get(url)
        assert answer.status_code == 200, name
        words = BeautifulSoup(answer.content, "html.parser").main
        assert words is not None
        assert words.get_text(strip=True) or words.find(["img", "svg"]), name


def test_topics_are_listed_as_a_tree(client_of: Any, editor: Any) -> None:
    night = TopicFactory(name="Night")
    TopicFactory(name="Arriving")
    TopicFactory(name="After midnight", parent=night)
    client = client_of(editor)
    html = client.get(reverse("wagtailsnippets_pages_topic:list")).content.decode()
    assert html.index("Arriving") < html.index("Night") < html.index("After midnight")
    assert "\u2003After midnight" in html
    form = client.get(reverse("wagtailsnippets_pages_topic:add")).content.decode()
    assert "\u2003After midnight" in form


def test_a_topic_cannot_belong_to_a_topic_below_it(client_of: Any, editor: Any) -> None:
    night = TopicFactory(name="Night")
    below = TopicFactory(name="After midnight", parent=night)
    url = reverse("wagtailsnippets_pages_topic:edit", args=[night.pk])
    fields = {"name": "Night", "slug": "night", "parent": below.pk}
    html = client_of(editor).post(url, fields).content.decode()
    assert "cannot belong to itself" in html
    assert Topic.objects.get(pk=night.pk).parent is None


def test_every_list_of_snippets_opens(client_of: Any, editor: Any) -> None:
    AudienceFactory()
    client = client_of(editor)
    for name in ("pages_topic", "pages_audience", "learning_sessions_series"):
        assert client.get(reverse(f"wagtailsnippets_{name}:list")).status_code == 200


def test_the_dashboard_lists_what_waits(
    client_of: Any, editor: Any, moderator: Any, site_tree: Any
) -> None:
    page = site_tree.about
    page.title = "About us, anew"
    page.save_revision(user=editor)
    home = reverse("wagtailadmin_home")
    html = client_of(editor).get(home).content.decode()
    assert "Your drafts" in html
    assert "About us, anew" in html
    page.get_workflow().start(page, editor)
    assert "To read" in client_of(moderator).get(home).content.decode()
    assert "To read" not in client_of(editor).get(home).content.decode()


def test_an_empty_dashboard_says_so(client_of: Any, editor: Any) -> None:
    html = client_of(editor).get(reverse("wagtailadmin_home")).content.decode()
    assert "Nothing is waiting." in html
    assert "cms/cms.css" in html
