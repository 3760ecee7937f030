"""Scheduled publishing and expiry."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published

from pages.jobs import publish_scheduled
from tests.factories import HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Any:
    return HomePageFactory()


def in_an_hour() -> Any:
    return time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False)


def scheduled(home: Any, title: str, minutes: int) -> Any:
    """Create a draft that was approved to go live so many minutes from now."""
    page = StandardPageFactory(parent=home, title=title, live=False)
    page.go_live_at = timezone.now() + dt.timedelta(minutes=minutes)
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    return page


def test_a_page_that_is_due_goes_live_and_is_announced_by_the_signal(
    home: Any,
) -> None:
    due = scheduled(home, "Now", minutes=30)
    later = scheduled(home, "Later", minutes=90)
    heard: list[Any] = []

    def listen(instance: Any, **kwargs: Any) -> None:
        heard.append(instance.pk)

    page_published.connect(listen)
    try:
        with in_an_hour():
            assert publish_scheduled() == "published 1, unpublished 0"
    finally:
        page_published.disconnect(listen)
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.live, later.live) == (True, False)
    assert heard == [due.pk]


def test_a_second_run_publishes_nothing_twice(home: Any) -> None:
    scheduled(home, "Now", minutes=30)
    with in_an_hour():
        assert publish_scheduled() == "published 1, unpublished 0"
        assert publish_scheduled() == "published 0, unpublished 0"


def test_an_expired_page_is_unpublished(home: Any) -> None:
    page = StandardPageFactory(parent=home, title="Until yesterday")
    page.expire_at = timezone.now() - dt.timedelta(minutes=1)
    page.save()
    assert publish_scheduled() == "published 0, unpublished 1"
    page.refresh_from_db()
    assert not page.live
    assert page.expired


def test_a_page_that_fails_does_not_stop_the_others(
    home: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    first = scheduled(home, "Broken", minutes=20)
    second = scheduled(home, "Sound", minutes=30)
    publish = Revision.publish

    def fails_once(self: Revision, *args: Any, **kwargs: Any) -> Any:
        if self.object_id == str(first.pk):
            raise RuntimeError
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(Revision, "publish", fails_once)
    with in_an_hour():
        assert publish_scheduled() == "published 1, unpublished 0"
    second.refresh_from_db()
    assert second.live
    assert "could not be published on time" in caplog.text
