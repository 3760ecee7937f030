"""Asks and endorsements are rows: nothing that happens to the text of the page changes them."""

import pytest
from django.urls import reverse

from knowledge.statements.models import Ask, Endorsement, StatementPage
from tests.factories import StatementPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(site_tree, organization):
    made = StatementPageFactory(
        parent=site_tree.library,
        title="A bed is held",
        slug="held",
        asks=["Pay for the empty night.", "Count the nights."],
        endorsed_by=[organization],
        revised=True,
    )
    return StatementPage.objects.get(pk=made.pk)


@pytest.fixture
def rows_of():
    """Return the rows of a statement, with the ids by which others know them."""

    def rows(page):
        asks = page.asks.values_list("public_id", "text", "position")
        endorsements = page.endorsements.values_list("public_id", "organization_id")
        return list(asks), list(endorsements)

    return rows


@pytest.fixture
def desk(client_of, moderator):
    return client_of(moderator)


def _page_url(name, page):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


def test_publishing_an_older_revision_changes_none(
    desk, statement, rows_of, save_page, moderator
):
    older = statement.latest_revision
    desk.post(
        reverse("knowledge_statements:add_ask", args=[statement.pk]),
        {"text": "Publish the number.", "addressee": ""},
    )
    first = statement.asks.first()
    desk.post(
        reverse("knowledge_statements:remove_ask", args=[statement.pk, first.public_id])
    )
    statement.save_revision(user=moderator).publish()
    before = rows_of(statement)
    revert = reverse(
        "wagtailadmin_pages:revisions_revert", args=[statement.pk, older.pk]
    )
    shown = desk.get(revert)
    assert shown.status_code == 200
    older.publish(user=moderator)
    assert rows_of(statement) == before
    assert [ask.text for ask in statement.asks.all()] == [
        "Count the nights.",
        "Publish the number.",
    ]


def test_saving_and_publishing_the_form_changes_none(
    desk, statement, rows_of, save_page
):
    before = rows_of(statement)
    answer = save_page(desk, statement, body=[], publish=True, title="A bed is kept")
    assert answer.status_code == 302
    assert StatementPage.objects.get(pk=statement.pk).title == "A bed is kept"
    assert rows_of(statement) == before


def test_a_copy_has_none_and_the_original_keeps_its_own(desk, statement, rows_of):
    before = rows_of(statement)
    sent = {
        "new_title": "Copied",
        "new_slug": "copied",
        "new_parent_page": statement.get_parent().pk,
        "publish_copies": "on",
    }
    assert desk.post(_page_url("copy", statement), sent).status_code == 302
    copied = StatementPage.objects.get(slug="copied")
    assert rows_of(copied) == ([], [])
    assert rows_of(statement) == before
    assert (Ask.objects.count(), Endorsement.objects.count()) == (
        # The tree of the tests has a statement with one of each.
        3,
        2,
    )


def test_unpublishing_and_publishing_again_changes_none(
    desk, statement, rows_of, moderator
):
    before = rows_of(statement)
    assert desk.post(_page_url("unpublish", statement)).status_code == 302
    assert not StatementPage.objects.get(pk=statement.pk).live
    assert rows_of(statement) == before
    statement.latest_revision.publish(user=moderator)
    assert StatementPage.objects.get(pk=statement.pk).live
    assert rows_of(statement) == before


def test_moving_the_page_changes_none(desk, statement, rows_of, site_tree):
    before = rows_of(statement)
    url = reverse(
        "wagtailadmin_pages:move_confirm", args=[statement.pk, site_tree.shelf.pk]
    )
    assert desk.post(url).status_code == 302
    moved = StatementPage.objects.get(pk=statement.pk)
    assert moved.get_parent().pk == site_tree.shelf.pk
    assert rows_of(moved) == before


def test_no_revision_holds_them(statement):
    content = statement.latest_revision.content
    assert not {"asks", "endorsements"} & set(content)
    assert "Count the nights." not in str(content)


def test_deleting_the_page_deletes_them(statement):
    statement.delete()
    assert not Ask.objects.filter(text="Count the nights.").exists()
