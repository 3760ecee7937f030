from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Base page, home, topics, navigation, shared blocks."""

    name = "everydoor.pages"
    label = "pages"
    verbose_name = _("Pages")
