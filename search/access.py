"""Which access rules a person passes.

Every rule in the site is public, or that of the place where its deepest restriction begins:
restrictions add up along the tree, so all others of the rule begin above. The rules are
therefore known from the restrictions alone, without asking the index.
"""

from typing import Any

from people.access import PUBLIC, access_of


def rules_passed_by(user: Any) -> frozenset[str]:
    """The access rules that the person passes; what else an item says, hides it."""
    access = access_of(user)
    known = access.restrictions
    rules = {
        *(known.rule_of_page(each.path) for each in known.of_pages),
        *(known.rule_of_collection(each.path) for each in known.of_collections),
    }
    return frozenset({PUBLIC, *(rule for rule in rules if access.passes(rule))})
