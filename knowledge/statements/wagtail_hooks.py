"""Policy statements in the CMS: URLs, and words for the history of a page."""

from typing import Any

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

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
        words = {"label": label, "message": message}
        formatter = type("FactFormatter", (_FactFormatter,), words)
        actions.register_action(f"knowledge_statements.{name}")(formatter)


class _FactFormatter(LogFormatter):
    """Put the words of an ask, or the name of an organization, into the message."""

    def format_message(self, log_entry: Any) -> str:
        return str(self.message).format_map(log_entry.data)
