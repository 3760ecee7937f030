"""Pages that go live or expire at a time: races, failures, privacy, approval."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision

from pages.actions import publish_due
from pages.actions.publishing import _publish, _unpublish
from pages.jobs import publish_scheduled
from pages.models import BasePage, StandardPage, WorkingGroupPage
from tests.factories import HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Any:
    return HomePageFactory()


def at(minutes: int) -> Any:
    moment = timezone.now() + dt.timedelta(minutes=minutes)
    return time_machine.travel(moment, tick=False)


def schedule(page: Any, minutes: int) -> Revision:
    """Approve what the page says now, to go live so many minutes from now."""
    page.go_live_at = timezone.now() + dt.timedelta(minutes=minutes)
    revision: Revision = page.save_revision()
    revision.publish()
    revision.refresh_from_db()
    return revision


def test_a_page_is_reachable_from_its_minute_on(client: Any, home: Any) -> None:
    page = StandardPageFactory(parent=home, slug="tea", live=False)
    schedule(page, 30)
    with at(29):
        publish_scheduled()
        assert client.get("/tea/").status_code == 404
    with at(30):
        publish_scheduled()
        assert client.get("/tea/").status_code == 200


def test_a_new_text_of_a_live_page_replaces_the_old_one_at_its_time(
    client: Any, home: Any
) -> None:
    page = StandardPageFactory(parent=home, slug="tea", title="Old", revised=True)
    page.title = "New hours"
    schedule(page, 30)
    publish_scheduled()
    assert "New hours" not in client.get("/tea/").content.decode()
    with at(31):
        publish_scheduled()
    assert "New hours" in client.get("/tea/").content.decode()


def test_pages_go_live_in_the_order_of_their_times(home: Any) -> None:
    for title, minutes in (("Second", 20), ("First", 10)):
        page = StandardPageFactory(parent=home, title=title, live=False)
        schedule(page, minutes)
    with at(30):
        assert publish_due() == (2, 0)
    logged = PageLogEntry.objects.filter(action="wagtail.publish.scheduled")
    assert [entry.label for entry in logged.order_by("pk")] == ["First", "Second"]


def test_a_schedule_that_an_editor_cancelled_is_not_carried_out(home: Any) -> None:
    page = StandardPageFactory(parent=home, live=False)
    found = schedule(page, 30)
    Revision.objects.filter(pk=found.pk).update(approved_go_live_at=None)
    with at(31):
        assert _publish(found) is False
    page.refresh_from_db()
    assert not page.live


def test_a_schedule_that_moved_meanwhile_waits_for_its_new_time(home: Any) -> None:
    page = StandardPageFactory(parent=home, live=False)
    found = schedule(page, 30)
    later = timezone.now() + dt.timedelta(hours=2)
    Revision.objects.filter(pk=found.pk).update(approved_go_live_at=later)
    with at(31):
        assert _publish(found) is False
        assert publish_due() == (0, 0)
    with at(121):
        assert publish_due() == (1, 0)


def test_an_expiry_that_an_editor_moved_meanwhile_is_not_carried_out(
    home: Any,
) -> None:
    page = StandardPageFactory(parent=home)
    page.expire_at = timezone.now() - dt.timedelta(minutes=1)
    page.save()
    found = Page.objects.get(pk=page.pk)
    later = timezone.now() + dt.timedelta(days=1)
    Page.objects.filter(pk=page.pk).update(expire_at=later)
    assert _unpublish(found) is False
    page.refresh_from_db()
    assert page.live


def test_an_expired_page_is_404_and_logged_as_expired(client: Any, home: Any) -> None:
    page = StandardPageFactory(parent=home, slug="tea", revised=True)
    page.expire_at = timezone.now() + dt.timedelta(minutes=30)
    page.save_revision().publish()
    with at(29):
        assert publish_due() == (0, 0)
    with at(30):
        assert publish_due() == (0, 1)
        assert publish_due() == (0, 0)
    assert client.get("/tea/").status_code == 404
    assert PageLogEntry.objects.filter(
        page=page.pk, action="wagtail.unpublish.scheduled"
    ).exists()


def test_a_page_that_cannot_expire_does_not_stop_the_others(
    home: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    first, second = StandardPageFactory.create_batch(2, parent=home)
    for page, minutes in ((first, 2), (second, 1)):
        page.expire_at = timezone.now() - dt.timedelta(minutes=minutes)
        page.save()
    unpublish = StandardPage.unpublish

    def fails_once(self: StandardPage, *args: Any, **kwargs: Any) -> Any:
        if self.pk == first.pk:
            raise RuntimeError
        return unpublish(self, *args, **kwargs)

    monkeypatch.setattr(StandardPage, "unpublish", fails_once)
    assert publish_due() == (0, 1)
    live = {page.pk: page.live for page in BasePage.objects.filter(depth=3)}
    assert live == {first.pk: True, second.pk: False}
    assert f"Page {first.pk} could not be unpublished on time" in caplog.text


def test_a_page_of_a_group_is_restricted_when_its_time_comes(
    client: Any, client_of: Any, member: Any, working_group: Any, site_tree: Any
) -> None:
    site_tree.group_page.delete()
    page = WorkingGroupPage(
        title="Quiet", slug="quiet", group=working_group, live=False
    )
    site_tree.write.add_child(instance=page)
    schedule(page, 30)
    assert not PageViewRestriction.objects.filter(page=page).exists()
    with at(31):
        assert publish_due() == (1, 0)
    page.refresh_from_db()
    assert page.live
    assert client.get(page.url).status_code == 404
    assert client_of(member).get(page.url).status_code == 200
