"""What pages and the CMS store about a person."""

from typing import TYPE_CHECKING, Any

from wagtail.admin.models import EditingSession, FormState
from wagtail.models import PageSubscription

from people.actions import export_rows
from people.registry import PersonalData

if TYPE_CHECKING:
    from people.models import User


class PagesData(PersonalData):
    """Pages, comments and their history stay when an account is closed, by “A member”."""

    relations = (
        "wagtailadmin.EditingSession.user",
        "wagtailadmin.FormState.user",
        "wagtailcore.Comment.resolved_by",
        "wagtailcore.Comment.user",
        "wagtailcore.CommentReply.user",
        "wagtailcore.Page.locked_by",
        "wagtailcore.Page.owner",
        "wagtailcore.PageLogEntry.user",
        "wagtailcore.PageSubscription.user",
        "wagtailcore.Revision.user",
        "wagtailcore.TaskState.finished_by",
        "wagtailcore.WorkflowState.requested_by",
    )

    def export(self, user: "User") -> dict[str, Any]:
        return export_rows(user=user, relations=self.relations)

    def erase(self, user: "User") -> None:
        """Delete what served only the person: subscriptions and open editors."""
        PageSubscription.objects.filter(user=user).delete()
        EditingSession.objects.filter(user=user).delete()
        FormState.objects.filter(user=user).delete()
