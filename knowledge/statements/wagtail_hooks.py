"""Policy statements in the CMS: URLs, and words for the history of a page."""

from typing import Any

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import urls

_ACTIONS = {
    "ask.add": (_("Add an ask"), _("Added the ask “{text}”")),
    "ask.change": (_("Change an ask"), _("Changed an ask to “{text}”")),
    "ask.move": (_("Move an ask"), _("Moved the ask “{text}”")),
    "ask.remove": (_("Remove an ask"), _("Removed the ask “{text}”")),
    "endorsement.add": (
        _("Add an endorsement"),
        _("Recorded the endorsement of {organization}"),
    ),
    "endorsement.change": (
        _("Change an endorsement"),
        _("Changed the endorsement of {organization}"),
    ),
    "endorsement.withdraw": (
        _("Withdraw an endorsement"),
        _("Withdrew the endorsement of {organization}"),
    ),
}


@hooks.register("register_admin_urls")
def facts_of_statements() -> list[Any]:
    """Add the views for asks and endorsements."""
    return [path("statements/", include(urls))]


@hooks.register("register_log_actions")
def changes_of_facts(actions: Any) -> None:
    """Say in the history of a page what became of its asks and endorsements."""
    for name, (label, message) in _ACTIONS.items():
        actions.register_action(
            f"knowledge_statements.{name}", label, _message(message)
        )


def _message(words: Any) -> Any:
    def describe(data: dict[str, Any]) -> str:
        return str(words).format_map(data)

    return describe
