"""Dates of a session in the CMS, and the form that starts a session."""

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from . import actions
from .access import may_start_session, session_in_cms, why_dates_are_locked
from .forms import NewSessionForm, OccurrenceForm
from .models import Occurrence, SessionPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

_forms = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def dates(request: "HttpRequest", page_id: int) -> "HttpResponse":
    """List the dates of a session, with links to change them."""
    session = _session_or_404(request, page_id)
    context = {
        "dates": session.dates,
        "locked": why_dates_are_locked(request.user, session),
    }
    return _page(request, session, "dates", _("Dates"), context)


@_forms
def add_date(request: "HttpRequest", page_id: int) -> "HttpResponse":
    """Plan another date; the form starts where the last date took place."""
    session = _session_or_404(request, page_id)
    if refused := _refuse_if_locked(request, session):
        return refused
    known = session.dates
    initial = OccurrenceForm.values_like(known[-1]) if known else {}
    form = OccurrenceForm(_posted(request), initial=initial)
    if _acted(
        form,
        lambda: actions.plan_occurrence(
            session=session, details=form.details(), by=_user(request)
        ),
    ):
        return _back(request, session, _("The date is added."))
    return _page(request, session, "date_form", _("Add a date"), {"form": form})


@_forms
def edit_date(request: "HttpRequest", page_id: int, public_id: str) -> "HttpResponse":
    """Change a date."""
    session = _session_or_404(request, page_id)
    if refused := _refuse_if_locked(request, session):
        return refused
    occurrence = _occurrence_or_404(session, public_id)
    form = OccurrenceForm(
        _posted(request), initial=OccurrenceForm.values_of(occurrence)
    )
    if _acted(
        form,
        lambda: actions.change_occurrence(
            occurrence=occurrence, details=form.details(), by=_user(request)
        ),
    ):
        return _back(request, session, _("The date is saved."))
    context = {"form": form, "date": occurrence}
    return _page(request, session, "date_form", _("Change a date"), context)


@_forms
def cancel_date(request: "HttpRequest", page_id: int, public_id: str) -> "HttpResponse":
    """Ask whether to cancel a date, and cancel it."""
    session = _session_or_404(request, page_id)
    if refused := _refuse_if_locked(request, session):
        return refused
    occurrence = _occurrence_or_404(session, public_id)
    if request.method == "POST":
        actions.cancel_occurrence(occurrence=occurrence, by=_user(request))
        return _back(request, session, _("The date is cancelled."))
    context = {"date": occurrence}
    return _page(request, session, "cancel_date", _("Cancel a date"), context)


@require_http_methods(["POST"])
def reinstate_date(
    request: "HttpRequest", page_id: int, public_id: str
) -> "HttpResponse":
    """Undo the cancellation of a date."""
    session = _session_or_404(request, page_id)
    if refused := _refuse_if_locked(request, session):
        return refused
    occurrence = _occurrence_or_404(session, public_id)
    try:
        actions.reinstate_occurrence(occurrence=occurrence, by=_user(request))
    except actions.OccurrenceError as error:
        messages.error(request, str(error))
        return redirect("session_dates:list", session.pk)
    return _back(request, session, _("The date takes place after all."))


@_forms
def new_session(request: "HttpRequest", parent: "Page") -> "HttpResponse":
    """Ask for title, kind, first date and place, and create the draft with its date."""
    if not may_start_session(request.user, parent):
        raise Http404
    form = NewSessionForm(_posted(request))
    if form.is_valid():
        session = actions.start_session(
            parent=parent,
            title=form.cleaned_data["title"],
            session_format=form.cleaned_data["session_format"],
            details=form.details(),
            by=_user(request),
        )
        said = _("The draft of “{title}” is saved. Now write the rest.")
        messages.success(request, said.format(title=session.title))
        return redirect("wagtailadmin_pages:edit", session.pk)
    context = {
        "form": form,
        "page_title": _("New session"),
        "page_subtitle": parent.get_admin_display_title(),
        "header_icon": "date",
        "parent": parent,
    }
    return TemplateResponse(request, "learning/sessions/cms/new_session.html", context)


def _session_or_404(request: "HttpRequest", page_id: int) -> SessionPage:
    session = session_in_cms(request.user, page_id)
    if session is None:
        raise Http404
    return session


def _occurrence_or_404(session: SessionPage, public_id: str) -> Occurrence:
    return get_object_or_404(Occurrence, session=session, public_id=public_id)


def _refuse_if_locked(
    request: "HttpRequest", session: SessionPage
) -> "HttpResponse | None":
    if reason := why_dates_are_locked(request.user, session):
        messages.error(request, reason)
        return redirect("session_dates:list", session.pk)
    return None


def _posted(request: "HttpRequest") -> Any:
    return request.POST if request.method == "POST" else None


def _user(request: "HttpRequest") -> Any:
    return request.user


def _acted(form: "Form", act: "Callable[[], object]") -> bool:
    """Run the action if the form is valid; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except actions.OccurrenceError as error:
        form.add_error(None, str(error))
        return False
    return True


def _back(request: "HttpRequest", session: SessionPage, said: str) -> "HttpResponse":
    messages.success(request, said)
    return redirect("session_dates:list", session.pk)


def _page(
    request: "HttpRequest",
    session: SessionPage,
    template: str,
    title: str,
    context: dict[str, Any],
) -> TemplateResponse:
    """Render a page of the CMS about the dates of a session."""
    common = {
        "session": session,
        "page_title": title,
        "page_subtitle": session.get_admin_display_title(),
        "header_icon": "date",
    }
    return TemplateResponse(
        request, f"learning/sessions/cms/{template}.html", common | context
    )
