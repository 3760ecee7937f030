"""Slugs of rows that have a name."""

from itertools import count
from typing import Any

from django.utils.text import slugify


def free_slug(row: Any) -> str:
    """Return a slug for the name of the row that no other row has: `night`, `night-2`.

    A name in a script other than Latin gets the name of its model: `topic`.
    """
    model = type(row)
    length = model._meta.get_field("slug").max_length
    words = slugify(row.name) or model._meta.model_name
    others = model._default_manager.exclude(pk=row.pk)
    for number in count(1):
        ending = f"-{number}" if number > 1 else ""
        slug = f"{words[: length - len(ending)]}{ending}"
        if not others.filter(slug=slug).exists():
            break
    return slug
