"""Asks and endorsements of a policy statement in the CMS."""

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from . import actions
from .access import may_change_facts
from .forms import AskForm, EndorsementForm, MoveForm
from .models import Ask, Endorsement, StatementPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LIST = "knowledge_statements:facts"


def _404_once_removed(
    view: "Callable[..., HttpResponse]",
) -> "Callable[..., HttpResponse]":
    """Answer 404 where somebody else removes the ask or endorsement at the same moment."""

    @wraps(view)
    def found(*args: Any, **kwargs: Any) -> "HttpResponse":
        try:
            return view(*args, **kwargs)
        except (Ask.DoesNotExist, Endorsement.DoesNotExist):
            raise Http404 from None

    return found


def list_facts(request: "HttpRequest", page_id: int) -> "HttpResponse":
    """List the asks and endorsements of a statement."""
    statement = _statement(request, page_id)
    context = {
        "statement": statement,
        "asks": statement.asks.all(),
        "endorsements": statement.endorsements.select_related("organization"),
        "may_change": may_change_facts(request.user, statement),
        "page_title": _("Asks and endorsements"),
        "page_subtitle": statement.get_admin_display_title(),
    }
    return TemplateResponse(request, "knowledge/statements/cms/facts.html", context)


@_404_once_removed
def edit_ask(
    request: "HttpRequest", page_id: int, public_id: str = ""
) -> "HttpResponse":
    """Add an ask, or change one."""
    statement = _changeable(request, page_id)
    ask = _ask(statement, public_id) if public_id else None
    form = AskForm(request.POST or None, instance=ask)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        if ask is None:
            actions.add_ask(statement=statement, user=request.user, **words)
        else:
            actions.change_ask(ask=ask, user=request.user, **words)
        return _saved(request, statement)
    title = _("Change this ask") if ask else _("Add an ask")
    return _form(request, statement, form, title, removed=ask)


@require_POST
@_404_once_removed
def move_ask(request: "HttpRequest", page_id: int, public_id: str) -> "HttpResponse":
    """Move an ask up or down; anything else moves nothing."""
    statement = _changeable(request, page_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        ask = _ask(statement, public_id)
        actions.move_ask(ask=ask, by=form.cleaned_data["by"], user=request.user)
    return redirect(LIST, page_id)


@require_POST
@_404_once_removed
def remove_ask(request: "HttpRequest", page_id: int, public_id: str) -> "HttpResponse":
    """Remove an ask."""
    statement = _changeable(request, page_id)
    actions.remove_ask(ask=_ask(statement, public_id), user=request.user)
    messages.success(request, _("The ask was removed. The history keeps its words."))
    return redirect(LIST, page_id)


@_404_once_removed
def edit_endorsement(
    request: "HttpRequest", page_id: int, public_id: str = ""
) -> "HttpResponse":
    """Record an endorsement, or correct its date."""
    statement = _changeable(request, page_id)
    endorsement = _endorsement(statement, public_id) if public_id else None
    form = EndorsementForm(
        request.POST or None, instance=endorsement, statement=statement
    )
    if request.method == "POST" and form.is_valid():
        try:
            _save_endorsement(request, statement, endorsement, form.cleaned_data)
        except actions.AlreadyEndorsedError:
            form.add_error("organization", _("It endorses this statement already."))
        else:
            return _saved(request, statement)
    title = _("Change this endorsement") if endorsement else _("Add an endorsement")
    return _form(request, statement, form, title, removed=endorsement)


@require_POST
@_404_once_removed
def withdraw_endorsement(
    request: "HttpRequest", page_id: int, public_id: str
) -> "HttpResponse":
    """Withdraw an endorsement."""
    statement = _changeable(request, page_id)
    endorsement = _endorsement(statement, public_id)
    actions.withdraw_endorsement(endorsement=endorsement, user=request.user)
    messages.success(request, _("The endorsement was withdrawn."))
    return redirect(LIST, page_id)


def _save_endorsement(
    request: "HttpRequest",
    statement: StatementPage,
    endorsement: Endorsement | None,
    given: dict[str, Any],
) -> None:
    if endorsement is None:
        actions.endorse(statement=statement, user=request.user, **given)
        return
    day = given["endorsed_on"]
    actions.change_endorsement(
        endorsement=endorsement, endorsed_on=day, user=request.user
    )


def _statement(request: "HttpRequest", page_id: int) -> StatementPage:
    """Return the statement, drafts included; refuse a user who may not edit it.

    The gate of the CMS answers 404 first where the page is hidden from the user.
    """
    pages = StatementPage.objects.filter(alias_of=None)
    statement: StatementPage = get_object_or_404(pages, pk=page_id)
    if not statement.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return statement


def _changeable(request: "HttpRequest", page_id: int) -> StatementPage:
    statement = _statement(request, page_id)
    if not may_change_facts(request.user, statement):
        raise PermissionDenied
    return statement


def _ask(statement: StatementPage, public_id: str) -> Ask:
    return get_object_or_404(statement.asks, public_id=public_id)


def _endorsement(statement: StatementPage, public_id: str) -> Endorsement:
    rows = statement.endorsements.select_related("organization")
    return get_object_or_404(rows, public_id=public_id)


def _saved(request: "HttpRequest", statement: StatementPage) -> "HttpResponse":
    words = _("Saved. Readers see it now.") if statement.live else _("Saved.")
    messages.success(request, words)
    return redirect(LIST, statement.pk)


def _form(
    request: "HttpRequest",
    statement: StatementPage,
    form: Any,
    title: str,
    *,
    removed: Ask | Endorsement | None,
) -> "HttpResponse":
    context = {
        "statement": statement,
        "form": form,
        "page_title": title,
        "page_subtitle": statement.get_admin_display_title(),
        "ask": removed if isinstance(removed, Ask) else None,
        "endorsement": removed if isinstance(removed, Endorsement) else None,
    }
    return TemplateResponse(request, "knowledge/statements/cms/form.html", context)
