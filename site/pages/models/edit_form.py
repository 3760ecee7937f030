"""The edit form of a page: the same three tabs for every page type."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.panels.title_field_panel import TitleFieldPanel

from .topics import INDENT, TopicTree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .base import BasePage


def tabs(page_type: "type[BasePage]") -> TabbedInterface:
    """Return the tabs Content, About and Settings of a page type."""
    content = [
        ObjectList(page_type.content_panels, heading=_("Content")),
        ObjectList(page_type.about_panels, heading=_("About")),
        ObjectList(page_type.settings_panels, heading=_("Settings")),
    ]
    return TabbedInterface(content, base_form_class=page_type.base_form_class)


def title_and_summary() -> list[Any]:
    """Return the first fields of every page type; a draft's slug follows its title."""
    return [TitleFieldPanel("title"), FieldPanel("summary")]


def upkeep_panel() -> MultiFieldPanel:
    """Return the fields about how long a page stays valid."""
    fields = ("review_date", "superseded_by", "language")
    return MultiFieldPanel([FieldPanel(name) for name in fields], heading=_("Upkeep"))


class InTreeOrder:
    """A widget that shows topics in the order of the tree, indented by their depth."""

    choices: Any

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        self.choices = in_tree_order(self.choices)
        return super().optgroups(name, value, attrs)


def in_tree_order(choices: "Iterable[tuple[Any, Any]]") -> list[tuple[Any, Any]]:
    """Return the same choices in tree order, after those that are no topic."""
    by_key = {str(value): (value, label) for value, label in choices}
    ordered = []
    for topic, depth in TopicTree.load().walk():
        if found := by_key.pop(str(topic.pk), None):
            ordered.append((found[0], f"{INDENT * depth}{found[1]}"))
    return [*by_key.values(), *ordered]


class TopicCheckboxes(InTreeOrder, forms.CheckboxSelectMultiple):
    """A widget for any number of topics."""


class TopicSelect(InTreeOrder, forms.Select):
    """A widget for one topic."""
