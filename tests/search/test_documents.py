"""The entries of each type, and the places its hits open at."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from files.models import DocumentText
from pages.models import BasePage
from search import checks, registry
from search.documents import PageDocument, body_passages, rich_text_lines
from search.models import Passage
from tests.factories import (
    DocumentFactory,
    GuidePageFactory,
    SessionPageFactory,
    StandardPageFactory,
    callout,
    download,
    heading,
    recommendation,
    table,
    text,
)


@pytest.fixture
def entry_of():
    def read(page):
        (entry,) = registry.source_named("page").entries([page.pk])
        return entry

    return read


def _places(entry):
    return [(each.place.label, each.place.suffix) for each in entry.passages]


def test_a_guide_is_held_by_section_and_recommendation(site_tree, entry_of):
    page = GuidePageFactory(
        parent=site_tree.shelf,
        title="Arriving",
        body=[
            text("Before all sections."),
            heading("First", block_id="11111111-a"),
            text("Words &amp; <b>more</b> words."),
            recommendation("Do it.", block_id="22222222-a"),
            text("After it."),
            heading("Part", level=3, block_id="33333333-a"),
            callout("Careful now.", title="Listen"),
            heading("Second", block_id="44444444-a"),
        ],
    )
    entry = entry_of(page)
    assert _places(entry) == [
        ("", ""),
        ("Section 1", "#s-11111111"),
        ("Recommendation 1.1", "#rec-22222222"),
        ("Section 1", "#s-11111111"),
        ("Section 1", "#s-33333333"),
        ("Section 2", "#s-44444444"),
    ]
    words = [each.text for each in entry.passages]
    assert words[1] == "Words & more words."
    assert words[2].startswith("Do it. People come back")
    assert words[4] == "Listen Careful now."
    assert entry.passages[5].heading == "Second"


def test_cells_of_a_table_are_found_and_stay_apart(site_tree):
    page = StandardPageFactory(
        parent=site_tree.home,
        slug="table",
        body=[table(["Day", "Who"], ["Monday", "Sam"], caption="Week")],
    )
    page.refresh_from_db()
    (passage,) = body_passages(page.body)
    assert passage.text == "Week Day Who Monday Sam"


def test_markup_does_not_glue_words_together():
    assert rich_text_lines(
        "<p>one</p><ul><li>two</li><li>three<br/>four</li></ul>"
    ) == ("one\ntwo\nthree\nfour")


def test_a_recording_is_held_by_what_was_said_and_by_chapter(site_tree, entry_of):
    entry = entry_of(site_tree.recording)
    times = [each for each in entry.passages if each.place.label.startswith("at ")]
    assert [(each.place.suffix, each.heading or each.text) for each in times] == [
        ("?t=0", "Arriving"),
        ("?t=0", "Welcome to the first Tuesday. We begin with the kettle."),
    ]
    assert entry.eyebrow == "Recording, 3 March 2026"


def test_a_statement_is_held_by_ask(site_tree, entry_of):
    entry = entry_of(site_tree.statement)
    ask = site_tree.statement.asks.get()
    assert ("Ask 1", f"#{ask.anchor}") in _places(entry)


def test_a_session_names_who_speaks_and_knows_when_it_is_past(site_tree, entry_of):
    entry = entry_of(site_tree.session)
    assert entry.passages[0].text == "A night worker"
    assert entry.past_after == site_tree.session.last_ends_at


def test_a_file_is_held_by_page(db):
    document = DocumentFactory(title="Report", filename="report.pdf")
    for number in (1, 2):
        DocumentText.objects.create(
            document=document, number=number, text=f"page {number}"
        )
    (entry,) = registry.source_named("file").entries([document.pk])
    assert [each.place.suffix for each in entry.passages] == ["#page=1", "#page=2"]
    assert entry.path == document.url


def test_topics_above_count_too_and_people_and_tags_lead_here(site_tree, entry_of):
    entry = entry_of(site_tree.session)
    values = {(each.name, each.label) for each in entry.facets}
    assert {("topic", "Safety at night"), ("audience", "Night staff")} <= values
    assert "handover" in entry.keywords


def test_drafts_have_no_entry(site_tree):
    page = SessionPageFactory(parent=site_tree.learn, title="Draft", live=False)
    assert registry.source_named("page").entries([page.pk]) == []
    assert page.pk not in set(registry.source_named("page").object_ids())


def test_many_pages_cost_as_many_queries_as_one(site_tree, count_queries):
    source = registry.source_named("page")
    for number in range(20):
        SessionPageFactory(parent=site_tree.learn, title=f"Session {number}")
    source.entries([site_tree.session.pk])
    with count_queries() as few:
        source.entries([site_tree.session.pk])
    with count_queries() as many:
        source.entries(list(source.object_ids()))
    types = sum(issubclass(model, BasePage) for model in registry.documents())
    assert len(many) <= len(few) + 3 * types


def test_every_page_type_is_searchable_or_excluded():
    assert checks.check_page_types() == []


def test_a_forgotten_page_type_is_an_error(monkeypatch):
    monkeypatch.setattr(registry, "document_of", lambda model: None)
    found = checks.check_page_types()
    assert {error.id for error in found} == {"search.E001"}
    labels = " ".join(error.msg for error in found)
    assert "knowledge_guides.GuidePage" in labels
    assert "home.HomePage" not in labels


def test_a_model_is_registered_once():
    model = apps.get_model("pages", "StandardPage")

    class Second(PageDocument):
        kind = "second"
        kind_label = "Second"

    Second.model = model
    with pytest.raises(ImproperlyConfigured, match="registered for search twice"):
        registry.register(Second)


def test_passages_know_their_place_again(site_tree, find, visitor):
    find(visitor)
    row = Passage.objects.filter(place="recommendation").first()
    assert row is not None
    assert row.where.label == "Recommendation 1.1"


def test_a_page_does_not_tell_the_labels_of_files_that_it_offers(seen, site_tree):
    StandardPageFactory(
        parent=site_tree.home,
        title="Papers",
        body=[download(site_tree.group_document, "Xylophonist, draft")],
    )
    assert seen("xylophonist") == []
