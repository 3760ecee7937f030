"""The edit form of a page: the same three tabs for every page type."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.panels.title_field_panel import TitleFieldPanel

from people.access import access_of

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


class PageForm(WagtailAdminPageForm):
    """The form of a page; it neither shows nor accepts a successor hidden from the editor."""

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("superseded_by")
        if field and not self._is_visible(self.instance.superseded_by):
            field.disabled, field.widget = True, forms.HiddenInput()
            field.help_text = _("By a page that you cannot see.")

    def clean_superseded_by(self) -> "BasePage | None":
        """Return the chosen page; refuse one that is hidden from the editor."""
        chosen: BasePage | None = self.cleaned_data["superseded_by"]
        if self.fields["superseded_by"].disabled or self._is_visible(chosen):
            return chosen
        # The form is shown again with its error, and would show the page's title.
        self.data = self.data.copy()
        self.data[self.add_prefix("superseded_by")] = ""
        raise ValidationError(_("There is no such page."))

    def _is_visible(self, page: "BasePage | None") -> bool:
        user = self.for_user
        return not page or not user or access_of(user).cms_shows_page(page.path)


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
