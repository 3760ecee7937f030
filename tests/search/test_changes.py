"""Whatever changes, reaches the index; nothing noted is lost."""

import pytest
from django.db import IntegrityError, transaction
from django_q.models import OrmQ
from wagtail.models import Collection

from everydoor.files.models import DocumentText
from everydoor.pages.models import Topic
from search import actions, jobs, registry
from search.models import IndexChange, IndexedItem, IndexState
from tests.factories import DocumentFactory, StandardPageFactory, text

WORD = "xylophonist"


@pytest.fixture
def page(site_tree):
    return StandardPageFactory(
        parent=site_tree.home,
        title="A page",
        slug="a-page",
        body=[text(f"About the {WORD}.")],
    )


@pytest.fixture
def seen(find, visitor):
    """Titles that a visitor finds."""
    return lambda words: [hit.title for hit in find(visitor, words)[:]]


def test_a_page_is_found_after_it_was_saved(seen, page):
    assert seen(WORD) == ["A page"]


def test_a_page_published_from_a_draft_shows_its_new_words_only_then(seen, page):
    page.title = "Another title"
    revision = page.save_revision()
    assert seen(WORD) == ["A page"]
    revision.publish()
    assert seen(WORD) == ["Another title"]


def test_saving_a_draft_asks_for_no_indexing(page):
    actions.apply_changes()
    page.title = "Draft"
    page.save_revision()
    assert not IndexChange.objects.exists()


def test_an_unpublished_page_is_gone_at_once(page, seen):
    assert seen(WORD) == ["A page"]
    page.unpublish()
    assert IndexedItem.objects.get(object_id=page.pk, source="page").rule == "concealed"
    assert seen(WORD) == []
    assert not IndexedItem.objects.filter(object_id=page.pk, source="page").exists()


def test_a_deleted_page_leaves_nothing_behind(page, seen):
    seen(WORD)
    pk = page.pk
    page.delete()
    assert seen(WORD) == []
    assert not IndexedItem.objects.filter(source="page", object_id=pk).exists()


def test_a_moved_page_has_its_new_address_and_its_new_rule(
    page, seen, site_tree, find, member
):
    seen(WORD)
    page.move(site_tree.group_page, pos="last-child")
    assert seen(WORD) == []
    (hit,) = find(member, WORD)[:]
    assert hit.url == "/write/night-shifts/a-page/"


def test_pages_below_follow_a_changed_slug(page, seen, find, visitor):
    child = StandardPageFactory(parent=page, title="Cellar", slug="below")
    seen(WORD)
    page.slug = "renamed"
    page.save_revision().publish()
    (hit,) = find(visitor, "Cellar")[:]
    assert hit.url == "/renamed/below/"
    assert child.pk


def test_a_renamed_topic_is_found_by_its_new_name_everywhere(site_tree, seen):
    assert seen("Safety at night")
    topic = Topic.objects.get()
    topic.name = WORD.title()
    topic.save()
    assert len(seen(WORD)) == 4
    item = IndexedItem.objects.get(source="page", object_id=site_tree.session.pk)
    assert item.facets.get(facet__name="topic").facet.label == WORD.title()


def test_a_synonym_finds_what_is_written_otherwise(site_tree, seen):
    """“overnight” is another word for the topic “Safety at night”."""
    assert "The first seventy-two hours" in seen("overnight")


def test_a_document_is_found_when_its_text_was_read(seen, db):
    document = DocumentFactory(title="Report")
    assert seen(WORD) == []
    DocumentText.objects.create(document=document, number=1, text=WORD)
    assert seen(WORD) == ["Report"]
    document.delete()
    assert seen(WORD) == []


def test_a_document_moved_to_a_private_folder_is_hidden(seen, site_tree):
    document = DocumentFactory(title=WORD)
    assert seen(WORD) == [WORD]
    document.collection = site_tree.group_folder
    document.save()
    assert seen(WORD) == []


def test_a_folder_moved_under_a_private_one_hides_its_files(
    seen, site_tree, client_of, administrator
):
    administrator.is_superuser = True
    administrator.save()
    folder = Collection.get_first_root_node().add_child(name="Folder")
    DocumentFactory(title=WORD, collection=folder)
    assert seen(WORD) == [WORD]
    response = client_of(administrator).post(
        f"/cms/collections/{folder.pk}/",
        {"name": "Folder", "parent": site_tree.group_folder.pk},
    )
    assert response.url == "/cms/collections/"
    folder.refresh_from_db()
    assert folder.get_parent().pk == site_tree.group_folder.pk
    assert IndexedItem.objects.get(title=WORD).rule == "concealed"
    assert seen(WORD) == []


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
