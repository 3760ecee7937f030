"""Markdown, shortcodes and HTML become blocks, and nothing is lost in silence."""

import html
import re
from collections import Counter
from typing import Any

import pytest

from importing.conversion import Conversion, convert


@pytest.fixture
def made(no_library: Any) -> Any:
    return lambda text: convert(text, item_id="news/1", links=no_library)


def of(conversion: Conversion, kind: str) -> list[Any]:
    return [block["value"] for block in conversion.blocks if block["type"] == kind]


def count(conversion: Conversion, kind: str) -> tuple[int, int]:
    found = conversion.tally.of(kind)
    return found.carried, found.dropped


def test_headings_become_blocks_and_never_skip_a_level(made: Any) -> None:
    done = made("### First\n\nWords.\n\n##### Deep {#mine}\n\n### Next\n")
    levels = [(each["text"], each["level"]) for each in of(done, "heading")]
    assert levels == [("First", "2"), ("Deep", "3"), ("Next", "2")]
    assert count(done, "headings") == (3, 0)


def test_ids_outlive_words_put_before_them(made: Any) -> None:
    before = made("## Same\n\nWords.\n")
    after = made("New words.\n\n## New\n\n## Same\n\nWords.\n")
    kept = {block["id"] for block in after.blocks}
    assert {block["id"] for block in before.blocks} <= kept
    assert (
        made("## Same\n\n## Same\n").blocks[0]["id"]
        != made("## Same\n\n## Same\n").blocks[1]["id"]
    )


def test_links_lead_where_they_can_and_are_counted(made: Any) -> None:
    done = made(
        '[a]({{< ref "known.md" >}} "title") [b](https://example.org) [c](nowhere) '
        "<a href='javascript:alert(1)'>d</a> [e](mailto:a@example.org)"
    )
    (text,) = of(done, "text")
    assert '<a href="x-item:known.md">a</a>' in text
    assert '<a href="https://example.org">b</a> c d' in text
    assert count(done, "links") == (3, 2)
    assert count(done, "titles of links") == (0, 1)


def test_places_on_the_page_are_found_by_their_headings(made: Any) -> None:
    done = made("[down](#what-well-do)\n\n## What we’ll do\n\n[lost](#none)\n")
    anchor = f"#s-{done.blocks[1]['id'][:8]}"
    assert f'<a href="{anchor}">down</a>' in of(done, "text")[0]
    assert "<a" not in of(done, "text")[1]


def test_footnotes_become_a_section_of_notes(made: Any) -> None:
    done = made("Tea.[^1]\n\n[^1]: Warm.\n")
    assert [each["text"] for each in of(done, "heading")] == ["Notes"]
    notes = of(done, "text")[-1]
    assert "Warm." in notes
    anchor = next(b["id"][:8] for b in done.blocks if b["type"] == "heading")
    assert f'<sup><a href="#s-{anchor}">[1]</a></sup>' in of(done, "text")[0]
    assert count(done, "footnotes") == (1, 0)


def test_a_table_needs_a_header_row_and_gets_one(made: Any) -> None:
    done = made("| When | Who |\n|---|---|\n| Ten | **Mika** |\n")
    table = of(done, "table")[0]["table"]
    assert [column["heading"] for column in table["columns"]] == ["When", "Who"]
    assert table["rows"] == [{"values": ["<p>Ten</p>", "<p><b>Mika</b></p>"]}]
    layout = made("<table><tr><td>Only one</td></tr></table>")
    assert of(layout, "text") == ["<p>Only one</p>"]
    assert count(layout, "tables") == (0, 1)


def test_deep_html_in_a_table_is_no_code(made: Any) -> None:
    done = made(
        "<table>\n  <tr>\n    <td>a</td>\n\n    <td>b</td>\n  </tr>\n"
        "  <tr>\n    <td>c</td>\n    <td>d</td>\n  </tr>\n</table>\n"
    )
    assert of(done, "table")[0]["table"]["rows"] == [
        {"values": ["<p>c</p>", "<p>d</p>"]}
    ]


def test_quotations_keep_who_said_it_and_their_links(made: Any) -> None:
    done = made(
        "> There was tea.\n>\n> — A night worker\n\n> See [this](https://a.org).\n"
    )
    assert of(done, "quotation") == [
        {"text": "There was tea.", "attribution": "A night worker"}
    ]
    assert 'href="https://a.org"' in of(done, "callout")[0]["text"]


def test_pictures_that_came_along_are_figures_and_others_are_counted(made: Any) -> None:
    done = made('{{< img src="door.png" alt="A door" >}}\n\n![x](gone.png)\n')
    assert of(done, "figure") == [{"image": "door.png", "alt": "A door", "caption": ""}]
    assert count(done, "images") == (1, 1)


def test_videos_play_here_or_become_links(made: Any) -> None:
    done = made(
        '{{< youtube id="abcdefghijk" title="Tea" >}}\n\n'
        '<iframe src="https://slides.example.org/1" title="Slides"></iframe>\n'
    )
    url = "https://www.youtube.com/watch?v=abcdefghijk"
    assert of(done, "embed") == [{"url": url, "title": "Tea"}]
    assert '<a href="https://slides.example.org/1">Slides</a>' in of(done, "text")[0]
    assert count(done, "embeds") == (2, 0)


def test_shortcodes_around_words_become_callouts(made: Any) -> None:
    done = made('{{< box title="Care" >}}\nSome **words**.\n{{< /box >}}\n\nAfter.')
    callout = {"kind": "note", "title": "Care", "text": "<p>Some <b>words</b>.</p>"}
    assert of(done, "callout") == [callout]
    assert of(done, "text") == ["<p>After.</p>"]


def test_a_paragraph_that_is_only_a_file_becomes_a_download(made: Any) -> None:
    done = made('_{{< asset-static file="sheet.pdf" label="The sheet" >}}_')
    assert of(done, "download") == [
        {"document": "x-file:sheet.pdf", "label": "The sheet"}
    ]


def test_long_numbered_items_become_steps(made: Any) -> None:
    done = made("1. One.\n\n   More.\n\n2. Two.\n")
    (steps,) = of(done, "steps")
    values = [each["value"] for each in steps["steps"]]
    assert values == ["<p>One.</p><p>More.</p>", "<p>Two.</p>"]


def test_strange_tags_stay_readable(made: Any) -> None:
    assert of(made("Press <enter> now."), "text") == ["<p>Press &lt;enter&gt; now.</p>"]


def test_unknown_shortcodes_are_reported(made: Any) -> None:
    done = made("{{< weather >}}\n\nRain.")
    assert done.tally.of("shortcodes").reasons == {
        "weather: made by the old site, holds no text": 1
    }


@pytest.mark.parametrize(
    "text", ["", " ", "{{<", "<", "[", "\x00\ufffe", "#", "|", "<p", "&"]
)
def test_odd_texts_convert(made: Any, text: str) -> None:
    made(text)


MIXED = """
## A *heading* with [a link](https://a.org)

Words<br>and `code`, ~~struck~~ <u>under</u>, H<sub>2</sub>O.

- one
  - two

    three
- <h4>four</h4> five

<dl><dt>Term</dt><dd>Its meaning</dd></dl>

<blockquote><table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2<ul><li>3</li></ul>
</td></tr></table></blockquote>

<div><p>In a div <span>and a span</span></p><pre>  two
 lines</pre></div>

<form><label>Name <input></label><button>Send</button></form>
<details><summary>More</summary>Inside</details>
<figure><img src="gone.png"><figcaption>Its caption</figcaption></figure>
"""


def test_no_word_is_lost(made: Any) -> None:
    words = Counter(re.findall(r"\w+", re.sub(r"<[^>]+>|\(https?:[^)]*\)", " ", MIXED)))
    told = " ".join(_texts([block["value"] for block in made(MIXED).blocks]))
    found = Counter(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]+>", " ", told))))
    assert not words - found


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [text for each in inner for text in _texts(each)]


def test_unknown_shortcodes_keep_their_words(made: Any) -> None:
    done = made(
        '{{< card text="Important words" colour="red" >}}\n\n{{< dial n="3" >}}'
    )
    assert of(done, "text") == ["<p>Important words</p>"]
    found = done.tally.of("shortcodes")
    assert found.forms == {"card: its words, without colour": 1}
    assert found.reasons == {"dial: made by the old site, with n": 1}


def test_what_stands_in_plain_lines_is_counted(made: Any) -> None:
    done = made('<pre><a href="https://a.org">z</a><img src="door.png" alt="D"></pre>')
    assert of(done, "text") == ["<p>z</p>"]
    assert [each["alt"] for each in of(done, "figure")] == ["D"]
    assert (count(done, "links"), count(done, "images")) == ((0, 1), (1, 0))


def test_pictures_without_a_description_are_told_apart(made: Any) -> None:
    done = made("![](door.png)")
    assert done.tally.of("images").forms == {"without a description": 1}


def test_words_that_are_quoted_keep_their_marks(made: Any) -> None:
    assert of(made("She said <q>stay</q>."), "text") == ["<p>She said “stay”.</p>"]
