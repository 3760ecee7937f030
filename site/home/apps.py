from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

# In Wagtail's tree: the root is 1, a home page 2.
_BELOW_HOME = 3


class HomeConfig(AppConfig):
    """The home page, the navigation and what waits for a person."""

    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from wagtail.models import Page, Site
        from wagtail.signals import post_page_move

        from search import registry

        from . import home_panels
        from .models import HomePage, clear_navigation_cache

        def navigation_changed(instance: Any, **kwargs: Any) -> None:
            """Clear the cached navigation when a home page, its child or a site changes."""
            if isinstance(instance, Site) or (
                isinstance(instance, Page) and instance.depth <= _BELOW_HOME
            ):
                clear_navigation_cache()

        def page_moved(**kwargs: Any) -> None:
            """Clear the cached navigation: a page may have left or entered its place."""
            clear_navigation_cache()

        for signal in (post_save, post_delete):
            signal.connect(
                navigation_changed, weak=False, dispatch_uid="home.navigation"
            )
        post_page_move.connect(page_moved, weak=False, dispatch_uid="home.moved")
        registry.exclude(HomePage)
        home_panels.register()
