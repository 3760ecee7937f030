"""No way of changing a page deletes, doubles or revives one of its dates.

Each test goes through the CMS, as an editor does.
"""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from learning.sessions.actions import cancel_occurrence
from learning.sessions.models import Occurrence, SessionPage
from tests.cms.forms import edit_url, fields_of, open_form
from tests.factories import OccurrenceFactory, SessionPageFactory

from .date_forms import FORM

pytestmark = pytest.mark.django_db

Rows = set[tuple[int, str, str, dt.datetime]]


@pytest.fixture
def client(client_of: Any, moderator: Any) -> Any:
    return client_of(moderator)


@pytest.fixture
def session() -> Any:
    """Make a session with a coming date and a cancelled one, published twice."""
    page = SessionPageFactory(title="Tea at night", revised=True)
    first = page.occurrences.get()
    cancelled = OccurrenceFactory(
        session=page, starts_at=first.starts_at + dt.timedelta(days=7)
    )
    cancel_occurrence(occurrence=cancelled)
    page.refresh_from_db()
    page.title = "Tea before dawn"
    page.save_revision().publish()
    return SessionPage.objects.get(pk=page.pk)


def rows(page: Any) -> Rows:
    found = Occurrence.objects.filter(session=page.pk)
    return set(found.values_list("pk", "public_id", "status", "starts_at"))


def times(page: Any) -> tuple:
    now = SessionPage.objects.get(pk=page.pk)
    return now.next_starts_at, now.last_ends_at, now.listed_occurrence_id, now.dated


def oldest(page: Any) -> Any:
    return page.revisions.order_by("pk").first()


def revert_url(page: Any) -> str:
    return reverse(
        "wagtailadmin_pages:revisions_revert", args=[page.pk, oldest(page).pk]
    )


@pytest.mark.parametrize("way", [{"action-publish": "1"}, {}], ids=["publish", "save"])
def test_going_back_to_an_older_revision(client: Any, session: Any, way: dict) -> None:
    before, kept = rows(session), times(session)
    later = OccurrenceFactory(session=session)
    Occurrence.objects.filter(pk=later.pk).delete()
    loaded = open_form(client, session) | fields_of(
        client.get(revert_url(session)).content
    )
    answer = client.post(edit_url(session), loaded | way)

    assert answer.status_code == 302
    session.refresh_from_db()
    assert session.get_latest_revision().content["title"] == "Tea at night"
    assert rows(session) == before
    if way:
        assert session.title == "Tea at night"
        assert times(session) == kept


def test_publishing_an_older_revision_after_a_date_was_moved(
    client: Any, session: Any
) -> None:
    """The revision remembers the old time; the page does not go back to it."""
    date = session.occurrences.get(status="planned")
    where = reverse("session_dates:edit", args=[session.pk, date.public_id])
    assert client.post(where, FORM).status_code == 302
    moved, kept = rows(session), times(session)
    assert kept[0].isoformat() == "2030-12-10T17:00:00+00:00"

    loaded = open_form(client, session) | fields_of(
        client.get(revert_url(session)).content
    )
    client.post(edit_url(session), loaded | {"action-publish": "1"})
    assert (rows(session), times(session)) == (moved, kept)


def test_publishing_a_revision_object_directly(session: Any) -> None:
    """As scheduled publishing does."""
    before, kept = rows(session), times(session)
    SessionPage.objects.filter(pk=session.pk).update(next_starts_at=None, dated=None)
    oldest(session).publish()

    assert (rows(session), times(session)) == (before, kept)


def test_saving_and_publishing_the_form(client: Any, session: Any) -> None:
    before = rows(session)
    for way in ({}, {"action-publish": "1"}):
        client.post(edit_url(session), open_form(client, session) | way)

    assert rows(session) == before


def test_unpublishing_and_publishing_again(client: Any, session: Any) -> None:
    before, kept = rows(session), times(session)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[session.pk]))
    assert not SessionPage.objects.get(pk=session.pk).live
    assert rows(session) == before

    loaded = open_form(client, session)
    client.post(edit_url(session), loaded | {"action-publish": "1"})
    assert SessionPage.objects.get(pk=session.pk).live
    assert (rows(session), times(session)) == (before, kept)


def test_copying_the_page(client: Any, session: Any) -> None:
    before = rows(session)
    where = reverse("wagtailadmin_pages:copy", args=[session.pk])
    form = {
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": session.get_parent().pk,
        "publish_copies": "on",
    }
    assert client.post(where, form).status_code == 302
    copy = SessionPage.objects.get(slug="a-copy")

    assert rows(session) == before
    assert rows(copy) == set()
    assert (copy.next_starts_at, copy.last_ends_at) == (None, None)
    assert copy.listed_occurrence is None


def test_moving_the_page(client: Any, session: Any) -> None:
    before, kept = rows(session), times(session)
    home = session.get_parent().get_parent()
    elsewhere = type(session.get_parent().specific)(title="Elsewhere", slug="elsewhere")
    home.add_child(instance=elsewhere)
    where = reverse("wagtailadmin_pages:move_confirm", args=[session.pk, elsewhere.pk])
    assert client.post(where).status_code == 302

    assert SessionPage.objects.get(pk=session.pk).get_parent().pk == elsewhere.pk
    assert (rows(session), times(session)) == (before, kept)


def test_deleting_the_page_deletes_its_dates(
    client_of: Any, administrator: Any, session: Any
) -> None:
    where = reverse("wagtailadmin_pages:delete", args=[session.pk])
    client_of(administrator).post(where)

    assert not SessionPage.objects.filter(pk=session.pk).exists()
    assert rows(session) == set()
