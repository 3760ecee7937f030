"""Narrow what Wagtail finds by the ids of a query or of a form to what the editor may see.

Choosers, bulk actions and form fields look rows up by id and ask nobody. Here their methods
are replaced on Wagtail's own classes, because blocks, panels and viewsets of every app use
those classes.

A chooser may already hold something that is hidden from the editor, put there by somebody of
its group. Its form then holds a signed key in place of the id, and no title: saving keeps
what was there, and a plain id of something hidden is refused as an id that does not exist.
"""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.chooser import (
    ChosenMultipleViewMixin,
    ChosenViewMixin,
)
from wagtail.admin.widgets import BaseChooser
from wagtail.documents.views.chooser import DocumentChosenMultipleView
from wagtail.images.views.chooser import ImageChosenMultipleView

from people.viewer import is_hidden_from_viewer, is_key, keys_among

if TYPE_CHECKING:
    from collections.abc import Callable

#: No row has it.
NO_KEY = "0"

_signer = Signer(salt="pages.choosers")
_posted_value = BaseChooser.value_from_datadict


def show_value(widget: BaseChooser, value: Any) -> dict[str, Any] | None:
    """Describe what a chooser holds; of something hidden, that there is something."""
    instance = widget.get_instance(value)
    if instance is None:
        return None
    if not is_hidden_from_viewer(instance):
        shown: dict[str, Any] = widget.get_value_data_from_instance(instance)
        return shown
    return {
        "id": _signer.sign(str(instance.pk)),
        widget.display_title_key: _("Something that you cannot see"),
        "edit_url": "",
        "parent_id": None,
        "preview": {"url": "", "width": 0, "height": 0},
        "default_alt_text": "",
    }


def read_value(widget: BaseChooser, data: Any, files: Any, name: str) -> Any:
    """Return the id that a form was sent with; for a hidden row, one that does not exist."""
    value = _posted_value(widget, data, files, name)
    if value is None:
        return None
    try:
        return _signer.unsign(value)
    except BadSignature:
        pass
    if not is_key(value) or is_hidden_from_viewer(widget.get_instance(value)):
        return NO_KEY
    return value


def _visible_object(found_by: "Callable") -> "Callable":
    def get_object(view: Any, pk: Any) -> Any:
        item = found_by(view, pk) if is_key(pk) else None
        if item is None or is_hidden_from_viewer(item):
            raise ObjectDoesNotExist
        return item

    return get_object


def _visible_objects(found_by: "Callable") -> "Callable":
    def get_objects(view: Any, pks: Any) -> list[Any]:
        found = found_by(view, keys_among(pks))
        return [item for item in found if not is_hidden_from_viewer(item)]

    return get_objects


def visible_of(cls: type[BulkAction], model: Any, object_ids: Any) -> list[Any]:
    """Return the rows that a bulk action is about; raise Http404 if there are none."""
    found = model.objects.filter(pk__in=keys_among(object_ids))
    visible = [item for item in found if not is_hidden_from_viewer(item)]
    if not visible:
        raise Http404
    return visible


def _narrow() -> None:
    BaseChooser.get_value_data = show_value
    BaseChooser.value_from_datadict = read_value
    BulkAction.get_queryset = classmethod(visible_of)
    ChosenViewMixin.get_object = _visible_object(ChosenViewMixin.get_object)
    for view in (
        ChosenMultipleViewMixin,
        DocumentChosenMultipleView,
        ImageChosenMultipleView,
    ):
        view.get_objects = _visible_objects(view.get_objects)


_narrow()
