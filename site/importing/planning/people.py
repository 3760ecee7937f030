"""Plans of organizations, people and topics, to which everything else refers."""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from importing.addresses import normal
from importing.library import Item

from .item_plan import Plan
from .references import References
from .texts import fitted, fitted_name, one_line, slug_of

_SMALL = frozenset({"and", "of", "the", "for", "in", "to"})


def plan_organization(item: Item, refs: References) -> Plan:
    notes: list[str] = []
    website = item.text("domain")
    fields = {
        "website": website if website.startswith(("http://", "https://")) else "",
        "about": fitted(item.text("summary"), 1200, notes, _("description")),
    }
    title = fitted_name(item.text("title"), 200, notes)
    return Plan(item.id, item, "organization", title, fields=fields, notes=notes)


def plan_person(item: Item, refs: References) -> Plan:
    """Plan a contributor: name, organization and biography, nothing else.

    Accounts on other sites, places and portraits are not imported: nobody has asked these
    people whether they want them here.
    """
    notes: list[str] = []
    agency = one_line(item.text("agency_full_name") or item.text("agency"))
    organization = refs.organization_named(agency)
    words = (
        item.text("summary") or item.text("body") or ("" if organization else agency)
    )
    fields = {
        "organization": organization,
        "about": fitted(words, 600, notes, _("description")),
    }
    title = fitted_name(item.text("title"), 200, notes)
    return Plan(item.id, item, "contributor", title, fields=fields, notes=notes)


def plan_topic(item: Item, refs: References) -> Plan:
    notes: list[str] = []
    title = fitted(item.text("title"), 100, notes, _("name"))
    fields = {
        "summary": fitted(
            item.text("summary") or item.text("deck"), 300, notes, _("summary")
        ),
        "synonyms": _synonyms(item, title),
        "parent": refs.topic(item.text("parent")) or "",
    }
    slug = slug_of(item)[:110]
    return Plan(item.id, item, "topic", title, slug, fields=fields,
                aliases=item.texts("aliases"), notes=notes)  # fmt: skip


def _synonyms(item: Item, title: str) -> list[str]:
    """Return synonyms found among a topic's former URLs: its initials, and plurals.

    Most former URLs belong to narrower topics that were merged into this one. Somebody who
    searches for a narrower topic does not want everything about this one.
    """
    own = {slugify(title), slugify(item.slug)}
    found: dict[str, None] = {}
    for alias in item.texts("aliases"):
        word = slugify(normal(alias).rsplit("/", 1)[-1])
        alike = word in _initials(title) or _stems(word) == _stems(slugify(title))
        if word and word not in own and alike:
            found[one_line(word.replace("-", " "))] = None
    return list(found)


def _initials(title: str) -> set[str]:
    words = slugify(title).split("-")
    letters = "".join(word[0] for word in words if word)
    bare = "".join(word[0] for word in words if word and word not in _SMALL)
    return {
        each + end for each in (letters, bare) if len(each) > 1 for end in ("", "s")
    }


def _stems(slug: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in slug.split("-")) - _SMALL
