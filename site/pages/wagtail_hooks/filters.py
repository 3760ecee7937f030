"""Tags and collections that forms and filters of the CMS offer."""

from typing import Any

import wagtail.admin.filters
import wagtail.images.views.chooser
import wagtailmedia.views.chooser
import wagtailmedia.views.media
from django.db.models import Count
from taggit.models import Tag, TaggedItem
from wagtail.admin.forms.collections import CollectionChoiceField

from people.access import access_of
from people.viewer import current_viewer

_copied = CollectionChoiceField.__deepcopy__


def popular_tags(model: Any, count: int = 10) -> Any:
    """Return the tags that files shown to the viewer have, the most frequent first."""
    shown = model.objects.filter(access_of(current_viewer()).cms_file_q)
    items = TaggedItem.objects.filter(
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
        object_id__in=shown.values("pk"),
    )
    tags = Tag.objects.filter(taggit_taggeditem_items__in=items)
    counted = tags.annotate(item_count=Count("taggit_taggeditem_items"))
    return counted.order_by("-item_count")[:count]


def copy_field(field: CollectionChoiceField, memo: Any) -> CollectionChoiceField:
    """Copy the field for a form; the copy offers what the CMS shows to the viewer."""
    copied: CollectionChoiceField = _copied(field, memo)
    viewer = current_viewer()
    if viewer is not None:
        copied.queryset = copied.queryset.filter(access_of(viewer).cms_collection_q)
    return copied


CollectionChoiceField.__deepcopy__ = copy_field
# Each of them imported Wagtail's function, which counts the tags of all files.
for _module in (
    wagtail.admin.filters,
    wagtail.images.views.chooser,
    wagtailmedia.views.chooser,
    wagtailmedia.views.media,
):
    _module.popular_tags_for_model = popular_tags
