"""Nothing that was noted is lost, and nothing is applied out of turn."""

import pytest
from django.db import IntegrityError, transaction
from django_q.models import OrmQ

from search import actions, jobs, registry
from search.models import IndexChange, IndexedItem, IndexState
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


def test_a_note_and_its_job_live_and_die_with_the_transaction(db):
    actions.apply_changes()
    OrmQ.objects.all().delete()

    def change_and_fail():
        with transaction.atomic():
            actions.note(source="page", object_ids=[1, 2])
            raise IntegrityError

    with pytest.raises(IntegrityError):
        change_and_fail()
    assert not IndexChange.objects.exists()
    assert not OrmQ.objects.exists()
    actions.note(source="page", object_ids=[1, 2, 1])
    assert IndexChange.objects.count() == 2
    assert OrmQ.objects.count() == 1


def test_many_changes_to_one_item_are_applied_once(page):
    for _turn in range(5):
        actions.note(source="page", object_ids=[page.pk])
    IndexedItem.objects.all().delete()
    IndexChange.objects.exclude(object_id=page.pk).delete()
    assert actions.apply_changes().items == 1
    assert not IndexChange.objects.exists()
    assert IndexState.objects.get().applied_at


def test_an_import_enqueues_one_job_for_all(db):
    OrmQ.objects.all().delete()
    with actions.one_job():
        with actions.one_job():
            actions.note(source="page", object_ids=[1])
        actions.note(source="page", object_ids=[2])
        assert not OrmQ.objects.exists()
    assert OrmQ.objects.count() == 1
    assert IndexChange.objects.count() == 2


def test_an_import_that_breaks_off_enqueues_its_job_all_the_same(db):
    OrmQ.objects.all().delete()

    def import_and_fail():
        with actions.one_job():
            actions.note(source="page", object_ids=[1])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        import_and_fail()
    assert OrmQ.objects.count() == 1


def test_pages_can_be_indexed_at_once(page, site_tree):
    done = actions.index_now([page, site_tree.home])
    assert done.changed == 1
    assert not IndexChange.objects.filter(object_id=page.pk, source="page").exists()
    assert IndexedItem.objects.get(source="page", object_id=page.pk).title == "A page"


def test_one_bad_item_does_not_hold_up_the_others(page, monkeypatch, caplog):
    source = registry.source_named("page")
    read = source.entries
    bad = page.pk

    def fail_for_one(pks):
        if bad in pks:
            raise ValueError("cannot be read")
        return read(pks)

    monkeypatch.setattr(source, "entries", fail_for_one)
    done = actions.apply_changes()
    assert done.failed == 1
    assert IndexedItem.objects.filter(source="page").count() > 5
    note = IndexChange.objects.filter(object_id=bad).first()
    assert note is not None
    assert note.attempts == 1
    assert note.error == "ValueError: cannot be read"
    assert "cannot read" in caplog.text
    monkeypatch.setattr(source, "entries", read)
    assert actions.apply_changes().items == 0, "it waits for its time"
    IndexChange.objects.update(not_before=note.noted_at)
    assert actions.apply_changes().changed == 1


def test_what_somebody_else_applied_meanwhile_is_not_overwritten(page, monkeypatch):
    """We read, they write something newer, we must not write what we read."""
    actions.apply_changes()
    actions.note(source="page", object_ids=[page.pk])
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
    assert "changed, 0 put off" in jobs.apply_changes()
    assert jobs.apply_changes() == "0 items, 0 changed, 0 put off"
