"""The home page, and the navigation of every page."""

from .home_page import HomePage
from .navigation import Navigation, clear_navigation_cache, navigation_for

__all__ = ["HomePage", "Navigation", "clear_navigation_cache", "navigation_for"]
