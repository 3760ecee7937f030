"""The edit form of the CMS, which never overwrites somebody's newer text unasked.

Wagtail refuses a stale form only when it saves by itself. Here every way of saving is
refused: save draft, publish, submit, restart, withdraw, approve. The refused form shows what
was typed, who saved the newer text and when, a way to see it, and the choice to write over
it; the choice names the very version that was seen, so a third one is not overwritten either.

The race is settled by the database: whoever saves first holds the row of the page until the
save is over, and the other then finds a newer version. (SQLite has one writer at a time.)
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

from pages.actions.proofreading import Weight, hints_for, text_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

WRITE_OVER = "write_over"


class NeverUnasked:
    """For edit views: a form made from an older version is not saved without a choice."""

    def dispatch(
        self, request: "HttpRequest", page_id: int, **kwargs: Any
    ) -> "HttpResponseBase":
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        with transaction.atomic():
            held = Page.objects.select_for_update().filter(pk=page_id)
            held.values_list("pk", flat=True).first()
            return super().dispatch(request, page_id, **kwargs)

    @property
    def newest(self) -> str:
        """The newest version, by number and time: autosave writes one version repeatedly."""
        made = self.latest_revision.created_at.isoformat()  # type: ignore[attr-defined]
        return f"{self.latest_revision.pk}@{made}"  # type: ignore[attr-defined]

    @cached_property
    def is_out_of_date(self) -> bool:
        if not self.latest_revision:  # type: ignore[attr-defined]
            return False
        sent = self.request.POST  # type: ignore[attr-defined]
        if sent.get(WRITE_OVER) == self.newest:
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
            # A version of one's own comes after theirs; theirs stays in the history.
            sent = request.POST.copy()
            sent.pop("overwrite_revision_id", None)
            request.POST = sent  # type: ignore[assignment]
        return super().post(request, *args, **kwargs)

    def refuse(self, request: "HttpRequest") -> TemplateResponse:
        """The same form with everything that was typed, and the choice."""
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
        started = _started_from(request, view.page)
        # The form goes on saying from which version it was made.
        view.page.latest_revision_id = started
        view.latest_revision_created_at = request.POST.get("loaded_revision_created_at")
        context = view.get_context_data() | {
            "theirs": theirs,
            "theirs_url": _compare_url(view.page, started, theirs),
            "write_over": WRITE_OVER,
            "newest": self.newest,
        }
        return TemplateResponse(request, "cms/edit_stale.html", context, status=409)


def _started_from(request: "HttpRequest", page: Page) -> int | None:
    """The version that the form was made from; None where it is gone or was never said."""
    said = request.POST.get("overwrite_revision_id") or request.POST.get(
        "loaded_revision_id", ""
    )
    known = page.revisions.filter(pk=said) if said.isdecimal() else ()
    return int(said) if known else None


def _compare_url(page: Page, started: int | None, theirs: Any) -> str:
    if started is None or started == theirs.pk:
        return reverse("wagtailadmin_pages:revisions_view", args=[page.pk, theirs.pk])
    return reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, started, theirs.pk]
    )


class HintsSidePanel(BaseSidePanel):
    """What the editor may want to look at again, beside the form."""

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


class EditPage(NeverUnasked, EditView):
    """The edit form of a page, with hints beside it."""

    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.append(HintsSidePanel(self.page, self.request))
        return panels

    def submit_action(self) -> "HttpResponseBase":
        """Who asks others to read hears what they might stumble over; nothing is blocked."""
        response: HttpResponseBase = super().submit_action()
        weighty = [
            hint
            for hint in hints_for(text_of(self.page))
            if hint.weight == Weight.SHOULD
        ]
        if weighty:
            messages.warning(
                self.request,
                ngettext(
                    "One thing to look at while others read: {first}.",
                    "{count} things to look at while others read. The first: {first}.",
                    len(weighty),
                ).format(count=len(weighty), first=weighty[0].about),
                buttons=[messages.button(self.get_edit_url(), gettext("See hints"))],
            )
        return response

    def save_action(self) -> "HttpResponseBase":
        """What a reviewer changes is from then on what the others review."""
        response: HttpResponseBase = super().save_action()
        state = self.page.current_workflow_task_state
        if state is not None:
            TaskState.objects.filter(
                pk=state.pk, status=TaskState.STATUS_IN_PROGRESS
            ).update(revision=self.page.latest_revision_id)
        return response

    def perform_workflow_action(self) -> "HttpResponseBase":
        """Who changes a text while approving it keeps the change and leaves the approval
        to somebody else."""
        if self.workflow_action == "approve" and self.has_content_changes:
            messages.warning(
                self.request,
                gettext(
                    "Your changes are kept. As they are your own words now, somebody else "
                    "reads and approves them."
                ),
            )
            response: HttpResponseBase = self.save_action()
        else:
            response = super().perform_workflow_action()
        return response


class RevertPage(NeverUnasked, RevisionsRevertView):
    """The edit form filled from an older version on purpose."""


edit_page = require_admin_access(EditPage.as_view())
revert_page = require_admin_access(RevertPage.as_view())
