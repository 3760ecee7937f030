"""Articles, resources, services, pages and communities."""

from typing import Any

from django.utils.translation import gettext as _

from importing.library import Item

from .item_plan import Plan
from .references import References
from .texts import SUMMARY as _SUMMARY
from .texts import (
    body_of,
    fitted,
    fitted_name,
    named,
    one_line,
    paragraph,
    picture_of,
    slug_of,
    tags_of,
)

SHELVES = {
    "article": "articles",
    "resource": "resources",
    "service": "services",
    "page": "pages",
    "archived": "archive",
}


def page_plan(item: Item, refs: References, makes: str, **given: Any) -> Plan:
    """Return a plan with the fields that all pages take from their item."""
    notes: list[str] = []
    plan = Plan(
        item.id,
        item,
        makes,
        fitted(item.text("title"), 250, notes, _("title")),
        slug_of(item),
        live=not item.flag("draft"),
        published=item.moment("date"),
        topics=refs.topics_of(item, notes),
        authors=refs.authors_of(item, notes),
        tags=tags_of(item),
        aliases=[*item.texts("aliases"), *filter(None, [item.text("url")])],
        notes=notes,
        **given,
    )
    plan.fields["summary"] = fitted(item.text("summary"), _SUMMARY, notes, _("summary"))
    plan.fields |= picture_of(item, refs.addresses, plan.tally)
    plan.fields["review_date"] = day_of(item, "expiry_date")
    if not plan.live:
        notes.append(_("It is a draft there, and so it is here."))
    return plan


def day_of(item: Item, name: str) -> str:
    """Return a day as `2020-06-18` in the zone of the library, or "" if there is none."""
    when = item.moment(name)
    return when.astimezone(item.zone).date().isoformat() if when else ""


def plan_resource(item: Item, refs: References) -> Plan:
    """Plan a resource: an article, or a link with its description."""
    plan = page_plan(item, refs, "resource", shelf=SHELVES[item.kind])
    url = item.text("source_url")
    link = url if url.startswith(("http://", "https://")) and len(url) <= 500 else ""  # noqa: PLR2004
    after = ""
    if url and not link:
        after += paragraph(url, url)
    if contact := one_line(item.text("contact")):
        href = f"mailto:{contact}" if "@" in contact else contact
        after += paragraph(_("Contact: {contact}").format(contact=contact), href)
    made = body_of(item, refs.addresses, after=after)
    plan.take(made)
    only_link = bool(link) and not item.text("body")
    plan.fields |= {
        "form": "link" if only_link else "article",
        "link": link,
        "source": fitted(
            refs.source_named(item.text("source")), 200, plan.notes, _("source")
        ),
        "licence": refs.addresses.library.licence,
        "issued_on": day_of(item, "date"),
    }
    return plan


# --- communities ----------------------------------------------------------------------
def plan_community(item: Item, refs: References) -> Plan:
    """Plan a working group and its public page."""
    plan = page_plan(item, refs, "group", shelf="groups")
    made = body_of(item, refs.addresses, after=_ways_to_join(item))
    plan.take(made)
    plan.fields["group_name"] = fitted_name(
        item.text("title"), 80, plan.notes, _("name as a working group")
    )
    return plan


def _ways_to_join(item: Item) -> str:
    ways = item.raw.get("community_list")
    lines = (
        [line for way in ways if (line := _way(way))] if isinstance(ways, list) else []
    )
    if not lines:
        return ""
    listed = "".join(f"<li>{line}</li>" for line in lines)
    return f"\n\n<h2>{_('How to join')}</h2>\n\n<ul>{listed}</ul>\n\n"


def _way(way: Any) -> str:
    address = named(way, "subscribe_email")
    words = [f'<a href="mailto:{address}">{address}</a>' if "@" in address else address]
    words += [named(way, key) for key in ("subscribe_email_subject", "subject")]
    words += [named(way, "subscribe_email_body"), named(way, "terms")]
    if count := named(way, "members"):
        words.append(_("{count} members").format(count=count))
    return "; ".join(word for word in words if word)
