"""Rebuilding the index and comparing it with the database."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search import actions, engines, jobs
from search.actions import rebuilding
from search.models import (
    Generation,
    IndexChange,
    IndexedItem,
    IndexState,
    Passage,
    Word,
)


def _run(name, *args):
    out, err = io.StringIO(), io.StringIO()
    call_command(name, *args, stdout=out, stderr=err)
    return out.getvalue()


@pytest.fixture
def indexed(site_tree):
    actions.apply_changes()
    return site_tree


def test_a_rebuild_gives_the_same_index_as_single_changes(indexed):
    before = set(IndexedItem.objects.values_list("source", "object_id", "digest"))
    words = sorted(Passage.objects.values_list("words", flat=True))
    done = actions.rebuild()
    assert done.changed == len(before)
    items = IndexedItem.objects.filter(generation=2)
    assert before == set(items.values_list("source", "object_id", "digest"))
    passages = Passage.objects.filter(item__in=items)
    assert words == sorted(passages.values_list("words", flat=True))
    assert not IndexChange.objects.exists()


def test_an_interrupted_rebuild_is_resumed(indexed, monkeypatch):
    before = IndexedItem.objects.count()
    written = rebuilding.write
    turns = iter(range(100))

    def stops_at_the_third(*args, **given):
        if next(turns) == 2:
            raise KeyboardInterrupt
        return written(*args, **given)

    monkeypatch.setattr(rebuilding, "BATCH", 2)
    with monkeypatch.context() as patch:
        patch.setattr(rebuilding, "write", stops_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            actions.rebuild()
    state = IndexState.objects.get()
    assert (state.serving, state.building) == (1, 2)
    assert IndexedItem.objects.filter(generation=2).count() == 4
    done = actions.rebuild()
    assert done.items == before - 4, "what was written is not written again"
    assert IndexState.objects.get().serving == 2
    assert IndexedItem.objects.filter(generation=2).count() == before


def test_the_served_generation_answers_until_the_new_one_is_complete(
    indexed, find, visitor, monkeypatch
):
    def looks(*_args, **_given):
        assert "The first seventy-two hours" in [
            hit.title for hit in find(visitor, "seventy-two")[:]
        ]
        return written(*_args, **_given)

    written = rebuilding.write
    monkeypatch.setattr(rebuilding, "write", looks)
    actions.rebuild()
    assert [hit.title for hit in find(visitor, "seventy-two")[:]]


def test_what_changes_during_a_rebuild_is_in_both_generations(indexed, find, visitor):
    number = rebuilding._begin()
    guide = indexed.guide
    guide.title = "Renamed meanwhile"
    guide.save_revision().publish()
    actions.apply_changes()
    titles = IndexedItem.objects.filter(object_id=guide.pk, source="page")
    assert set(titles.values_list("generation", "title")) == {
        (1, "Renamed meanwhile"),
        (number, "Renamed meanwhile"),
    }
    guide.unpublish()
    actions.rebuild()
    assert find(visitor, "Renamed meanwhile").total == 0


def test_a_generation_that_differs_from_the_database_is_not_served(
    indexed, monkeypatch
):
    monkeypatch.setattr(rebuilding, "_rewrite", lambda *_given: None)
    monkeypatch.setattr(rebuilding, "_fill", lambda *_given: actions.Applied())
    with pytest.raises(actions.IndexDiffersError, match="differ from the database"):
        actions.rebuild()
    assert IndexState.objects.get().serving == 1
    with pytest.raises(CommandError, match="old index stays in use"):
        _run("search_rebuild")
    monkeypatch.undo()
    assert json.loads(_run("search_rebuild", "--afresh", "--json"))["generation"] == 2


def test_the_previous_generation_is_dropped_after_a_minute(indexed):
    actions.rebuild()
    items = IndexedItem.objects.filter(generation=2).count()
    jobs.apply_changes()
    assert set(Generation.objects.values_list("number", flat=True)) == {1, 2}
    IndexState.objects.update(rebuilt_at=timezone.now() - timedelta(minutes=2))
    jobs.apply_changes()
    assert set(Generation.objects.values_list("number", flat=True)) == {2}
    assert IndexedItem.objects.count() == items


def test_the_words_of_the_library_are_counted_by_rule_and_as_they_change(
    indexed, find, visitor
):
    def counted():
        return sorted(
            Word.objects.exclude(items=0).values_list("word", "rule", "items")
        )

    before = counted()
    assert before
    guide = indexed.guide
    guide.title = "Quokka"
    guide.save_revision().publish()
    actions.apply_changes()
    assert Word.objects.get(word="quokka").items == 1
    now = counted()
    assert now != before
    actions.rebuild()
    assert counted() == now


def test_the_rebuild_command_reports_as_json(indexed):
    report = json.loads(_run("search_rebuild", "--json"))
    assert report["engine"] == engines.embedded().name
    items = IndexedItem.objects.filter(generation=2)
    assert report["items"] == items.count() > 10
    assert report["generation"] == 2
    assert "items in" in _run("search_rebuild")


def test_differences_are_reported_and_repaired(indexed):
    page, file = indexed.guide, indexed.document
    IndexedItem.objects.filter(source="page", object_id=page.pk).update(digest="x")
    engines.embedded().delete("file", [file.pk], generation=1)
    IndexedItem.objects.filter(source="page", object_id=indexed.about.pk).update(
        object_id=999_999
    )
    found = actions.compare()
    assert found.stale["page"] == [page.pk]
    missing = {source: keys for source, keys in found.missing.items() if keys}
    assert missing == {"page": [indexed.about.pk], "file": [file.pk]}
    assert found.orphaned["page"] == [999_999]
    with pytest.raises(CommandError, match="--repair"):
        _run("search_check")
    report = json.loads(_run("search_check", "--repair", "--json"))
    assert (report["repaired"], report["differences"]) == (4, 0)
    assert "0 differ" in _run("search_check")


def test_the_probe_is_unhealthy_when_changes_are_pending_too_long(indexed):
    found = actions.probe()
    assert found.healthy
    assert found.message == "up to date"
    actions.note_changes(source="page", object_ids=[indexed.guide.pk])
    assert actions.probe().healthy
    IndexChange.objects.update(noted_at=timezone.now() - timedelta(hours=2))
    assert not actions.probe().healthy
    IndexChange.objects.update(attempts=1)
    assert actions.probe().healthy, "a failed row is not counted"


def test_a_pending_change_is_not_a_difference(indexed):
    actions.note_changes(source="page", object_ids=[indexed.guide.pk])
    IndexedItem.objects.filter(object_id=indexed.guide.pk).update(digest="x")
    found = actions.compare()
    assert (found.count, found.waiting) == (0, 1)


def test_an_unreadable_item_does_not_prevent_a_rebuild(indexed, unreadable):
    bad = indexed.guide.pk
    make_readable = unreadable(bad)
    done = actions.rebuild()
    assert done.failed == 1
    assert IndexState.objects.get().serving == 2
    assert {row.object_id for row in IndexChange.objects.all()} == {bad}
    assert actions.compare().count == 0, "it waits"
    IndexChange.objects.all().delete()
    assert actions.compare().missing["page"] == [bad]
    make_readable()
    actions.repair(actions.compare())
    assert actions.compare().count == 0
