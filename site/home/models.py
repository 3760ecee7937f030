"""The home page."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from pages.models import BasePage


class HomePage(BasePage):
    """The way in: a visitor learns what this is, a member what comes next."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "learning_catalogue.LearningIndex",
        "knowledge_library.LibraryIndex",
        "pages.WorkingGroupIndex",
        "pages.PeopleIndex",
        "pages.StandardPage",
    ]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
