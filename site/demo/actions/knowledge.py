"""Guides, policy statements and resources."""

from typing import Any

from wagtail.models import Page

from demo.content import Text, shelf
from demo.content.markup import rich
from knowledge.guides.models import GuidePage
from knowledge.resources.models import ResourcePage
from knowledge.statements.models import Ask, Endorsement, StatementPage

from .shelves import Own, Shelves


def build_resources(shelves: Shelves, parent: Page) -> None:
    """Checklists, templates, links and articles."""
    for text in shelf("resources"):
        facts = text.facts
        issued = shelves.calendar.weeks_ago(facts["weeks_ago"])
        fields: dict[str, Any] = {"form": facts["form"], "issued_on": issued}
        if "document" in facts:
            document = shelves.files.documents[facts["document"]]
            fields |= {"document": document, "licence": document.licence}
        for name in ("link", "source"):
            if name in facts:
                fields[name] = facts[name]
        shelves.put(text, ResourcePage, parent, Own(issued, fields))


def build_statements(shelves: Shelves, parent: Page) -> None:
    """Policy statements with their asks and those who endorse them."""
    for text in shelf("statements"):
        facts = text.facts
        fields = _edition(shelves, text) | {"position": rich(facts["position"])}
        asks = [Ask(text=ask, addressee=whom) for ask, whom in facts["asks"]]
        endorsements = [
            Endorsement(
                organization=shelves.people.organizations[name],
                endorsed_on=shelves.calendar.weeks_ago(weeks),
            )
            for name, weeks in facts["endorsed_by"]
        ]
        shelves.put(
            text,
            StatementPage,
            parent,
            Own(
                fields["edition_date"],
                fields,
                {"asks": asks, "endorsements": endorsements},
            ),
        )


def build_guides(shelves: Shelves, parent: Page) -> None:
    """Guides with their sections and recommendations."""
    for text in shelf("guides"):
        fields = _edition(shelves, text) | {"licence": text.facts["licence"]}
        shelves.put(text, GuidePage, parent, Own(fields["edition_date"], fields))


def _edition(shelves: Shelves, text: Text) -> dict[str, Any]:
    facts = text.facts
    return {
        "edition": facts["edition"],
        "edition_date": shelves.calendar.weeks_ago(facts["edition_weeks_ago"]),
        "change_note": facts.get("change_note", ""),
    }
