"""Changes to files, captions and related rows reach the index."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from files.actions import extract_text
from files.models import DocumentText
from knowledge.statements.models import Ask
from learning.recordings.actions import set_captions
from learning.recordings.models import CaptionTrack, Chapter, Cue
from learning.sessions.models import Speaker
from search.models import CONCEALED, IndexChange, IndexedItem
from tests.factories import ContributorFactory, DocumentFactory, restrict_collection

WORD = "xylophonist"


@pytest.fixture
def above(client_of: Any, administrator: Any) -> Any:
    """Return the client of an administrator."""
    administrator.is_superuser = True
    administrator.save()
    return client_of(administrator)


def test_a_document_is_found_when_its_text_was_read(seen, told):
    document = DocumentFactory(title="Report", content=WORD.encode())
    assert seen(WORD) == []
    with told():
        extract_text(document=document)
    assert seen(WORD) == ["Report"]
    with told():
        document.delete()
    assert seen(WORD) == []


def test_a_replaced_document_is_found_by_its_new_words_alone(seen, told, above):
    document = DocumentFactory(title="Report", content=WORD.encode())
    extract_text(document=document)
    assert seen(WORD) == ["Report"]
    with told():
        document.file = ContentFile(b"About the kettle.", name="kettle.txt")
        document.save()
        extract_text(document=document)
    assert (seen(WORD), seen("kettle")) == ([], ["Report"])


def test_deleting_many_pages_of_text_records_one_change(db):
    document = DocumentFactory(title="Report")
    DocumentText.objects.bulk_create(
        DocumentText(document=document, number=number, text="words")
        for number in range(40)
    )
    IndexChange.objects.all().delete()
    document.texts.all().delete()
    assert IndexChange.objects.count() == 1


def test_the_resource_of_a_document_knows_its_new_type(site_tree, told):
    document = site_tree.document
    with told():
        document.file = ContentFile(b"%PDF-1.7", name="sheet.pdf")
        document.save()
    item = IndexedItem.objects.get(source="page", object_id=site_tree.resource.pk)
    assert item.facets.get(facet__name="type").facet.label == "PDF"


def test_a_document_moved_to_a_private_folder_is_hidden(seen, site_tree, told):
    document = DocumentFactory(title=WORD)
    assert seen(WORD) == [WORD]
    document.collection = site_tree.group_folder
    with told():
        document.save()
        assert IndexedItem.objects.get(title=WORD).rule == CONCEALED
    assert seen(WORD) == []


def test_a_folder_moved_under_a_private_one_hides_its_files(
    seen, site_tree, above, told
):
    folder = Collection.get_first_root_node().add_child(name="Folder")
    DocumentFactory(title=WORD, collection=folder)
    assert seen(WORD) == [WORD]
    with told():
        response = above.post(
            f"/cms/collections/{folder.pk}/",
            {"name": "Folder", "parent": site_tree.group_folder.pk},
        )
        assert response.url == "/cms/collections/"
        assert IndexedItem.objects.get(title=WORD).rule == CONCEALED
    folder.refresh_from_db()
    assert folder.get_parent().pk == site_tree.group_folder.pk
    assert seen(WORD) == []


def test_every_change_to_the_privacy_of_a_parent_folder_reaches_the_index(
    seen, site_tree, find, member, stranger, told
):
    above = Collection.get_first_root_node().add_child(name="Above")
    folder = above.add_child(name="Folder")
    DocumentFactory(title=WORD, collection=folder)
    with told():
        restrict_collection(above, site_tree.group.group)
    assert (len(seen(WORD)), find(member, WORD).total) == (0, 1)
    restriction = CollectionViewRestriction.objects.get(collection=above)
    restriction.groups.clear()
    assert find(member, WORD).total == 0, "who passes is asked anew"
    with told():
        restriction.restriction_type = CollectionViewRestriction.LOGIN
        restriction.save()
    assert find(stranger, WORD).total == 1
    with told():
        restriction.delete()
    assert seen(WORD) == [WORD]


class TestInBulk:
    """Bulk actions on documents in the CMS."""

    @pytest.fixture
    def documents(self, site_tree: Any) -> list[Any]:
        return [DocumentFactory(title=f"{WORD} {number}") for number in range(2)]

    @pytest.fixture
    def act(self, above: Any, documents: list[Any]) -> Any:
        def post(action: str, **form: Any) -> None:
            chosen = "&".join(f"id={each.pk}" for each in documents)
            at = reverse("wagtail_bulk_action", args=["files", "document", action])
            answer = above.post(f"{at}?next=/cms/documents/&{chosen}", form)
            assert answer.status_code == 302, answer.content.decode()[:2000]

        return post

    def test_bulk_tagging_is_indexed(self, act, seen, told):
        with told():
            act("add_tags", tags="marmalade")
        assert len(seen("marmalade")) == 2

    def test_moving_to_a_private_folder_hides_them(self, act, seen, told, site_tree):
        assert len(seen(WORD)) == 2
        with told():
            act("add_to_collection", collection=site_tree.group_folder.pk)
            rules = IndexedItem.objects.filter(title__startswith=WORD)
            assert set(rules.values_list("rule", flat=True)) == {CONCEALED}
        assert seen(WORD) == []

    def test_bulk_deletion_hides_them(self, act, seen, told):
        with told():
            act("delete")
        assert seen(WORD) == []


class TestARecording:
    """A recording is found by its current captions and chapters."""

    @pytest.fixture
    def recording(self, site_tree: Any) -> Any:
        return site_tree.recording

    def test_corrected_captions_take_the_place_of_the_old_ones(
        self, recording, seen, told
    ):
        transcript_passages = "WEBVTT\n\n00:00.000 --> 00:04.000\nAbout the {}.\n"
        with told():
            set_captions(
                recording=recording, source=transcript_passages.format("zylofonist")
            )
        assert seen("zylofonist") == [recording.title]
        with told():
            set_captions(recording=recording, source=transcript_passages.format(WORD))
        assert (seen("zylofonist"), seen(WORD)) == ([], [recording.title])

    def test_a_cue_can_be_corrected_and_deleted(self, recording, seen, told):
        line = Cue.objects.filter(track__recording=recording).first()
        line.text = f"Welcome, {WORD}."
        with told():
            line.save()
        assert seen(WORD) == [recording.title]
        with told():
            line.delete()
        assert seen(WORD) == []

    def test_deleting_all_cues_records_one_change(self, recording):
        IndexChange.objects.all().delete()
        CaptionTrack.objects.get(recording=recording).cues.all().delete()
        assert IndexChange.objects.count() == 1

    def test_the_words_of_a_deleted_track_are_no_longer_found(
        self, recording, seen, told
    ):
        assert seen('"first Tuesday"') == [recording.title]
        with told():
            CaptionTrack.objects.filter(recording=recording).delete()
        assert seen('"first Tuesday"') == []

    def test_a_chapter_is_found_until_it_is_deleted(self, recording, seen, told):
        with told():
            chapter = Chapter.objects.create(
                recording=recording, starts_at_seconds=60, title=WORD
            )
        assert seen(WORD) == [recording.title]
        chapter.title = "Leaving"
        with told():
            chapter.save()
        assert seen(WORD) == []
        with told():
            chapter.delete()


def test_an_ask_is_found_until_it_is_deleted(site_tree, seen, told):
    with told():
        ask = Ask.objects.create(statement=site_tree.statement, text=WORD)
    assert seen(WORD) == [site_tree.statement.title]
    ask.text = "Keep the bed."
    with told():
        ask.save()
    assert seen(WORD) == []
    with told():
        ask.delete()


def test_a_speaker_is_found_until_it_is_deleted(site_tree, seen, told):
    somebody = ContributorFactory(name="Robin")
    with told():
        speaker = Speaker.objects.create(
            session=site_tree.session, contributor=somebody, part=WORD
        )
    assert seen(WORD) == [site_tree.session.title]
    speaker.part = "host"
    with told():
        speaker.save()
    assert seen(WORD) == []
    with told():
        speaker.delete()
    assert seen("Robin") == []
