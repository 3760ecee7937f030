"""Words that put a label before a person, and person-first alternatives.

After the Canadian Public Health Association, “Language Matters” (2019), and the British
Columbia Centre for Disease Control, “Respectful Language and Stigma” (2017). Hints only: people
name themselves as they choose, and quotations and titles of others keep their words.
"""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

# Each matches whole words in any case. A pattern that contains another comes before it.
_ALTERNATIVES: tuple[tuple[str, Any], ...] = (
    (r"recovering addicts?|ex-addicts?|former addicts?", _("person in recovery")),
    (r"(?:drug |substance )?addicts?", _("person who uses substances")),
    (r"(?:drug|substance) users?", _("person who uses substances")),
    (r"(?:drug|substance|alcohol) abusers?", _("person who uses substances")),
    (r"(?:drug|substance|alcohol) abuse", _("substance use, alcohol use")),
    (r"(?:drug|substance) misuse", _("substance use")),
    (r"drug habit|bad habit", _("substance use")),
    (r"junk(?:ie|y|ies)|druggies?|crackheads?", _("person who uses substances")),
    (r"alcoholics?(?! anonymous)", _("person with an alcohol use disorder")),
    (r"drunks?", _("person who drinks")),
    (r"(?:got|get|getting|stay|staying|stayed|been|is|are) clean", _("not using now")),
    (r"clean (?:urine|test|screen)", _("negative test")),
    (r"dirty (?:urine|test|screen)", _("positive test")),
    (r"dirty needles?", _("used needle")),
    (
        r"relaps(?:e|ed|es|ing)",
        _("returned to use, if members do not say it themselves"),
    ),
    (r"opioid replacement", _("opioid agonist treatment")),
    (r"non-?complian(?:t|ce)", _("did not take part, chose otherwise")),
    (r"complian(?:t|ce) with treatment", _("taking part in treatment")),
    (r"frequent flyers?", _("person who comes often")),
    (r"homeless (?:people|person|man|woman|men|women)", _("person without a home")),
    (r"the homeless", _("people without a home")),
    (
        r"the mentally ill|mentally ill (?:people|person)",
        _("person with a mental illness"),
    ),
    (r"schizophrenics?", _("person with schizophrenia")),
    (r"suffer(?:s|ed|ing)? from", _("has, lives with")),
    (r"committ?(?:ed|ing)? suicide", _("died by suicide")),
    (r"failed (?:suicide )?attempts?", _("suicide attempt")),
    (r"(?:ex-)?prostitutes?", _("person who does sex work")),
    (r"inmates?|convicts?|ex-cons?", _("person who is, or was, in prison")),
    (r"battling addiction|war on drugs", _("living with a substance use disorder")),
)
_COMPILED = [
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), better)
    for pattern, better in _ALTERNATIVES
]


def person_first_alternatives(text: str) -> list[tuple[str, Any]]:
    """Return (words as written, alternative), each once, in the order of the text."""
    found: dict[str, tuple[int, str, Any]] = {}
    taken: list[tuple[int, int]] = []
    for pattern, better in _COMPILED:
        for match in pattern.finditer(text):
            begin, end = match.span()
            if any(begin < other_end and other < end for other, other_end in taken):
                continue
            taken.append((begin, end))
            found.setdefault(match.group().lower(), (begin, match.group(), better))
    return [
        (word, better) for _begin, word, better in sorted(found.values(), key=_position)
    ]


def _position(row: tuple[int, str, Any]) -> int:
    return row[0]
