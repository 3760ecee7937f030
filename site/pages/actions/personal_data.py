"""What pages and the CMS store about a person."""

from typing import TYPE_CHECKING, Any

from django.db.models import F, IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import (
    Comment,
    CommentReply,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail.permissions import page_permission_policy

from people.access import access_of
from people.actions import export_rows
from people.registry import PersonalData

if TYPE_CHECKING:
    from people.models import User


class PagesData(PersonalData):
    """Pages, comments and their history stay when an account is closed, by “A member”.

    The export says what the person did, and on which page if they may see it today; the texts
    of pages belong to those who may read them. Of other pages it says how often.
    """

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
        of_pages = {
            "pages_owned": (
                Page.objects.filter(owner=user), F("pk"), ("first_published_at",),
            ),
            "pages_locked": (
                Page.objects.filter(locked_by=user), F("pk"), ("locked_at",),
            ),
            "page_changes": (
                PageLogEntry.objects.filter(user=user), F("page_id"),
                ("timestamp", "action"),
            ),
            "page_revisions": (
                Revision.page_revisions.filter(user=user), _number("object_id"),
                ("created_at",),
            ),
            "comments": (
                Comment.objects.filter(user=user), F("page_id"), ("created_at", "text"),
            ),
            "comments_resolved": (
                Comment.objects.filter(resolved_by=user), F("page_id"), ("resolved_at",),
            ),
            "comment_replies": (
                CommentReply.objects.filter(user=user), F("comment__page_id"),
                ("created_at", "text"),
            ),
            "page_subscriptions": (
                PageSubscription.objects.filter(user=user), F("page_id"),
                ("comment_notifications",),
            ),
            "reviews": (
                TaskState.objects.filter(finished_by=user),
                _number("revision__object_id"), ("finished_at", "status"),
            ),
            "reviews_requested": (
                WorkflowState.objects.filter(requested_by=user), _number("object_id"),
                ("created_at", "status"),
            ),
        }  # fmt: skip
        return {
            **{
                kind: _on_pages(user, rows, page, columns)
                for kind, (rows, page, columns) in of_pages.items()
            },
            "editors_open": export_rows(
                EditingSession.objects.filter(user=user), "last_seen_at"
            ),
            "forms_unsaved": export_rows(
                FormState.objects.filter(user=user), "last_updated_at"
            ),
        }

    def erase(self, user: "User") -> None:
        """Delete what served only the person: subscriptions and open editors."""
        PageSubscription.objects.filter(user=user).delete()
        EditingSession.objects.filter(user=user).delete()
        FormState.objects.filter(user=user).delete()


def _number(column: str) -> Cast:
    """Return a generic foreign key, which is stored as text, as a number."""
    return Cast(column, IntegerField())


def _on_pages(
    user: "User", rows: "QuerySet[Any]", page: Any, columns: tuple[str, ...]
) -> dict[str, Any]:
    """Return the rows on pages that the user may see today, and how many others there are."""
    found = export_rows(rows, *columns, on_page=page)
    titles = _titles(user, {each["on_page"] for each in found})
    shown = [
        {**each, "on_page": titles[each["on_page"]]}
        for each in found
        if each["on_page"] in titles
    ]
    return {"rows": shown, "on_pages_not_visible": len(found) - len(shown)}


def _titles(user: "User", pages: set[int]) -> dict[int, str]:
    """Return the titles of pages that the user may read, or edit in the CMS."""
    access = access_of(user)
    visible = access.page_q
    if user.has_perm("wagtailadmin.access_admin"):
        editable = page_permission_policy.instances_user_has_any_permission_for(
            user, {"change", "publish"}
        )
        visible |= access.cms_page_q & Q(pk__in=editable.values("pk"))
    found = Page.objects.filter(visible, pk__in=pages)
    return dict(found.values_list("pk", "title"))
