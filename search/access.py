"""Which access rules a person passes.

Every rule of a page or a file is public, or that of the place where its deepest restriction
begins: restrictions add up along the tree, so all others of the rule begin above. The rules are
therefore known from the restrictions alone, without asking the index.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q

from people.access import PUBLIC, access_of
from people.querysets import is_member

from . import registry

#: The rule of people who chose to be found, and of organizations that visitors do not see.
MEMBERS = "members"


def items_seen_by(user: Any) -> Q:
    """Items that the database lets the person see now; for querysets of `IndexedItem`."""
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
    """The access rules that the person passes; what else an item says, hides it."""
    access = access_of(user)
    known = access.restrictions
    rules = {
        *(known.rule_of_page(each.path) for each in known.of_pages),
        *(known.rule_of_collection(each.path) for each in known.of_collections),
    }
    passed = {PUBLIC, *(rule for rule in rules if access.passes(rule))}
    return frozenset(passed | {MEMBERS} if is_member(user) else passed)
