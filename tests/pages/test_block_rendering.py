"""Each block of a body as a reader gets it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from tests.factories import (
    DocumentFactory,
    ImageFactory,
    StandardPageFactory,
    callout,
    chapter,
    download,
    figure,
    heading,
    recommendation,
    table,
    text,
)
from tests.factories.bodies import embed, quotation, steps

pytestmark = pytest.mark.django_db

BLOCK_ID = "0f3a9c1e-7d5b-4f9b-a1b2-c3d4e5f60718"


@pytest.fixture
def read(client: Any, site_tree: Any) -> Any:
    """Return `read(*blocks)`: what the page of these blocks shows below its head."""

    def page_of(*blocks: dict[str, Any]) -> Tag:
        page = StandardPageFactory(parent=site_tree.home, body=list(blocks))
        answer = client.get(page.url)
        assert answer.status_code == 200
        found = BeautifulSoup(answer.content, "html.parser").select_one(".prose")
        assert found is not None
        return found

    return page_of


def test_a_heading_has_its_level_and_a_link_to_itself(read: Any) -> None:
    shown = read(heading("Who is told", level=3, block_id=BLOCK_ID))
    link = shown.h3.a
    assert shown.h3["id"] == "s-0f3a9c1e"
    assert link["href"] == "#s-0f3a9c1e"
    assert link["aria-label"] == "Link to “Who is told”"


def test_what_an_editor_types_into_a_heading_is_text(read: Any) -> None:
    shown = read(heading("<script>alert(1)</script>"))
    assert shown.script is None
    assert "<script>alert(1)</script>" in shown.h2.get_text()


def test_a_link_to_a_page_follows_the_page(read: Any, site_tree: Any) -> None:
    link = f'<a linktype="page" id="{site_tree.guide.pk}">the guide</a>'
    assert read(text(f"See {link}.")).a["href"] == site_tree.guide.url


def test_a_link_to_a_page_that_is_gone_leads_nowhere(read: Any) -> None:
    shown = read(text('See <a linktype="page" id="987654">the guide</a>.'))
    assert "the guide" in shown.get_text()
    assert not shown.a.get("href")


def test_paragraphs_of_several_blocks_stay_apart_and_in_order(read: Any) -> None:
    shown = read(text("One."), heading("Two."), text("Three.", "Four."))
    words = [each.get_text(strip=True) for each in shown.find_all(["p", "h2"])]
    assert words == ["One.", "Two.", "Three.", "Four."]


@pytest.mark.parametrize(
    ("kind", "icon"),
    [("note", "info"), ("care", "hand-heart"), ("advice", "lightbulb")],
)
def test_a_callout_says_by_its_icon_what_it_is(read: Any, kind: str, icon: str) -> None:
    shown = read(callout("You can leave.", kind, "This may be heavy"))
    note = shown.select_one(".callout[role=note]")
    assert note.svg.use["href"].endswith(f"#{icon}")
    assert note.b.get_text() == "This may be heavy."
    assert "You can leave." in note.get_text()


def test_a_callout_without_a_title_has_no_bold_words(read: Any) -> None:
    assert read(callout("You can leave.")).select_one(".callout b") is None


@pytest.mark.parametrize(
    ("strength", "label", "bars"),
    [
        ("strong", "Strong", 3),
        ("consensus", "Consensus of members", 2),
        ("conditional", "Conditional", 1),
    ],
)
def test_a_recommendation_says_how_strong_it_is(
    read: Any, strength: str, label: str, bars: int
) -> None:
    shown = read(recommendation("Keep the bed.", strength, block_id=BLOCK_ID)).article
    assert shown["id"] == "rec-0f3a9c1e"
    assert label in shown.select_one(".rec__strength").get_text()
    assert len(shown.select(".bars .on")) == bars
    assert "Members’ practice" in shown.get_text()


def test_a_recommendation_without_reasons_has_nothing_to_unfold(read: Any) -> None:
    block = recommendation("Keep the bed.")
    assert len(read(block).find_all("details")) == 2
    block["value"] |= {"rationale": "", "considerations": ""}
    assert read(block).find("details") is None


def test_a_quotation_names_the_person_as_they_chose(read: Any) -> None:
    shown = read(quotation("There was tea.", "A night worker")).figure
    assert shown.blockquote.get_text(strip=True) == "There was tea."
    assert shown.figcaption.get_text() == "A night worker"


def test_a_quotation_of_nobody_has_no_caption(read: Any) -> None:
    assert read(quotation("There was tea.", "")).figcaption is None


def test_a_table_has_headings_and_is_named_by_its_caption(read: Any) -> None:
    shown = read(table(["House", "Beds"], ["North", "12"], caption="Beds at night"))
    assert shown.select_one(".table-frame")["aria-label"] == "Beds at night"
    assert shown.caption.get_text() == "Beds at night"
    heads = [each.get_text() for each in shown.select("th[scope=col]")]
    cells = [each.get_text(strip=True) for each in shown.find_all("td")]
    assert (heads, cells) == (["House", "Beds"], ["North", "12"])


def test_a_table_without_a_caption_is_named_all_the_same(read: Any) -> None:
    shown = read(table(["House"], ["North"]))
    assert shown.select_one(".table-frame")["aria-label"] == "Table"
    assert shown.caption is None


def test_steps_are_an_ordered_list_below_their_title(read: Any) -> None:
    shown = read(steps("When the phone rings", "Say hello.", "Ask what is safe."))
    assert shown.select_one(".steps__title").get_text() == "When the phone rings"
    assert [each.get_text(strip=True) for each in shown.ol.find_all("li")] == [
        "Say hello.",
        "Ask what is safe.",
    ]


def test_a_picture_is_described_and_loads_late(read: Any) -> None:
    block = figure(ImageFactory(), alt="A door, a little open")
    block["value"]["caption"] = "<p>The door at <b>six</b>.</p>"
    shown = read(block).figure
    assert shown.img["alt"] == "A door, a little open"
    assert shown.img["loading"] == "lazy"
    assert shown.figcaption.b.get_text() == "six"


def test_a_picture_that_was_deleted_leaves_nothing(read: Any) -> None:
    image = ImageFactory()
    block = figure(image, alt="A door")
    image.delete()
    shown = read(text("Before."), block, text("After."))
    assert shown.get_text(" ", strip=True) == "Before. After."


def test_a_document_that_was_deleted_leaves_nothing(read: Any) -> None:
    document = DocumentFactory(title="The sheet")
    block = download(document, "Take it")
    document.delete()
    assert read(text("Before."), block).get_text(" ", strip=True) == "Before."


def test_a_download_without_a_label_has_the_title_of_the_document(read: Any) -> None:
    shown = read(download(DocumentFactory(title="The sheet")))
    assert shown.select_one(".get__label").get_text(strip=True) == "The sheet"


def test_a_video_loads_nothing_before_somebody_asks(read: Any) -> None:
    shown = read(embed("https://vimeo.com/76979871", "A walk"))
    assert shown.find(["iframe", "video", "img"]) is None
    frame = shown.select_one("[data-embed]")
    assert frame["data-embed"] == "https://player.vimeo.com/video/76979871?dnt=1"
    assert "hosted by Vimeo" in frame.get_text()
    assert frame.a["href"] == "https://vimeo.com/76979871"


def test_a_video_of_an_unknown_site_is_a_link(read: Any) -> None:
    shown = read(embed("https://video.example.org/7", "A walk"))
    assert shown.select_one("[data-embed]") is None
    assert shown.a["href"] == "https://video.example.org/7"
    assert shown.a.get_text() == "Watch it on its own site"


def test_a_page_of_three_sections_lists_them(client: Any, site_tree: Any) -> None:
    words = ("Arriving", "The first night", "Breakfast")
    page = StandardPageFactory(
        parent=site_tree.home,
        body=[heading(each) for each in words[:2]],
    )
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert html.select_one(".toc-details") is None
    page.body = page.body.stream_block.to_python([heading(each) for each in words])
    page.save()
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    listed = html.select_one(".toc-details")
    assert listed is not None
    for each, section in zip(words, html.select(".prose h2"), strict=True):
        link = listed.find("a", href=f"#{section['id']}")
        assert link is not None
        assert each in link.get_text()


def test_a_chapter_in_a_guide_of_one_begins_a_section(
    client: Any, site_tree: Any
) -> None:
    page = site_tree.guide
    page.body = page.body.stream_block.to_python(
        [chapter("Arriving", "Who opens.", block_id=BLOCK_ID), text("Tea.")]
    )
    page.save()
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    title = html.find("h2", id="ch-0f3a9c1e")
    assert title is not None
    below = title.find_next("p", class_="quiet")
    assert below is not None
    assert below.get_text() == "Who opens."
