"""Which access rules a person passes.

Every rule of a page or a file is public, or that of the place where its deepest restriction
begins: restrictions add up along the tree, so all others of the rule begin above. The rules are
therefore known from the restrictions alone, without asking the index.
"""

from typing import Any

from people.access import PUBLIC, access_of
from people.querysets import is_member

#: The rule of people who chose to be found, and of organizations that visitors do not see.
MEMBERS = "members"


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
