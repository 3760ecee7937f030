"""Access rules that a user satisfies.

The rule of a page or file is public, or the rule of the deepest restriction above it;
restrictions add up along the tree, so every other restriction of the rule lies above
that one. All possible rules therefore follow from the restrictions, without asking the
index.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q

from people.access import access_of
from people.models import PUBLIC
from people.querysets import is_member

from . import registry

#: Rule of people who chose to be listed, and of organizations hidden from visitors.
MEMBERS = "members"


def items_seen_by(user: Any) -> Q:
    """Return a filter of `IndexedItem` for items that the database lets the user see now."""
    return reduce(
        or_,
        (
            Q(
                Exists(source.visible_to(user).filter(pk=OuterRef("object_id"))),
                source=source.name,
            )
            for source in registry.sources()
        ),
    )


def rules_passed_by(user: Any) -> frozenset[str]:
    """Return the access rules that the user satisfies; items with any other rule are hidden."""
    access = access_of(user)
    known = access.restrictions
    rules = {
        *(known.rule_of_page(each.path) for each in known.of_pages),
        *(known.rule_of_collection(each.path) for each in known.of_collections),
    }
    passed = {PUBLIC, *(rule for rule in rules if access.passes(rule))}
    return frozenset(passed | {MEMBERS} if is_member(user) else passed)
