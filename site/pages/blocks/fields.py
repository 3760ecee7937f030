"""A StreamField whose blocks stay out of migrations."""

from typing import Any

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """Hold a stream of blocks; migrations see a plain JSON column.

    A block that is added or reworded needs no migration, because the column does not
    change. In a data migration the value is the list of dictionaries that is stored: all of
    it can be read and written back, whichever blocks exist by then.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the column only; `clone()`, which migrations use, gets no blocks."""
        name, _path, args, kwargs = super(WagtailStreamField, self).deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
