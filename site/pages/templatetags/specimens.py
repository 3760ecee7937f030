"""Tags of the gallery: every component with sample data and its header comment."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms, template
from django.conf import settings
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

if TYPE_CHECKING:
    from collections.abc import Callable

register = template.Library()

_HEADER = re.compile(r"\{% comment %\}\n(.*?)\n\{% endcomment %\}", re.DOTALL)


@dataclass(frozen=True)
class Component:
    """A component of templates/components with its header comment."""

    name: str
    says: str
    specimen: str


@register.simple_tag
def component_list() -> list[Component]:
    """Return every component in alphabetical order."""
    found = []
    for path in sorted((settings.ROOT / "templates" / "components").glob("*.html")):
        header = _HEADER.match(Path(path).read_text())
        says = header.group(1) if header else ""
        found.append(Component(path.stem, says, f"gallery/{path.stem}.html"))
    return found


@dataclass(frozen=True)
class _Message:
    level_tag: str
    text: str

    def __str__(self) -> str:
        return self.text


class _Example(forms.Form):
    """A form that shows every kind of field."""

    organization = forms.CharField(
        label="Organization",
        help_text="As on your licence or registration.",
        error_messages={"required": "Write the name of your organization"},
    )
    town = forms.CharField(
        label="Town or region", help_text="We show the town only.", required=False
    )
    funded = forms.ChoiceField(
        label="How is your service funded?",
        choices=[("public", "By a health authority"), ("own", "By ourselves")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how your service is funded"},
    )
    about = forms.CharField(label="About it", widget=forms.Textarea, required=False)
    opened = forms.DateField(
        label="Open since", widget=forms.DateInput(attrs={"type": "date"})
    )
    agreed = forms.BooleanField(label="I have read our agreement")
    licence = forms.FileField(label="Your licence", required=False)


def _page(door: str, eyebrow: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "url": "#specimen",
        "kind": {"door": door},
        "eyebrow": eyebrow,
        "title": title,
        **more,
    }


def _rows() -> list[dict[str, Any]]:
    return [
        _page(
            "learn",
            "Learning session",
            "When someone returns after a relapse: keeping the bed and the trust",
            summary="Two houses show the re-entry agreement that they use.",
            plate={"top": "Tue", "figure": 8, "foot": "Dec"},
            facts=[
                {"icon": "clock", "text": "10:00 to 11:15 Pacific Time"},
                {"icon": "monitor", "text": "Online"},
            ],
        ),
        _page(
            "library",
            "Guide",
            "Welcoming people on opioid agonist treatment",
            plate={"top": "Ed.", "figure": "2.0", "foot": "Nov 2026"},
            facts=[{"icon": "calendar", "text": "12 November 2026"}],
        ),
        _page(
            "write",
            "Working group",
            "Nights and single coverage",
            summary="Writes what a house can ask of one person at night.",
        ),
        _page(
            "people",
            "Recording",
            "De-escalation without restraint",
            plate={"top": "min", "figure": 42, "past": True},
            superseded=True,
        ),
    ]


def _cues() -> list[dict[str, Any]]:
    said = [
        ("12:18", 738, "Nobody comes back through our door in a good week."),
        ("12:26", 746, "So the first thing we changed was the first sentence."),
        ("12:34", 754, "Now it is: we’re glad you called."),
    ]
    return [
        {"at": at, "seconds": start, "end": start + 8, "text": text}
        for at, start, text in said
    ]


def _filters() -> list[dict[str, Any]]:
    topics = ["Medication", "Night shift", "Storage", "Housing", "Grief", "Families"]
    return [
        {
            "name": "kind",
            "label": "Kind",
            "chosen": {"label": "Guides"},
            "options": [
                {"value": "guide", "label": "Guides", "chosen": True},
                {"value": "statement", "label": "Policy statements"},
            ],
        },
        {
            "name": "topic",
            "label": "Topic",
            "options": [
                {"value": each.lower(), "label": each, "depth": number % 2}
                for number, each in enumerate(topics)
            ],
        },
    ]


def _suggestions() -> list[dict[str, Any]]:
    def option(text: str, hint: str = "", *, active: bool = False) -> dict[str, Any]:
        return {"text": text, "hint": hint, "url": "#specimen", "active": active}

    guide = "Welcoming people on opioid agonist treatment"
    return [
        {
            "name": "items",
            "label": "Items",
            "options": [option(guide, "Guide", active=True), option("Carries", "File")],
        },
        {"name": "topics", "label": "Topics", "options": [option("Medication")]},
        {"name": "words", "label": "Words", "options": [option("carries")]},
    ]


def _recommendations() -> list[dict[str, Any]]:
    return [
        {
            "anchor": "rec-specimen",
            "number": "1.1",
            "text": "Accept people on any prescribed opioid agonist treatment, at any "
            "dose, and keep their prescriber.",
            "strength": "strong",
            "strength_label": "Strong",
            "certainty_label": "Moderate certainty",
            "rationale": "People who arrive on a stable dose leave early less often.",
            "considerations": "Storage, a second person for the count.",
        },
        {
            "anchor": "rec-second",
            "text": "Arrange carries for the weekend.",
            "strength": "conditional",
            "strength_label": "Conditional",
            "certainty_label": "Low certainty",
        },
    ]


@register.simple_tag
def specimen(what: str) -> Any:
    """Return the sample data with a name."""
    return _specimens()[what]()


def _specimens() -> "dict[str, Callable[[], Any]]":
    return {
        "rows": _rows,
        "cues": _cues,
        "turns": lambda: [
            {"speaker": "House manager, Interior", "cues": _cues()},
            {"speaker": "Peer support worker", "cues": _cues()[:1]},
        ],
        "recommendations": _recommendations,
        "filters": _filters,
        "suggestions": _suggestions,
        "form": lambda: _Example(prefix="empty"),
        "sending": lambda: _Example(prefix="sending"),
        "refused": lambda: _Example({}, prefix="refused"),
        "pages": lambda: Paginator(range(190), 20).get_page(4),
        "leaves": lambda: [
            {
                "door": door,
                "url": "#specimen",
                "label": label,
                "figure": n,
                "unit": unit,
            }
            for door, label, n, unit in (
                ("learn", "Learn", 10, "sessions a year"),
                ("library", "Library", 412, "things to use"),
                ("write", "Write together", 6, "groups at work"),
                ("people", "People", 58, "services"),
            )
        ],
        "facts": lambda: [
            {"icon": "clock", "term": "10:00 to 11:15", "detail": "Pacific Time."},
            {"icon": "monitor", "term": "Online", "detail": "Live captions."},
            {"icon": "award", "term": "1.25 hours of learning"},
        ],
        "stages": lambda: [
            {"label": "Draft", "state": "done"},
            {"label": "Second pair of eyes", "state": "here"},
            {"label": "Published", "state": "coming"},
        ],
        "passages": lambda: [
            {
                "url": "#specimen",
                "where": where,
                "text": mark_safe(text),  # noqa: S308
            }
            for where, text in (
                ("Section 2", "Arrange <mark>carries</mark> where storage is safe."),
                ("at 18:06", "The <mark>carry</mark> was for Saturday."),
                ("page 12", "Counted by two people at each handover."),
            )
        ],
        "entries": lambda: [
            {"url": "#gallery", "number": 1, "label": "Before the first night"},
            {"url": "#plate", "number": 2, "label": "The first 72 hours", "current": 1},
            {"url": "#row", "label": "Who holds the key", "deep": True},
        ],
        "files": lambda: [
            {"url": "#specimen", "icon": icon, "label": label, "detail": detail}
            for icon, label, detail in (
                ("file-down", "PDF, tagged", "412 kB"),
                ("file-text", "Word", "96 kB"),
                ("book-open", "EPUB", "120 kB"),
            )
        ],
        "names": lambda: ["Rowan Castellano", "Sam", "Marie-Ève Tremblay"],
        "tabs": lambda: [
            {"url": "#specimen", "label": "Documents", "current": True, "count": 12},
            {"url": "#specimen", "label": "Members", "count": 7},
            {"url": "#specimen", "label": "What we wrote"},
        ],
        "menu": lambda: [
            {"url": "#specimen", "icon": "pencil", "label": "Rename"},
            {"url": "#specimen", "icon": "download", "label": "Download"},
        ],
        "crumbs": lambda: [
            {"url": "#specimen", "label": each} for each in ("Home", "Learn")
        ],
        "headers": lambda: ["House", "Beds", "At night"],
        "cells": lambda: [["North", 12, "One person"], ["South", 8, "Two people"]],
        "steps": lambda: [
            mark_safe(f"<p>{each}</p>")  # noqa: S308
            for each in ("Say that you are glad.", "Ask what is safe.")
        ],
        "player": lambda: {
            "provider": "Vimeo",
            "url": "https://player.vimeo.com/video/1",
        },
        "contributions": lambda: [
            {"contributor": {"name": "A. Castellano"}, "part": "led the writing"},
            {"contributor": {"name": "A member"}, "part": ""},
        ],
        "messages": lambda: [
            _Message("success", "Sent. A person reads every application."),
            _Message("info", "The session moved to 11:00."),
            _Message("warning", "Your link works until midnight."),
            _Message("error", "The file did not arrive. Try again."),
        ],
    }
