"""What the apps above declare to mail: who may read e-mail about one of their rows.

An app registers a rule in `AppConfig.ready`, so that nothing here names another app::

    register_rule("pages.page", why_not_about_page)

A mail says what it is about by the name of a rule and the key of a row. The rule is asked when
the mail is queued and again before each attempt to send it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.core.exceptions import ImproperlyConfigured

#: Takes the key of a row and an e-mail address in lower case. Returns why mail about the row
#: may not go to the address, in words that tell nothing about the row; empty if it may go.
Rule: TypeAlias = Callable[[str, str], str]

_rules: dict[str, Rule] = {}


@dataclass(frozen=True, kw_only=True)
class About:
    """What a mail is about: a row, and the rule that knows who may read of it."""

    rule: str
    key: str


def register_rule(name: str, rule: Rule) -> None:
    """Ask the rule about every mail that names it.

    Raises ImproperlyConfigured if another rule has the name.
    """
    if _rules.setdefault(name, rule) is not rule:
        raise ImproperlyConfigured(f"Two rules for mail are called “{name}”.")


def why_not(about: About, *, email: str) -> str:
    """Return why the mail may not go to the address; empty if it may.

    Mail that names an unknown rule goes to nobody.
    """
    rule = _rules.get(about.rule)
    return rule(about.key, email) if rule else "Nothing says who may read it."


def rules() -> set[str]:
    """Return the names of all rules."""
    return set(_rules)
