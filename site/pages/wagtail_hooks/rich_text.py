"""Links in rich text: neither a hidden address nor a broken id reaches the reader.

A link to something that the viewer may not see loses its address, on the page and in the
editor; so does a link whose id is no number, which would end in an error for every reader.
"""

from typing import TYPE_CHECKING, Any

from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    PageLinkElementHandler,
)
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.rich_text.pages import PageLinkHandler

from people.viewer import is_hidden_from_viewer, is_key, may_follow

if TYPE_CHECKING:
    from collections.abc import Callable

    from wagtail.rich_text.feature_registry import FeatureRegistry

_NO_LINK = {"id": None, "url": None, "parentId": None}


class _Followable:
    """Finds only what the viewer may see, and nothing for an id that is no number."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        askable = [
            attrs if is_key(attrs.get("id")) else {"id": "0"} for attrs in attrs_list
        ]
        found = super().get_many(askable)
        return [item if item and may_follow(item) else None for item in found]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Any:
        if is_key(attrs.get("id")):
            yield from super().extract_references(attrs)


class FollowablePageLink(_Followable, PageLinkHandler):
    """A link to a page."""


class FollowableDocumentLink(_Followable, DocumentLinkHandler):
    """A link to a document."""


@hooks.register("register_rich_text_features", order=1000)
def replace_link_types(features: "FeatureRegistry") -> None:
    """Replace Wagtail's links to pages and documents."""
    features.register_link_type(FollowablePageLink)
    features.register_link_type(FollowableDocumentLink)


def _in_editor(handler: Any, link: type[Any]) -> "Callable":
    original = handler.get_attribute_data

    def get_attribute_data(self: Any, attrs: dict[str, str]) -> dict[str, Any]:
        if not is_key(attrs.get("id")):
            return dict(_NO_LINK)
        # Saving keeps the link: its id goes with the form.
        item = link.get_model().objects.filter(pk=attrs["id"]).first()
        if item is not None and is_hidden_from_viewer(item):
            return _NO_LINK | {"id": int(attrs["id"])}
        data: dict[str, Any] = original(self, attrs)
        return data

    return get_attribute_data


for _handler, _link in (
    (PageLinkElementHandler, PageLinkHandler),
    (DocumentLinkElementHandler, DocumentLinkHandler),
):
    _handler.get_attribute_data = _in_editor(_handler, _link)
