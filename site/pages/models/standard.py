"""Standard pages, and the People door."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from pages.blocks import BodyBlock, StreamField
from people.models import Organization

from .base import BasePage


class StandardPage(BasePage):
    """A page of text, for instance about the community itself."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    template = "pages/standard_page.html"
    subpage_types: ClassVar[list[str]] = ["pages.StandardPage"]
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class PeopleIndex(BasePage):
    """The People door: the organizations of the community."""

    door = "people"
    template = "pages/people_index.html"
    subpage_types: ClassVar[list[str]] = ["pages.StandardPage"]
    max_count = 1

    class Meta:
        verbose_name = _("people")
        verbose_name_plural = _("people")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["organizations"] = Organization.objects.visible_to(request.user)
        return context
