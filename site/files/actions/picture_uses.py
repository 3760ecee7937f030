"""Record which pages an image is on, in drafts and as published."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, ReferenceIndex

from files.models import Image, PictureUse


@transaction.atomic
def record_pictures(*, page: Page, published: bool) -> None:
    """Record the images of a page, as it is in memory.

    `published` says whether the page is saved like that. Otherwise it is a draft, which adds
    images and takes none off: readers still see the saved version.
    """
    _record(page.pk, _images_of(page), published=published)


@transaction.atomic
def record_indexed_pictures(*, pages: Sequence[Page]) -> None:
    """Record the images of saved pages whose references were just indexed.

    The same as `record_pictures` for each, without reading their texts again.
    """
    keys = [page.pk for page in pages]
    found: dict[int, set[int]] = {key: set() for key in keys}
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(key) for key in keys],
        to_content_type=ContentType.objects.get_for_model(Image),
    )
    for page_id, image_id in references.values_list("object_id", "to_object_id"):
        found[int(page_id)].add(int(image_id))
    there = _existing(set().union(*found.values()))
    recorded = PictureUse.objects.filter(page_id__in=keys)
    for key in {*recorded.values_list("page_id", flat=True), *filter(found.get, keys)}:
        _record(key, found[key] & there, published=True)


def _record(page_id: int, found: set[int], *, published: bool) -> None:
    uses = PictureUse.objects.filter(page_id=page_id)
    known = dict(uses.values_list("image_id", "published"))
    PictureUse.objects.bulk_create(
        (
            PictureUse(image_id=key, page_id=page_id, published=published)
            for key in found - known.keys()
        ),
        ignore_conflicts=True,
    )
    if not published:
        return
    if {key for key, shown in known.items() if shown} - found:
        uses.exclude(image_id__in=found).update(published=False)
    if any(not known.get(key, True) for key in found):
        uses.filter(image_id__in=found).update(published=True)


def record_saved_page(page: Page, *, fields: Any = None) -> None:
    """Record the images of a page that was just saved; of `fields` only, if given.

    Saving a draft writes only fields that all pages have, while the page in memory has the
    text of the draft.
    """
    if type(page) is Page:
        return
    if fields is None:
        record_pictures(page=page, published=True)
        return
    common = {field.name for field in Page._meta.get_fields()}
    if set(fields) <= common:
        record_pictures(page=page, published=False)
    else:
        saved = type(page)._default_manager.get(pk=page.pk)
        record_pictures(page=saved, published=True)


def _images_of(page: Page) -> set[int]:
    """Return the keys of all images in the fields, texts and child objects of a page."""
    image_type = ContentType.objects.get_for_model(Image).pk
    referenced = {
        int(key)
        for type_id, key, *_paths in ReferenceIndex._extract_references_from_object(
            page
        )
        if type_id == image_type
    }
    return _existing(referenced)


def _existing(keys: set[int]) -> set[int]:
    """Return those keys of images that exist; a text may refer to a deleted one."""
    if not keys:
        return keys
    return set(Image.objects.filter(pk__in=keys).values_list("pk", flat=True))
