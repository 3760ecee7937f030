"""A copy or move of a page that would be open to more people is made after a question only.

The attack: wait until an editor copies or moves a page out of a closed part of the site
without a thought about who can read it there.
"""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from knowledge.resources.models import ResourcePage
from people.actions import join_working_group
from tests.access.closing import close_response
from tests.factories import (
    LibraryIndexFactory,
    ResourcePageFactory,
    StandardPageFactory,
    Tree,
    WorkingGroupFactory,
    members_group,
    restrict_page,
)

pytestmark = pytest.mark.django_db
WORD = "meadowsweet"


@pytest.fixture
def page(site_tree: Tree) -> Any:
    """Return a page of the shelf."""
    return ResourcePageFactory(
        parent=site_tree.shelf, title=f"Notes on {WORD}", slug="notes", revised=True
    )


@pytest.fixture
def closed(site_tree: Tree) -> Tree:
    """Return the site with its shelf for members only."""
    restrict_page(site_tree.shelf, members_group())
    return site_tree


def status(client: Client, url: str) -> int:
    response = client.get(url)
    close_response(response)
    return int(response.status_code)


def question_of(response: Any) -> str:
    found = BeautifulSoup(response.content, "html.parser").find(id="wider-access")
    return " ".join(found.get_text().split()) if found else ""


def confirmed(response: Any) -> dict[str, str]:
    """Return what the form of the question sends, when it is confirmed."""
    soup = BeautifulSoup(response.content, "html.parser")
    form = soup.find(id="wider-access").find_next("form")
    hidden = form.find_all("input", type="hidden")
    return {each["name"]: each["value"] for each in hidden}


class TestCopies:
    """A copy that would be open to more people is made only after a question."""

    def copy(self, client: Client, page: Any, parent: Any, **fields: Any) -> Any:
        form = {
            "new_title": f"A copy of {WORD}",
            "new_slug": "a-copy",
            "new_parent_page": parent.pk,
            "publish_copies": "on",
            **fields,
        }
        return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)

    def test_a_copy_out_of_a_closed_part_asks_first(
        self, client_of: Any, page: Any, closed: Tree, moderator: Any
    ) -> None:
        client = client_of(moderator)
        answer = self.copy(client, page, closed.library)
        assert question_of(answer) == (
            f"“Notes on {WORD}” is for people in the community today. There it would be "
            "for everybody, also without signing in, once it is published."
        )
        assert ResourcePage.objects.filter(title__contains=WORD).count() == 1
        url = reverse("wagtailadmin_pages:copy", args=[page.pk])
        assert client.post(url, confirmed(answer)).status_code == 302
        made = ResourcePage.objects.get(slug="a-copy")
        assert made.live
        assert status(Client(), made.url) == 200
        assert status(Client(), page.url) == 404

    def test_a_draft_asks_too(
        self, client_of: Any, page: Any, closed: Tree, editor: Any
    ) -> None:
        answer = self.copy(client_of(editor), page, closed.library, publish_copies="")
        assert question_of(answer)

    def test_what_was_confirmed_for_one_place_does_not_count_for_another(
        self, client_of: Any, page: Any, closed: Tree, moderator: Any
    ) -> None:
        client = client_of(moderator)
        sent = confirmed(self.copy(client, page, closed.library))
        other = LibraryIndexFactory(parent=closed.library, slug="other")
        url = reverse("wagtailadmin_pages:copy", args=[page.pk])
        answer = client.post(url, sent | {"new_parent_page": other.pk})
        assert question_of(answer)
        assert not ResourcePage.objects.filter(slug="a-copy").exists()

    def test_a_form_that_is_refused_is_refused_before_the_question(
        self, client_of: Any, page: Any, closed: Tree, moderator: Any
    ) -> None:
        answer = self.copy(client_of(moderator), page, closed.library, new_slug="")
        assert answer.status_code == 200
        assert not question_of(answer)

    def test_a_copy_that_nobody_else_may_see_is_made_at_once(
        self, client_of: Any, page: Any, closed: Tree, moderator: Any
    ) -> None:
        assert self.copy(client_of(moderator), page, closed.shelf).status_code == 302
        made = ResourcePage.objects.get(slug="a-copy")
        assert status(Client(), made.url) == 404

    def test_an_alias_needs_no_question_because_it_stays_closed(
        self, client_of: Any, page: Any, closed: Tree, moderator: Any
    ) -> None:
        answer = self.copy(client_of(moderator), page, closed.library, alias="on")
        assert answer.status_code == 302
        made = ResourcePage.objects.get(slug="a-copy")
        assert made.alias_of_id == page.pk
        assert status(Client(), made.url) == 404

    def test_a_copy_takes_its_own_privacy_and_that_of_the_pages_below_along(
        self, client_of: Any, site_tree: Tree, moderator: Any, working_group: Any
    ) -> None:
        join_working_group(user=moderator, working_group=working_group)
        top = StandardPageFactory(parent=site_tree.home, slug="top", revised=True)
        middle = StandardPageFactory(parent=top, slug="middle", revised=True)
        StandardPageFactory(
            parent=middle, slug="low", revised=True, groups=[working_group.group]
        )
        private = StandardPageFactory(parent=site_tree.home, slug="private")
        restrict_page(private, working_group.group)
        private.create_alias(parent=top, update_slug="by-alias")
        client = client_of(moderator)
        answer = self.copy(client, top, site_tree.about, copy_subpages="on")
        assert answer.status_code == 302
        base = f"{site_tree.about.url}a-copy/"
        statuses = {
            path: status(Client(), base + path)
            for path in ("", "middle/", "middle/low/", "by-alias/")
        }
        assert statuses == {
            "": 200,
            "middle/": 200,
            "middle/low/": 404,
            "by-alias/": 404,
        }
        assert status(client, f"{base}by-alias/") == 200

    def test_the_question_names_no_group_that_the_editor_may_not_see(
        self, client_of: Any, page: Any, site_tree: Tree, editor: Any
    ) -> None:
        own = WorkingGroupFactory(name="Kitchen", members=[editor])
        hidden = WorkingGroupFactory(name=f"Friends of {WORD} tea", listed=False)
        restrict_page(site_tree.shelf, own.group, hidden.group)
        answer = self.copy(
            client_of(editor), page, site_tree.library, publish_copies=""
        )
        assert "people in Kitchen or a group that you cannot see" in question_of(answer)
        assert hidden.name not in answer.content.decode()


class TestMoves:
    """A page goes to where more people could read it only after a question."""

    def is_below(self, page: Any, parent: Any) -> bool:
        return bool(Page.objects.get(pk=page.pk).get_parent().pk == parent.pk)

    def test_a_move_out_of_a_closed_part_asks_first(
        self, client_of: Any, page: Any, closed: Tree, moderator: Any
    ) -> None:
        client = client_of(moderator)
        library = closed.library
        url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, library.pk])
        for answer in (client.get(url), client.post(url)):
            assert "is for people in the community today" in question_of(answer)
            assert self.is_below(page, closed.shelf)
        assert client.post(url, confirmed(answer)).status_code == 302
        assert self.is_below(page, library)
        assert status(Client(), Page.objects.get(pk=page.pk).url) == 200

    def test_a_bulk_move_asks_about_those_that_open(
        self, client_of: Any, page: Any, closed: Tree, moderator: Any
    ) -> None:
        client = client_of(moderator)
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
        url += f"?next=/cms/&id={page.pk}&id={closed.resource.pk}"
        other = LibraryIndexFactory(parent=closed.library, slug="other")
        answer = client.post(url, {"chooser": other.pk})
        asked = question_of(answer)
        assert page.title in asked
        assert closed.resource.title not in asked
        assert self.is_below(page, closed.shelf)
        assert client.post(url, confirmed(answer)).status_code == 302
        assert self.is_below(page, other)
        assert self.is_below(closed.resource, other)

    def test_a_move_into_a_closed_part_asks_nothing(
        self, client_of: Any, closed: Tree, moderator: Any
    ) -> None:
        args = [closed.resource.pk, closed.shelf.pk]
        url = reverse("wagtailadmin_pages:move_confirm", args=args)
        assert client_of(moderator).post(url).status_code == 302
        assert self.is_below(closed.resource, closed.shelf)

    def test_an_alias_of_a_closed_page_moves_without_a_question(
        self, client_of: Any, page: Any, closed: Tree, moderator: Any
    ) -> None:
        alias = page.create_alias(parent=closed.shelf, update_slug="beside")
        args = [alias.pk, closed.library.pk]
        url = reverse("wagtailadmin_pages:move_confirm", args=args)
        assert client_of(moderator).post(url).status_code == 302
        assert status(Client(), Page.objects.get(pk=alias.pk).url) == 404

    @pytest.mark.parametrize("action", ["move", "copy"])
    def test_the_api_of_the_cms_refuses_what_it_cannot_ask(
        self, client_of: Any, page: Any, closed: Tree, moderator: Any, action: str
    ) -> None:
        answer = client_of(moderator).post(
            f"/cms/api/main/pages/{page.pk}/action/{action}/",
            {
                "destination_page_id": closed.library.pk,
                "position": "last-child",
                "slug": "by-api",
            },
        )
        assert answer.status_code == 403
        assert self.is_below(page, closed.shelf)
        assert not ResourcePage.objects.filter(slug="by-api").exists()
