"""An alias is as private and as live as its source.

The attack: read, by an alias that stayed where it was, a page that was made private, moved to
a closed part of the site, or is only scheduled.
"""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from knowledge.resources.models import ResourcePage
from pages.jobs import publish_scheduled
from people.actions import join_working_group
from tests.access.closing import close_response
from tests.factories import (
    ImageFactory,
    LibraryIndexFactory,
    ResourcePageFactory,
    StandardPageFactory,
    Tree,
    restrict_page,
    text,
)
from tests.remote import catch_up

pytestmark = pytest.mark.django_db
WORD = "meadowsweet"
WAYS = {"page", "list", "search", "suggestion", "picture"}


@pytest.fixture
def page(site_tree: Tree) -> Any:
    """Return a page of the shelf, which is public for now."""
    return ResourcePageFactory(
        parent=site_tree.shelf,
        title=f"Notes on {WORD}",
        slug="notes",
        body=[text(f"Pour water over {WORD}.")],
        listing_image=ImageFactory(),
        revised=True,
    )


@pytest.fixture
def alias(page: Any, site_tree: Tree) -> Any:
    """Return an alias outside of the shelf."""
    return page.create_alias(parent=site_tree.library, update_slug="elsewhere")


def status(client: Client, url: str) -> int:
    response = client.get(url)
    close_response(response)
    return int(response.status_code)


def ways_to(page: Any, client: Client) -> set[str]:
    """Return the ways by which the client gets at the page, its text or its picture."""

    def names(url: str, **query: str) -> bool:
        return page.url in client.get(url, query).content.decode()

    reached = {
        "page": status(client, page.url) == 200,
        "list": names("/library/"),
        "search": names("/search/", q=WORD),
        "suggestion": names("/search/suggest/", q=WORD[:7]),
        "picture": status(client, page.listing_image.file.url) == 200,
    }
    return {way for way, found in reached.items() if found}


class TestPrivacyOfAliases:
    """The restrictions of the source apply to its alias, whatever changes them."""

    def test_an_alias_of_a_page_made_private_is_hidden_in_every_way(
        self,
        client_of: Any,
        page: Any,
        alias: Any,
        stranger: Any,
        editor: Any,
        member: Any,
        working_group: Any,
    ) -> None:
        catch_up()
        assert ways_to(alias, Client()) == WAYS
        restrict_page(page, working_group.group)
        for indexed in (False, True):
            for client in (Client(), client_of(stranger)):
                assert ways_to(alias, client) == set(), indexed
            # Editors fetch pictures of their collections by the CMS, if it shows a page.
            assert ways_to(alias, client_of(editor)) == set()
            catch_up()
        assert ways_to(alias, client_of(member)) == WAYS

    def test_it_opens_again_with_its_source(
        self, page: Any, alias: Any, site_tree: Tree, working_group: Any
    ) -> None:
        restrict_page(site_tree.shelf, working_group.group)
        catch_up()
        assert ways_to(alias, Client()) == set()
        PageViewRestriction.objects.get(page=site_tree.shelf).delete()
        catch_up()
        assert ways_to(alias, Client()) == WAYS

    def test_it_follows_a_source_that_moves_to_a_closed_place(
        self, page: Any, alias: Any, site_tree: Tree, working_group: Any
    ) -> None:
        closed = LibraryIndexFactory(
            parent=site_tree.library, slug="closed", groups=[working_group.group]
        )
        catch_up()
        page.move(closed, pos="last-child")
        assert ways_to(alias, Client()) == set()
        catch_up()
        assert ways_to(alias, Client()) == set()

    def test_an_alias_made_of_a_private_page_opens_when_the_page_does(
        self, page: Any, site_tree: Tree, working_group: Any
    ) -> None:
        restrict_page(page, working_group.group)
        alias = page.create_alias(parent=site_tree.library, update_slug="elsewhere")
        assert status(Client(), alias.url) == 404
        PageViewRestriction.objects.get(page=page).delete()
        assert status(Client(), alias.url) == 200

    def test_an_alias_of_an_alias_and_the_pages_below_are_hidden_too(
        self, site_tree: Tree, working_group: Any
    ) -> None:
        source = StandardPageFactory(parent=site_tree.home, slug="source")
        first = source.create_alias(parent=site_tree.home, update_slug="first")
        second = first.create_alias(parent=site_tree.about, update_slug="second")
        below = StandardPageFactory(parent=second, slug="below")
        third = below.create_alias(parent=site_tree.home, update_slug="third")
        urls = [each.url for each in (first, second, below, third)]
        assert [status(Client(), url) for url in urls] == [200] * 4
        restrict_page(source, working_group.group)
        assert [status(Client(), url) for url in urls] == [404] * 4

    def test_the_cms_hides_it_from_editors_outside_of_the_group(
        self,
        client_of: Any,
        page: Any,
        alias: Any,
        editor: Any,
        site_tree: Tree,
        working_group: Any,
    ) -> None:
        restrict_page(page, working_group.group)
        client = client_of(editor)
        library = site_tree.library.pk
        for url in (
            reverse("wagtailadmin_explore", args=[library]),
            reverse("wagtailadmin_choose_page_child", args=[library]),
            reverse("wagtailadmin_choose_page_search") + f"?q={WORD}",
        ):
            assert WORD not in client.get(url).content.decode().replace(f"q={WORD}", "")
        edit = reverse("wagtailadmin_pages:edit", args=[alias.pk])
        assert client.get(edit).status_code == 404


class TestEndOfAnAlias:
    """What was an alias stays as private as it was."""

    def test_a_converted_alias_stays_closed(
        self,
        client_of: Any,
        page: Any,
        alias: Any,
        editor: Any,
        member: Any,
        working_group: Any,
    ) -> None:
        restrict_page(page, working_group.group)
        join_working_group(user=editor, working_group=working_group)
        convert = reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])
        assert client_of(editor).post(convert).status_code == 302
        assert Page.objects.get(pk=alias.pk).alias_of_id is None
        catch_up()
        assert ways_to(alias, Client()) == set()
        assert ways_to(alias, client_of(member)) == WAYS

    def test_a_draft_that_was_the_alias_of_a_deleted_page_stays_hidden(
        self,
        client_of: Any,
        page: Any,
        alias: Any,
        editor: Any,
        administrator: Any,
        working_group: Any,
        site_tree: Tree,
    ) -> None:
        restrict_page(site_tree.shelf, working_group.group)
        join_working_group(user=administrator, working_group=working_group)
        delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
        assert client_of(administrator).post(delete).status_code == 302
        left = Page.objects.get(pk=alias.pk)
        assert (left.live, left.alias_of_id) == (False, None)
        edit = reverse("wagtailadmin_pages:edit", args=[alias.pk])
        assert client_of(editor).get(edit).status_code == 404
        assert client_of(administrator).get(edit).status_code == 200

    def test_a_source_is_deleted_together_with_its_alias(
        self, page: Any, site_tree: Tree, working_group: Any
    ) -> None:
        restrict_page(page, working_group.group)
        page.create_alias(parent=site_tree.shelf, update_slug="beside")
        Page.objects.get(pk=site_tree.shelf.pk).delete()
        assert not ResourcePage.objects.filter(title__contains=WORD).exists()


class TestLiveAliases:
    """An alias is live only while its source is."""

    def test_the_alias_of_a_scheduled_draft_waits_for_it(
        self, page: Any, alias: Any
    ) -> None:
        page.unpublish()
        assert status(Client(), alias.url) == 404
        now = timezone.now()
        page.refresh_from_db()
        page.go_live_at = now + dt.timedelta(hours=1)
        page.save_revision().publish()
        catch_up()
        assert ways_to(alias, Client()) == set()
        with time_machine.travel(now + dt.timedelta(hours=2)):
            publish_scheduled()
            catch_up()
            assert ways_to(alias, Client()) == WAYS

    def test_a_page_that_goes_back_to_being_scheduled_takes_its_alias_along(
        self, site_tree: Tree
    ) -> None:
        page = StandardPageFactory(parent=site_tree.home, slug="without-revision")
        alias = page.create_alias(parent=site_tree.about, update_slug="alias")
        page.go_live_at = timezone.now() + dt.timedelta(hours=1)
        page.save_revision().publish()
        assert status(Client(), page.url) == status(Client(), alias.url) == 404

    def test_an_alias_is_not_published_on_its_own(
        self, client_of: Any, page: Any, alias: Any, moderator: Any
    ) -> None:
        page.unpublish()
        client = client_of(moderator)
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        client.post(f"{bulk}?next=/cms/&id={alias.pk}")
        client.post(f"/cms/api/main/pages/{alias.pk}/action/publish/")
        assert not Page.objects.get(pk=alias.pk).live

    def test_an_alias_has_no_privacy_settings_of_its_own(
        self, client_of: Any, alias: Any, moderator: Any
    ) -> None:
        url = reverse("wagtailadmin_pages:set_privacy", args=[alias.pk])
        client_of(moderator).post(url, {"restriction_type": "login"})
        assert not PageViewRestriction.objects.filter(page=alias).exists()
