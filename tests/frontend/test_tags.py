"""Template tags and filters."""

import re
from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from home.models import navigation_for
from learning.recordings.models import Cue
from learning.recordings.templatetags.learning_recordings import in_turns
from pages.templatetags.body_tags import contents, recommendations
from pages.templatetags.components import (
    ended,
    initials,
    is_long,
    strength_bars,
)
from tests.factories import StandardPageFactory
from tests.factories.bodies import heading, recommendation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.factories import Tree


def _drawn(source: str, **values: Any) -> str:
    return Template("{% load components %}" + source).render(Context(values))


def test_a_part_renders_its_component_around_its_content() -> None:
    source = '{% part "panel" title=title level=3 %}<p>{{ words }}</p>{% endpart %}'
    drawn = _drawn(source, title="Waiting <for> you", words="Nothing & nobody")
    assert '<h3 class="panel__title">Waiting &lt;for&gt; you</h3>' in drawn
    assert "<p>Nothing &amp; nobody</p>" in drawn


class _Form(forms.Form):
    town = forms.CharField(label="Town", max_length=5)


def test_a_refused_field_shows_its_error_and_keeps_what_was_typed() -> None:
    shown = _drawn(
        '{% include "components/field.html" %}',
        field=_Form({"town": "Kamloops"})["town"],
    )
    assert "at most 5 characters" in shown
    assert 'value="Kamloops"' in shown


def test_a_button_submits_its_form_with_name_and_value() -> None:
    shown = _drawn(
        '{% include "components/button.html" with label="Send" name="do" value="1" %}'
    )
    assert re.search(r'<button[^>]*type="submit"[^>]*name="do" value="1"', shown)


def test_the_current_tab_is_marked() -> None:
    tabs = [
        {"url": "/a/", "label": "A"},
        {"url": "/b/", "label": "B", "current": True},
    ]
    shown = _drawn('{% include "components/tabs.html" %}', tabs=tabs)
    marked = re.findall(r'href="([^"]*)"\s+aria-current="page"', shown)
    assert marked == ["/b/"]


def test_a_link_without_a_filter_leads_to_the_first_page() -> None:
    request = RequestFactory().get("/", {"kind": "guide", "topic": "night", "page": 3})
    shown = _drawn('{% url_without "kind" %}', request=request)
    assert shown == "?topic=night"
    request = RequestFactory().get("/library/", {"kind": "guide"})
    assert _drawn('{% url_without "kind" %}', request=request) == "/library/"


@pytest.mark.django_db
def test_the_canonical_url_is_that_of_the_page_without_parameters(
    site_tree: "Tree", visitor: Any, client_of: "Callable[[Any], Any]"
) -> None:
    def canonical(url: str) -> list[str]:
        shown = client_of(visitor).get(url).content.decode()
        return re.findall(r'<link rel="canonical" href="([^"]*)">', shown)

    page = site_tree.guide
    assert canonical(f"{page.url}?from=mail") == [page.full_url]
    assert canonical("/search/?q=night") == ["http://testserver/search/"]


@pytest.mark.parametrize(
    "source", ["{% part %}", "{% part panel %}", '{% part "a" b %}']
)
def test_a_malformed_part_tag_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        _drawn(source + "{% endpart %}")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Rowan Castellano", "RC"), ("Sam", "S"), ("Ana de la Cruz", "AC"), ("", "")],
)
def test_a_face_shows_up_to_two_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_lead_ends_with_punctuation() -> None:
    assert ended("Changed in 2.0:") == "Changed in 2.0:"
    assert ended("What this guide is") == "What this guide is."


def test_long_figures_get_smaller_type() -> None:
    assert [is_long(each) for each in (8, "2.0", 2026, "PDF")] == [0, 0, 1, 1]


def test_strength_is_shown_by_bars() -> None:
    bars = {name: sum(strength_bars(name)) for name in ("strong", "consensus", "else")}
    assert bars == {"strong": 3, "consensus": 2, "else": 1}


def test_a_transcript_is_split_where_the_speaker_changes() -> None:
    said = [("", "a"), ("Ana", "b"), ("", "c"), ("Ben", "d"), ("Ana", "e")]
    turns = in_turns(Cue(speaker=speaker, text=text) for speaker, text in said)
    assert [(turn.speaker, len(turn.cues)) for turn in turns] == [
        ("", 1),
        ("Ana", 2),
        ("Ben", 1),
        ("Ana", 1),
    ]


def test_a_long_turn_is_split_too() -> None:
    turns = in_turns(Cue(speaker="Ana", text="…") for _ in range(70))
    assert [len(turn.cues) for turn in turns] == [30, 30, 10]


@pytest.mark.django_db
def test_recommendations_are_numbered_by_section(site_tree: "Tree") -> None:
    guide = site_tree.guide
    blocks = [
        heading("One"),
        recommendation("First."),
        recommendation("Second."),
        heading("A part", 3),
        heading("Two"),
        recommendation("Third."),
    ]
    guide.body = guide.body.stream_block.to_python(blocks)
    assert [each.number for each in recommendations(guide.body)] == [
        "1.1",
        "1.2",
        "2.1",
    ]
    lines = [(each.number, each.label, each.deep) for each in contents(guide.body)]
    assert lines == [(1, "One", False), ("", "A part", True), (2, "Two", False)]


@pytest.mark.django_db
def test_doors_and_footer_cost_the_same_for_many_pages(
    site_tree: "Tree",
    visitor: Any,
    count_queries: "Callable[[], Any]",
) -> None:
    def asked() -> int:
        request = RequestFactory().get("/", headers={"host": "localhost"})
        request.user = type(visitor)()
        with count_queries() as queries:
            navigation_for(request, request.user)
            navigation_for(request, request.user)
        return len(queries)

    before = asked()
    for number in range(5):
        StandardPageFactory(parent=site_tree.home, title=f"Page {number}")
    assert asked() <= before <= 4


@pytest.mark.django_db
def test_every_published_door_is_in_the_masthead(
    site_tree: "Tree", visitor: Any, client_of: "Callable[[Any], Any]"
) -> None:
    client = client_of(visitor)
    shown = client.get(site_tree.guide.url).content.decode()
    for door in ("learn", "library", "write", "people"):
        assert f'data-door="{door}"' in shown
    assert re.search(
        rf'href="{site_tree.library.url}"\s+data-door="library"\s+aria-current="true"',
        shown,
    )
    site_tree.people.unpublish()
    shown = client.get(site_tree.guide.url).content.decode()
    assert f'href="{site_tree.people.url}"' not in shown


@pytest.mark.django_db
def test_captions_are_open_to_those_who_may_see_the_recording(
    site_tree: "Tree", visitor: Any, client_of: "Callable[[Any], Any]"
) -> None:
    track = site_tree.recording.caption_tracks.get()
    Cue.objects.create(
        track=track,
        start_ms=3_661_500,
        end_ms=3_662_000,
        speaker="Ana",
        text="a < b\n\n& c",
    )
    client = client_of(visitor)
    answer = client.get(f"/captions/{track.pk}.vtt")
    written = answer.content.decode()
    assert answer["Content-Type"].startswith("text/vtt")
    assert written.startswith("WEBVTT\n\n00:00:00.000 --> ")
    last = "01:01:01.500 --> 01:01:02.000\n<v Ana>a &lt; b\n&amp; c\n"
    assert written.endswith(last)
    site_tree.recording.unpublish()
    assert client.get(f"/captions/{track.pk}.vtt").status_code == 404
