"""The edit form of the CMS, which refuses to overwrite somebody else's newer revision.

Wagtail refuses a stale form only on autosave. Here every way of saving is refused: save
draft, publish, submit, restart, withdraw, approve. The refused form shows what was typed, who
saved the newer revision and when, a link to it, and a box to overwrite it. The box names the
revision that was shown, so a third one is not overwritten either.

The database decides a race: the first request locks the row of the page until its save is
committed, and the second then finds a newer revision. (SQLite has one writer at a time.)
"""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page, TaskState

from pages.actions import about_page
from pages.actions.proofreading import Weight, hints_for, text_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

WRITE_OVER = "write_over"


class RefuseStaleForm:
    """A mixin for edit views: a form made from an older revision is refused with 409."""

    def dispatch(
        self, request: "HttpRequest", page_id: int, **kwargs: Any
    ) -> "HttpResponseBase":
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        with transaction.atomic():
            locked = Page.objects.select_for_update().filter(pk=page_id)
            locked.values_list("pk", flat=True).first()
            return super().dispatch(request, page_id, **kwargs)

    @property
    def newest_version(self) -> str:
        """The newest revision with its time; autosave writes one revision repeatedly."""
        made = self.latest_revision.created_at.isoformat()  # type: ignore[attr-defined]
        return f"{self.latest_revision.pk}@{made}"  # type: ignore[attr-defined]

    @cached_property
    def is_out_of_date(self) -> bool:
        if not self.latest_revision:  # type: ignore[attr-defined]
            return False
        sent = self.request.POST  # type: ignore[attr-defined]
        if sent.get(WRITE_OVER) == self.newest_version:
            return False
        if not sent.get("overwrite_revision_id") and not sent.get("loaded_revision_id"):
            return True
        return bool(super().is_out_of_date)

    def post(
        self, request: "HttpRequest", *args: Any, **kwargs: Any
    ) -> "HttpResponseBase":
        json = self.expects_json_response  # type: ignore[attr-defined]
        locked = self.locked_for_user  # type: ignore[attr-defined]
        if self.is_out_of_date and not json and not locked:
            return self.refuse(request)
        if request.POST.get(WRITE_OVER):
            # Save a new revision after theirs, which stays in the history.
            sent = request.POST.copy()
            sent.pop("overwrite_revision_id", None)
            request.POST = sent  # type: ignore[assignment]
        return super().post(request, *args, **kwargs)

    def refuse(self, request: "HttpRequest") -> TemplateResponse:
        """Show the form again with everything that was typed, and the box to overwrite."""
        view: Any = self
        view.form = view.form_class(
            request.POST,
            request.FILES,
            instance=view.page,
            subscription=view.subscription,
            parent_page=view.parent,
            for_user=request.user,
        )
        view.form.defer_required_fields()
        view.form.is_valid()
        view.has_unsaved_changes = True
        view.autosave_enabled = False
        theirs = view.latest_revision
        loaded = _loaded_revision(request, view.page)
        # The form still says which revision it was made from.
        view.page.latest_revision_id = loaded
        view.latest_revision_created_at = request.POST.get("loaded_revision_created_at")
        context = view.get_context_data() | {
            "theirs": theirs,
            "theirs_url": _compare_url(view.page, loaded, theirs),
            "write_over": WRITE_OVER,
            "newest": self.newest_version,
        }
        return TemplateResponse(request, "cms/edit_stale.html", context, status=409)


def _loaded_revision(request: "HttpRequest", page: Page) -> int | None:
    """Return the revision that the form was made from; None if unknown or deleted."""
    given = request.POST.get("overwrite_revision_id") or request.POST.get(
        "loaded_revision_id", ""
    )
    known = page.revisions.filter(pk=given) if given.isdecimal() else ()
    return int(given) if known else None


def _compare_url(page: Page, loaded: int | None, theirs: Any) -> str:
    if loaded is None or loaded == theirs.pk:
        return reverse("wagtailadmin_pages:revisions_view", args=[page.pk, theirs.pk])
    return reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, loaded, theirs.pk]
    )


class HintsSidePanel(BaseSidePanel):
    """The side panel with hints about the text."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Show hints")
        icon_name = "help"

    name = "hints"
    title = _("Hints")
    template_name = "cms/hints.html"
    order = 340

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"hints": hints_for(text_of(self.object))}


class CommentMail:
    """A mixin for edit views: e-mails about comments go only to those who may see the page."""

    page: Page

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        with about_page(self.page):
            super().send_commenting_notifications(changes)


class EditPage(RefuseStaleForm, CommentMail, EditView):
    """The edit form of a page, with hints beside it."""

    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.append(HintsSidePanel(self.page, self.request))
        return panels

    def submit_action(self) -> "HttpResponseBase":
        """Submit, and mention hints that matter; they block nothing."""
        response: HttpResponseBase = super().submit_action()
        important = [
            hint
            for hint in hints_for(text_of(self.page))
            if hint.weight == Weight.SHOULD
        ]
        if important:
            messages.warning(
                self.request,
                ngettext(
                    "One thing to look at while others read it: {first}.",
                    "{count} things to look at while others read it. The first: {first}.",
                    len(important),
                ).format(count=len(important), first=important[0].about),
                buttons=[messages.button(self.get_edit_url(), gettext("See hints"))],
            )
        return response

    def save_action(self) -> "HttpResponseBase":
        """Save, and let the others review what a reviewer changed."""
        response: HttpResponseBase = super().save_action()
        state = self.page.current_workflow_task_state
        if state is not None:
            TaskState.objects.filter(
                pk=state.pk, status=TaskState.STATUS_IN_PROGRESS
            ).update(revision=self.page.latest_revision_id)
        return response

    def perform_workflow_action(self) -> "HttpResponseBase":
        """Run the action; save an approval with changes, but leave approving to others."""
        if self.workflow_action == "approve" and self.has_content_changes:
            messages.warning(
                self.request,
                gettext(
                    "Your changes are saved. Because they are your own, somebody else needs "
                    "to read and approve them."
                ),
            )
            response: HttpResponseBase = self.save_action()
        else:
            response = super().perform_workflow_action()
        return response


class RevertPage(RefuseStaleForm, CommentMail, RevisionsRevertView):
    """The edit form filled from an older revision."""


edit_page = require_admin_access(EditPage.as_view())
revert_page = require_admin_access(RevertPage.as_view())
