from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

# In Wagtail's tree: the root is 1, a home page 2.
_BELOW_HOME = 3


class HomeConfig(AppConfig):
    """Put together the home page, the navigation and what waits for a person."""

    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        # Models are loaded now, not before.
        from wagtail.models import Page, Site
        from wagtail.signals import post_page_move

        from search import registry

        from .models import HomePage
        from .templatetags.home_tags import forget_below_home

        def navigation_changed(instance: Any, **kwargs: Any) -> None:
            """Clear the cached navigation when a home page, its child or a site changes."""
            if isinstance(instance, Site) or (
                isinstance(instance, Page) and instance.depth <= _BELOW_HOME
            ):
                forget_below_home()

        for signal in (post_save, post_delete, post_page_move):
            signal.connect(navigation_changed, weak=False, dispatch_uid="home.doors")
        registry.exclude(HomePage)
