"""A page that a newer one replaced: the link to it, and its place in search."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.cms.forms import edit_url, open_form
from tests.factories import StandardPageFactory, restrict_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def older(site_tree: Any) -> Any:
    return StandardPageFactory(parent=site_tree.home, title="Sheet of 2021", slug="old")


@pytest.fixture
def newer(site_tree: Any, older: Any) -> Any:
    page = StandardPageFactory(
        parent=site_tree.home, title="Sheet of 2026", slug="new", revised=True
    )
    older.superseded_by = page
    older.save()
    return page


def said_to(browser: Any, page: Any) -> str:
    answer = browser.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("who", ["owner", "member", "stranger", "visitor"])
def test_the_older_page_links_to_the_newer_one(
    request: Any, client_of: Any, older: Any, newer: Any, who: str
) -> None:
    page = said_to(client_of(request.getfixturevalue(who)), older)
    # The footer links to the newer page too.
    link = BeautifulSoup(page, "html.parser").select_one(".notice a")
    assert link is not None
    assert (link["href"], link.get_text()) == ("/new/", "Sheet of 2026")


@pytest.mark.parametrize(
    ("who", "led"),
    [("owner", True), ("member", True), ("stranger", False), ("visitor", False)],
)
def test_the_link_is_shown_only_to_people_who_may_see_the_newer_page(
    request: Any, client_of: Any, site_tree: Any, older: Any, newer: Any, who: str,
    led: bool,
) -> None:  # fmt: skip
    restrict_page(newer, site_tree.group.group)
    page = said_to(client_of(request.getfixturevalue(who)), older)
    assert ("Sheet of 2026" in page) is led
    assert ("Replaced by" in page) is led


def test_a_draft_replaces_nothing(
    client_of: Any, visitor: Any, older: Any, newer: Any
) -> None:
    newer.unpublish()
    assert "Replaced by" not in said_to(client_of(visitor), older)


def test_deleting_the_newer_page_restores_the_older_one(
    client_of: Any, visitor: Any, older: Any, newer: Any
) -> None:
    newer.delete()
    assert "Replaced by" not in said_to(client_of(visitor), older)


def test_chains_are_allowed_and_cycles_refused(
    site_tree: Any, older: Any, newer: Any
) -> None:
    newest = StandardPageFactory(parent=site_tree.home, title="Sheet of 2027")
    newer.superseded_by = newest
    newer.full_clean()
    newer.save()
    newest.superseded_by = older
    with pytest.raises(ValidationError, match="itself replaced by this one"):
        newest.full_clean()


def test_no_page_replaces_itself(older: Any) -> None:
    older.superseded_by = older
    with pytest.raises(ValidationError):
        older.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(older).objects.filter(pk=older.pk).update(superseded_by=older.pk)


class TestInTheCms:
    """The editor chooses among what they may see."""

    def save(self, browser: Any, page: Any, **changed: Any) -> Any:
        form = open_form(browser, page) | changed
        return browser.post(edit_url(page), form | {"action-publish": "on"})

    def test_the_newer_page_is_chosen_beside_the_review_date(
        self, client_of: Any, moderator: Any, site_tree: Any, older: Any
    ) -> None:
        answer = self.save(
            client_of(moderator), older, superseded_by=str(site_tree.guide.pk)
        )
        assert answer.status_code == 302
        older.refresh_from_db()
        assert older.superseded_by_id == site_tree.guide.pk

    def test_a_ring_is_refused_beside_the_field(
        self, client_of: Any, moderator: Any, older: Any, newer: Any
    ) -> None:
        answer = self.save(client_of(moderator), newer, superseded_by=str(older.pk))
        assert "itself replaced by this one" in answer.content.decode()

    def test_a_page_of_a_group_cannot_be_chosen_from_outside(
        self, client_of: Any, moderator: Any, site_tree: Any, older: Any
    ) -> None:
        hidden = site_tree.group_page
        answer = self.save(client_of(moderator), older, superseded_by=str(hidden.pk))
        page = answer.content.decode()
        assert "Select a valid choice." in page
        assert "Night shifts" not in page
        older.refresh_from_db()
        assert older.superseded_by is None

    def test_what_others_chose_is_kept_and_not_named(
        self, client_of: Any, moderator: Any, site_tree: Any, older: Any
    ) -> None:
        older.superseded_by = site_tree.group_page.basepage_ptr
        older.save()
        browser = client_of(moderator)
        form = browser.get(edit_url(older)).content.decode()
        assert "Something that you cannot see" in form
        assert "Night shifts" not in form
        assert self.save(browser, older, title="Sheet").status_code == 302
        older.refresh_from_db()
        assert (older.title, older.superseded_by_id) == (
            "Sheet",
            site_tree.group_page.pk,
        )
