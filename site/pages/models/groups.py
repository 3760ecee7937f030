"""Pages of working groups: their documents and what they wrote."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from files.models import Document
from pages.blocks import BodyBlock, StreamField
from pages.registry import annotate_for
from people.models import WorkingGroup

from .base import BasePage
from .kinds import kinds
from .listings import Listing, ListingFilter
from .row import Kind

GROUP_PAGES_SHOWN = 12


class WorkingGroupIndex(BasePage):
    """The Write together door: groups whose pages the reader may see, and others."""

    door = "write"
    template = "pages/working_group_index.html"
    subpage_types: ClassVar[list[str]] = ["pages.WorkingGroupPage"]
    max_count = 1

    class Meta:
        verbose_name = _("working groups")
        verbose_name_plural = _("working groups")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = WorkingGroupPage.objects.descendant_of(self).visible_to(request.user)
        context["group_pages"] = annotate_for(
            request.user, pages.select_related("group").order_by("title")
        )
        context["other_groups"] = (
            WorkingGroup.objects.active()
            .visible_to(request.user)
            .exclude(page__in=context["group_pages"])
        )
        return context


class GroupPageCopyForm(CopyForm):
    """Refuse a copy or an alias: a working group has one page."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.add_error(
            "new_title", _("A working group has one page, so its page is not copied.")
        )
        return cleaned


class WorkingGroupPage(BasePage):
    """The page of one working group."""

    kind = Kind("group", _("Working group"), _("Working groups"), "write")

    group = models.OneToOneField(
        WorkingGroup,
        on_delete=models.PROTECT,
        related_name="page",
        verbose_name=_("working group"),
        help_text=_("Once the page is live, only members of this group see it."),
    )
    collection = models.ForeignKey(
        "wagtailcore.Collection",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("its documents"),
        editable=False,
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    template = "pages/working_group_page.html"
    copy_form_class = GroupPageCopyForm
    parent_page_types: ClassVar[list[str]] = ["pages.WorkingGroupIndex"]
    subpage_types: ClassVar[list[str]] = ["pages.StandardPage"]
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("group"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("working group page")
        verbose_name_plural = _("working group pages")

    def documents(self, user: Any) -> "models.QuerySet[Document]":
        """Return the group's documents that the user may download, newest first."""
        if self.collection_id is None:
            return Document.objects.none()
        return (
            Document.objects.visible_to(user)
            .filter(collection=self.collection_id)
            .order_by("-created_at")
        )

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["documents"] = self.documents(request.user)
        context["memberships"] = self.group.memberships.select_related("user").order_by(
            "role", "since"
        )
        written = Listing(
            pages=BasePage.objects.filter(working_group=self.group),
            models=list(kinds().values()),
            wanted=ListingFilter(),
            viewer=request.user,
        )
        context["made"] = written.first(GROUP_PAGES_SHOWN)
        return context
