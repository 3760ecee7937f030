"""How a page is edited: three tabs, the same for every page type."""

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
    """Content first, then what it is about and who made it, then when it appears."""
    made = [
        ObjectList(page_type.content_panels, heading=_("Content")),
        ObjectList(page_type.about_panels, heading=_("About")),
        ObjectList(page_type.settings_panels, heading=_("Settings")),
    ]
    return TabbedInterface(made, base_form_class=page_type.base_form_class)


def title_and_summary() -> list[Any]:
    """What every page type begins with; the address follows the title of a draft."""
    return [TitleFieldPanel("title"), FieldPanel("summary")]


def care() -> MultiFieldPanel:
    """How long a page holds."""
    fields = ("review_date", "superseded_by", "language")
    return MultiFieldPanel([FieldPanel(name) for name in fields], heading=_("Care"))


class OpenPageForm(WagtailAdminPageForm):
    """A page's form that neither names nor takes a successor that the editor may not see."""

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("superseded_by")
        if field and not self._is_open(self.instance.superseded_by):
            field.disabled, field.widget = True, forms.HiddenInput()
            field.help_text = _("By a page that is kept for others.")

    def clean_superseded_by(self) -> "BasePage | None":
        """The page that was chosen, if the editor could choose it."""
        chosen: BasePage | None = self.cleaned_data["superseded_by"]
        if self.fields["superseded_by"].disabled or self._is_open(chosen):
            return chosen
        # The form comes back with its error, and would show the page's title.
        self.data = self.data.copy()
        self.data[self.add_prefix("superseded_by")] = ""
        raise ValidationError(_("There is no such page."))

    def _is_open(self, page: "BasePage | None") -> bool:
        asks = self.for_user
        return not page or not asks or access_of(asks).cms_shows_page(page.path)


class InTreeOrder:
    """Choices of topics stand in the order of the tree, each indented by its depth."""

    choices: Any

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        self.choices = in_tree_order(self.choices)
        return super().optgroups(name, value, attrs)


def in_tree_order(choices: "Iterable[tuple[Any, Any]]") -> list[tuple[Any, Any]]:
    """The same choices; those that are no topic, like the empty one, come first."""
    by_key = {str(value): (value, label) for value, label in choices}
    ordered = []
    for topic, depth in TopicTree.load().walk():
        if found := by_key.pop(str(topic.pk), None):
            ordered.append((found[0], f"{INDENT * depth}{found[1]}"))
    return [*by_key.values(), *ordered]


class TopicCheckboxes(InTreeOrder, forms.CheckboxSelectMultiple):
    """Any number of topics."""


class TopicSelect(InTreeOrder, forms.Select):
    """One topic."""
