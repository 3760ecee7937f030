"""Add many pages below one parent at once, with a valid page tree.

Wagtail's own `add_child` takes some twenty statements for each page. Here the paths of a
batch are calculated under a lock on the parent, and each table gets one statement. Nothing
is public yet: pages are created as drafts, and no signal is sent.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import F
from wagtail.models import Locale, Page

from pages.models import BasePage


@transaction.atomic
def append(parent_id: int, pages: Sequence[BasePage]) -> None:
    """Add new pages as the last children of a parent, with keys and unique slugs.

    Raises django.db.IntegrityError if another process used a path at the same moment (only
    if the database has no row locks); the whole batch can then be tried again.
    """
    parent = Page.objects.select_for_update().get(pk=parent_id)
    children = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    taken = set(children.values_list("slug", flat=True))
    last = children.order_by("path").values_list("path", flat=True).last()
    step = Page._str2int(last[-Page.steplen :]) if last else 0
    locale = Locale.get_default()
    for number, page in enumerate(pages, step + 1):
        page.path = Page._get_path(parent.path, parent.depth + 1, number)
        page.depth, page.numchild = parent.depth + 1, 0
        page.slug = _free(page.slug, taken)
        page.draft_title, page.locale = page.title, locale
        page.live, page.has_unpublished_changes = False, True
        page.set_url_path(parent)
    _insert(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))


def _free(slug: str, taken: set[str]) -> str:
    """Return the slug, with a number if a sibling has it already."""
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug[:240]}-{number}", number + 1
    taken.add(free)
    return free


def _insert(pages: Sequence[BasePage]) -> None:
    rows = Page.objects.bulk_create([_row(Page, page) for page in pages])
    for page, row in zip(pages, rows, strict=True):
        page.pk = row.pk
        page.id = page.page_ptr_id = page.basepage_ptr_id = row.pk
    for model in (BasePage, type(pages[0])):
        # bulk_create refuses models with parents because it cannot know their keys. Here
        # they are known, and only the model's own columns are written.
        fields = model._meta.local_concrete_fields
        model._base_manager._insert(list(pages), fields=fields, using=Page.objects.db)
    for page in pages:
        page._state.adding = False
        page._state.db = Page.objects.db


def _row(model: type[models.Model], page: Any) -> Any:
    fields = model._meta.local_concrete_fields
    names = [field.attname for field in fields if not field.primary_key]
    return model(**{name: getattr(page, name) for name in names})


def update(page: BasePage) -> None:
    """Write all columns of a page, one statement for each table, without signals."""
    for model in (Page, BasePage, type(page)):
        values = {
            field.attname: getattr(page, field.attname)
            for field in model._meta.local_concrete_fields
            if not field.primary_key and field.attname not in _TREE
        }
        model._base_manager.filter(pk=page.pk).update(**values)


# Columns of the tree, which another process may have changed meanwhile.
_TREE = frozenset({"path", "depth", "numchild", "url_path", "slug"})
