"""One cleaning of names and e-mail addresses, whatever way they come in.

Forms refuse, with a sentence, what would make two names look alike or turn the text around
them: characters that cannot be seen, line breaks and control characters (RFC 8264, section 9).
A zero-width joiner is part of the spelling in Persian and in scripts of India, so it is
accepted between two of their characters (RFC 5892, appendices A.1 and A.2). Addresses are
ASCII, international domains in their “xn--” form.

What is harmless is normalized when a row is written or looked up: Unicode form C and white
space. Rows that no form has checked lose what a form would have refused.
"""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

JOINERS = "\u200c\u200d"
# Scripts that use joiners, as the first word of the Unicode names of their characters.
_SCRIPTS_WITH_JOINERS = frozenset(
    {
        *("ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI"),
        *("GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA"),
    }
)
# Control, format, surrogate, private use, unassigned, line and paragraph separators.
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# They show nothing, but Unicode counts them as text.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_PRINTABLE_ASCII = re.compile(r"[!-~]*")


def _uses_joiners(character: str) -> bool:
    name = unicodedata.name(character, "") if character else ""
    return name.partition(" ")[0] in _SCRIPTS_WITH_JOINERS


def _is_refused(text: str, position: int) -> bool:
    character = text[position]
    if character in JOINERS:
        before, after = text[:position][-1:], text[position + 1 :][:1]
        return not (_uses_joiners(before) and _uses_joiners(after))
    return character in _BLANK or unicodedata.category(character) in _REFUSED


def validate_name(name: str) -> None:
    """Refuse characters that cannot be seen, and line breaks. Raises ValidationError."""
    if any(_is_refused(name, position) for position in range(len(name))):
        raise ValidationError(
            _(
                "This has characters that cannot be seen, or a line break. Delete it and "
                "type it again."
            ),
            code="invisible",
        )


def validate_address(address: str) -> None:
    """Refuse an address that is not plain ASCII. Raises ValidationError."""
    if not _PRINTABLE_ASCII.fullmatch(address):
        raise ValidationError(
            _(
                "An e-mail address has only a to z, digits and signs. This one has "
                "another character, perhaps one that cannot be seen: delete it and "
                "type it again."
            ),
            code="invisible",
        )


def normalize_name(name: str) -> str:
    """Return a name in Unicode form C, with single spaces and nothing invisible."""
    spaced = " ".join(name.split())
    visible = (
        each
        for position, each in enumerate(spaced)
        if not _is_refused(spaced, position)
    )
    return " ".join(unicodedata.normalize("NFC", "".join(visible)).split())


class NameField(models.CharField):
    """A name of a person, organization or working group. The column is a `CharField`."""

    default_validators = [*models.CharField.default_validators, validate_name]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Put the normalized name on the instance too, for logs and search."""
        setattr(
            model_instance,
            self.attname,
            self.get_prep_value(getattr(model_instance, self.attname)),
        )
        return super().pre_save(model_instance, add)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return normalize_name(prepared) if isinstance(prepared, str) else prepared

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class AddressField(models.EmailField):
    """An e-mail address. The column is an `EmailField`."""

    default_validators = [*models.EmailField.default_validators, validate_address]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs
