"""Guides, policy statements and resources."""

from typing import Any

from wagtail.models import Page, PageLogEntry

from demo.content import Text, content_files
from demo.content.markup import rich
from knowledge.guides.models import GuidePage
from knowledge.resources.models import ResourcePage
from knowledge.statements.actions import add_ask, change_endorsement, endorse
from knowledge.statements.models import StatementPage

from .page_builder import PageBuilder, PageDetails


def build_resources(builder: PageBuilder, parent: Page) -> None:
    """Build the checklists, templates, links and articles."""
    for text in content_files("resources"):
        facts = text.facts
        issued = builder.calendar.weeks_ago(facts["weeks_ago"])
        fields: dict[str, Any] = {"form": facts["form"], "issued_on": issued}
        if "document" in facts:
            document = builder.files.documents[facts["document"]]
            fields |= {"document": document, "licence": document.licence}
        for name in ("link", "source"):
            if name in facts:
                fields[name] = facts[name]
        builder.put(text, ResourcePage, parent, PageDetails(issued, fields))


def build_statements(builder: PageBuilder, parent: Page) -> None:
    """Build the policy statements with their asks and endorsements."""
    for text in content_files("statements"):
        fields = _edition(builder, text) | {"position": rich(text.facts["position"])}
        is_new = not parent.get_children().filter(slug=text.slug).exists()
        own = PageDetails(fields["edition_date"], fields)
        statement = builder.put(text, StatementPage, parent, own)
        if is_new:
            _add_facts(builder, statement, text)
        elif not _was_touched(statement):
            _move_dates(builder, statement, text)


def _add_facts(builder: PageBuilder, statement: Any, text: Text) -> None:
    for ask, addressee in text.facts["asks"]:
        add_ask(statement=statement, text=ask, addressee=addressee)
    for name, weeks in text.facts["endorsed_by"]:
        endorse(
            statement=statement,
            organization=builder.people.organizations[name],
            endorsed_on=builder.calendar.weeks_ago(weeks),
        )


def _was_touched(statement: Any) -> bool:
    """Return whether a person changed its asks or endorsements."""
    changes = PageLogEntry.objects.filter(page=statement.pk, user__isnull=False)
    return changes.filter(action__startswith="knowledge_statements.").exists()


def _move_dates(builder: PageBuilder, statement: Any, text: Text) -> None:
    """Bring the days of endorsements up to date; add and remove none."""
    weeks = dict(text.facts["endorsed_by"])
    for each in statement.endorsements.select_related("organization"):
        name = each.organization.name
        if name in weeks:
            day = builder.calendar.weeks_ago(weeks[name])
            if each.endorsed_on != day:
                change_endorsement(endorsement=each, endorsed_on=day)


def build_guides(builder: PageBuilder, parent: Page) -> None:
    """Build the guides with their chapters and recommendations."""
    for text in content_files("guides"):
        fields = _edition(builder, text) | {"licence": text.facts["licence"]}
        builder.put(
            text, GuidePage, parent, PageDetails(fields["edition_date"], fields)
        )


def _edition(builder: PageBuilder, text: Text) -> dict[str, Any]:
    facts = text.facts
    return {
        "edition": facts["edition"],
        "edition_date": builder.calendar.weeks_ago(facts["edition_weeks_ago"]),
        "change_note": facts.get("change_note", ""),
    }
