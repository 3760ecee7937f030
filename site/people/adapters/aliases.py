"""Receivers for aliases: what stops being an alias stays as private as its source was.

An editor converts an alias into a page of its own, or its source is deleted. Both end the
connection by which the restrictions of the source apply (`people.models.restrictions`), so
they become restrictions of the page.
"""

from typing import Any

from wagtail.models import Page

from people.actions import restrict_alike
from people.models import Restrictions
from people.querysets import rights_changed


def page_saving(*, instance: Any, **kwargs: Any) -> None:
    """Restrict an alias that is about to become a page of its own as its source is.

    Before it is saved, so that it is public at no moment.
    """
    fields = kwargs.get("update_fields")
    unchanged = fields is not None and {"alias_of", "alias_of_id"}.isdisjoint(fields)
    if not isinstance(instance, Page) or unchanged or instance.alias_of_id:
        return
    for alias in Page.objects.filter(pk=instance.pk, alias_of__isnull=False):
        restrict_alike(page=alias, to=Restrictions().along_with(alias))


def page_saved(*, instance: Any, **kwargs: Any) -> None:
    """Invalidate cached rights after an alias was created or changed."""
    if isinstance(instance, Page) and instance.alias_of_id:
        rights_changed()


def source_deleting(*, instance: Page, **kwargs: Any) -> None:
    """Remember how the aliases of a page that is being deleted are restricted."""
    known = Restrictions()
    instance._restricted_aliases = [
        (alias.pk, known.along_with(alias))
        for alias in instance.aliases.select_related("alias_of")
    ]


def source_deleted(*, instance: Page, **kwargs: Any) -> None:
    """Restrict the aliases that are left of a deleted page as the page was.

    Wagtail makes them drafts of their own.
    """
    for key, restrictions in getattr(instance, "_restricted_aliases", ()):
        for page in Page.objects.filter(pk=key):
            restrict_alike(page=page, to=restrictions)
