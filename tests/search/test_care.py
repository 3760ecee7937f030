"""Rebuilding the index, and comparing it with the database."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search import actions, engines
from search.models import IndexChange, IndexedItem, Passage


def _run(name, *args):
    out, err = io.StringIO(), io.StringIO()
    call_command(name, *args, stdout=out, stderr=err)
    return out.getvalue()


@pytest.fixture
def indexed(site_tree):
    actions.apply_changes()
    return site_tree


def test_a_rebuild_ends_where_the_changes_one_by_one_ended(indexed):
    before = set(IndexedItem.objects.values_list("source", "object_id", "digest"))
    words = sorted(Passage.objects.values_list("text", flat=True))
    done = actions.rebuild()
    assert done.changed == len(before)
    assert before == set(
        IndexedItem.objects.values_list("source", "object_id", "digest")
    )
    assert words == sorted(Passage.objects.values_list("text", flat=True))
    assert not IndexChange.objects.exists()


def test_a_rebuild_stopped_in_the_middle_goes_on_with_the_next_round(
    indexed, monkeypatch
):
    before = IndexedItem.objects.count()

    def stopped(**_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("search.actions.writing.apply_changes", stopped)
        with pytest.raises(KeyboardInterrupt):
            actions.rebuild()
    assert not IndexedItem.objects.exists()
    actions.apply_changes()
    assert IndexedItem.objects.count() == before


def test_the_rebuild_command_reports_as_json(indexed):
    report = json.loads(_run("search_rebuild", "--json"))
    assert report["engine"] == engines.current().name
    assert report["items"] == IndexedItem.objects.count() > 10
    assert report["failed"] == 0
    assert "items in" in _run("search_rebuild")


def test_differences_are_found_told_and_repaired(indexed):
    page, file = indexed.guide, indexed.document
    IndexedItem.objects.filter(source="page", object_id=page.pk).update(digest="x")
    engines.current().delete("file", [file.pk])
    IndexedItem.objects.filter(source="page", object_id=indexed.about.pk).update(
        object_id=999_999
    )
    found = actions.compare()
    assert found.stale["page"] == [page.pk]
    assert found.missing == {"page": [indexed.about.pk], "file": [file.pk]}
    assert found.orphaned["page"] == [999_999]
    with pytest.raises(CommandError, match="--repair"):
        _run("search_check")
    report = json.loads(_run("search_check", "--repair", "--json"))
    assert (report["repaired"], report["differences"]) == (4, 0)
    assert "0 differ" in _run("search_check")


def test_the_probe_says_when_changes_wait_too_long(indexed):
    found = actions.probe()
    assert found.well
    assert found.words.endswith("0 changes waiting")
    actions.note(source="page", object_ids=[indexed.guide.pk])
    assert actions.probe().well
    IndexChange.objects.update(noted_at=timezone.now() - timedelta(hours=2))
    assert not actions.probe().well
    IndexChange.objects.update(attempts=1)
    assert actions.probe().well, "put off, and known"


def test_a_change_that_waits_is_not_a_difference(indexed):
    actions.note(source="page", object_ids=[indexed.guide.pk])
    IndexedItem.objects.filter(object_id=indexed.guide.pk).update(digest="x")
    found = actions.compare()
    assert (found.count, found.waiting) == (0, 1)
