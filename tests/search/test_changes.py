"""Recorded changes are never lost and never overwrite newer ones."""

from datetime import timedelta

import pytest
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django_q.models import OrmQ

from search import actions, jobs, registry
from search.actions import writing
from search.actions.backoff import postpone
from search.models import CONCEALED, IndexChange, IndexedItem, IndexState
from tests.factories import StandardPageFactory, text

WORD = "xylophonist"


@pytest.fixture
def page(site_tree):
    return StandardPageFactory(
        parent=site_tree.home,
        title="A page",
        slug="a-page",
        body=[text(f"About the {WORD}.")],
    )


def test_a_change_and_its_job_are_rolled_back_with_the_transaction(db):
    actions.apply_changes()
    OrmQ.objects.all().delete()

    def change_and_fail():
        with transaction.atomic():
            actions.note_changes(source="page", object_ids=[1, 2])
            raise IntegrityError

    with pytest.raises(IntegrityError):
        change_and_fail()
    assert not IndexChange.objects.exists()
    assert not OrmQ.objects.exists()
    actions.note_changes(source="page", object_ids=[1, 2, 1])
    assert IndexChange.objects.count() == 2
    assert OrmQ.objects.count() == 1


def test_many_changes_to_one_item_are_applied_once(page):
    for _turn in range(5):
        actions.note_changes(source="page", object_ids=[page.pk])
    IndexedItem.objects.all().delete()
    IndexChange.objects.exclude(object_id=page.pk).delete()
    assert actions.apply_changes().items == 1
    assert not IndexChange.objects.exists()
    assert IndexState.objects.get().applied_at


def test_an_import_enqueues_one_job_for_all_changes(db):
    OrmQ.objects.all().delete()
    with actions.combine_jobs():
        with actions.combine_jobs():
            actions.note_changes(source="page", object_ids=[1])
        actions.note_changes(source="page", object_ids=[2])
        assert not OrmQ.objects.exists()
    assert OrmQ.objects.count() == 1
    assert IndexChange.objects.count() == 2


def test_an_import_that_fails_still_enqueues_its_job(db):
    OrmQ.objects.all().delete()

    def import_and_fail():
        with actions.combine_jobs():
            actions.note_changes(source="page", object_ids=[1])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        import_and_fail()
    assert OrmQ.objects.count() == 1


def test_pages_can_be_indexed_at_once(page, site_tree):
    done = actions.index_now([page, site_tree.home])
    assert done.changed == 1
    assert not IndexChange.objects.filter(object_id=page.pk, source="page").exists()
    assert IndexedItem.objects.get(source="page", object_id=page.pk).title == "A page"


def test_an_unreadable_item_does_not_block_the_others(page, unreadable, caplog):
    make_readable = unreadable(page.pk)
    done = actions.apply_changes()
    assert done.failed == 1
    assert IndexedItem.objects.filter(source="page").count() > 5
    change = IndexChange.objects.filter(object_id=page.pk).first()
    assert change is not None
    assert change.attempts == 1
    assert change.error == "ValueError: cannot be read"
    assert "cannot read" in caplog.text
    make_readable()
    assert actions.apply_changes().items == 0, "it waits for its time"
    IndexChange.objects.update(not_before=change.noted_at)
    assert actions.apply_changes().changed == 1


def test_a_newer_state_written_meanwhile_is_not_overwritten(page, monkeypatch):
    """Another process writes a newer state after we read ours."""
    actions.apply_changes()
    actions.note_changes(source="page", object_ids=[page.pk])
    source = registry.source_named("page")
    read = source.entries

    def slowly(pks):
        entries = read(pks)
        monkeypatch.setattr(source, "entries", read)
        type(page).objects.filter(pk=page.pk).update(title="Newer")
        actions.index_now([page])
        return entries

    monkeypatch.setattr(source, "entries", slowly)
    actions.apply_changes()
    assert IndexedItem.objects.get(source="page", object_id=page.pk).title == "Newer"


def test_the_job_says_what_it_did(page):
    assert "changed, 0 postponed" in jobs.apply_changes()
    assert jobs.apply_changes() == "0 items, 0 changed, 0 postponed"


def test_an_item_that_failed_for_days_is_retried_after_an_hour(page):
    actions.note_changes(source="page", object_ids=[page.pk])
    IndexChange.objects.update(attempts=5_000)
    postpone(IndexChange.objects.all(), "too long " * 100)
    change = IndexChange.objects.first()
    assert timedelta(minutes=59) < change.not_before - timezone.now()
    assert change.not_before - timezone.now() <= timedelta(hours=1)


def test_an_item_that_the_database_rejects_does_not_block_the_others(page, monkeypatch):
    written = writing.write

    def refuses_one(source, object_ids, *rest, **given):
        if source == "page" and page.pk in object_ids:
            raise DataError("no such thing")
        return written(source, object_ids, *rest, **given)

    monkeypatch.setattr(writing, "write", refuses_one)
    assert actions.apply_changes().failed == 1
    assert IndexedItem.objects.filter(source="page").count() > 5
    (change,) = IndexChange.objects.all()
    assert (change.object_id, change.error) == (page.pk, "DataError: no such thing")


def test_a_change_committed_after_reading_takes_precedence(page, monkeypatch):
    """The change may have the smaller key: it was written before and committed after."""
    actions.apply_changes()
    actions.note_changes(source="page", object_ids=[page.pk])
    early = IndexChange.objects.get()
    early.delete()
    actions.note_changes(source="page", object_ids=[page.pk])
    source = registry.source_named("page")
    read, written = source.entries, writing.write
    wrote = []

    def conceals_meanwhile(pks):
        entries = read(pks)
        monkeypatch.setattr(source, "entries", read)
        IndexedItem.objects.filter(object_id=page.pk).update(rule=CONCEALED)
        early.save(force_insert=True)
        return entries

    def remembers(source, object_ids, *rest, **given):
        wrote.append(list(object_ids))
        return written(source, object_ids, *rest, **given)

    monkeypatch.setattr(source, "entries", conceals_meanwhile)
    monkeypatch.setattr(writing, "write", remembers)
    actions.apply_changes()
    assert wrote == [[], [page.pk]], "what was read first is never written"
    assert not IndexChange.objects.exists()


def test_an_urgent_job_is_short_and_continues_in_the_bulk_queue(
    page, settings, monkeypatch
):
    jobs.apply_changes()
    OrmQ.objects.all().delete()
    actions.note_changes(source="page", object_ids=range(10_000, 10_200))
    monkeypatch.setattr(jobs, "URGENT_SECONDS", 0)
    settings.WORKER_QUEUE = "urgent"
    jobs.apply_changes()
    assert IndexChange.objects.exists()
    queues = [row.key for row in OrmQ.objects.order_by("pk")]
    assert queues == ["urgent", "bulk"]
    settings.WORKER_QUEUE = "bulk"
    jobs.apply_changes()
    assert not IndexChange.objects.exists()
    assert OrmQ.objects.count() == 2
