"""Answer malformed requests with 400 or 404 where Wagtail's views would break.

Wagtail's views convert ids and counts of the query, the form and some paths without
checking them, since its own pages never send others. Whatever is changed by hand, cut off
by a mail program or left by an older version of a page would be a server error.
"""

import logging
import traceback
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.core.paginator import InvalidPage
from django.db import DataError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.views.defaults import bad_request, page_not_found
from wagtail.admin.views.generic.chooser import CreateViewMixin, CreationFormMixin

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, QueryDict
    from django.http.response import HttpResponseBase

log = logging.getLogger(__name__)

# SQLite and PostgreSQL store 64 bits.
LARGEST_ID = 2**63 - 1
# Wagtail's views convert these, and reverse addresses with them.
NUMBERS = ("parent_page_id", "p")
LONGEST_NUMBER = 18
# From any of these a chooser makes its form for a new thing.
FORM_SOURCES = ("creation_form_class", "form_fields", "exclude_form_fields")


class MalformedRequestMiddleware:
    """Refuse ids and names that no database can hold, and what Wagtail's views cannot read.

    In the CMS a view may still fail at a value of the request. Such an error is logged with
    its traceback and answered with 400, or 404 if a row is missing. What others depend on is
    not deleted, and the user is told. All other errors stay server errors.
    """

    def __init__(
        self, get_response: "Callable[[HttpRequest], HttpResponseBase]"
    ) -> None:
        self.get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponseBase":
        return self.get_response(request)

    def process_view(
        self,
        request: "HttpRequest",
        view: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        if not all(map(_fits_in_a_database, (*args, *kwargs.values()))):
            raise Http404
        if _is_for_cms(request):
            _refuse_malformed(request)
            if _creates_nothing(view):
                raise Http404

    def process_exception(
        self, request: "HttpRequest", error: Exception
    ) -> "HttpResponseBase | None":
        if not _is_for_cms(request):
            return None
        if isinstance(error, ProtectedError | RestrictedError):
            return _refuse_deletion(request, error)
        if isinstance(error, ObjectDoesNotExist | InvalidPage):
            log.warning("%s names what is not there.", request.path, exc_info=error)
            return page_not_found(request, error)
        if not _comes_from_values(error):
            return None
        log.warning("The request to %s is malformed.", request.path, exc_info=error)
        return bad_request(request, error)


def _is_for_cms(request: "HttpRequest") -> bool:
    return (
        request.resolver_match is not None
        and request.resolver_match.route.startswith("cms/")
    )


def _fits_in_a_database(value: Any) -> bool:
    """Return whether a value of the path can be asked for; PostgreSQL takes no zero byte."""
    if isinstance(value, int):
        return value <= LARGEST_ID
    return not (isinstance(value, str) and "\0" in value)


def _refuse_malformed(request: "HttpRequest") -> None:
    """Raise BadRequest for values that Wagtail's views would break on."""
    sent: tuple[QueryDict, ...] = (request.GET,)
    if request.method == "POST":
        sent = (request.GET, request.POST)
    for values in sent:
        if any("\0" in value for name in values for value in values.getlist(name)):
            message = "A value holds a zero byte."
            raise BadRequest(message)
        for name in NUMBERS:
            if not _is_number(values.get(name, "0")):
                message = f"{name} is no number."
                raise BadRequest(message)
        if (after := values.get("next")) and not after.startswith("/"):
            message = "next is no path of this site."
            raise BadRequest(message)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _creates_nothing(view: Any) -> bool:
    """Whether it is the view of a chooser in which nothing can be created."""
    kind = getattr(view, "view_class", None)
    if kind is None or not issubclass(kind, CreateViewMixin):
        return False
    if kind.get_creation_form_class is not CreationFormMixin.get_creation_form_class:
        return False
    given = view.view_initkwargs
    return all(given.get(name, getattr(kind, name)) is None for name in FORM_SOURCES)


def _refuse_deletion(
    request: "HttpRequest", error: "ProtectedError | RestrictedError"
) -> "HttpResponseBase":
    """Return to the question, with a sentence about what depends on the thing.

    It names kinds, not things, since the user may not be allowed to see them.
    """
    if isinstance(error, ProtectedError):
        depending = error.protected_objects
    else:
        depending = error.restricted_objects
    kinds = sorted({str(each._meta.verbose_name) for each in depending})
    messages.error(
        request,
        _("Not deleted, because something depends on it: %(kinds)s.")
        % {"kinds": ", ".join(kinds)},
    )
    return redirect(request.path)


def _comes_from_values(error: Exception) -> bool:
    """Return whether an error was caused by a value that a database field cannot hold."""
    if isinstance(error, MultiValueDictKeyError | DataError | OverflowError):
        return True
    if not isinstance(error, ValueError | TypeError):
        return False
    last = traceback.extract_tb(error.__traceback__)[-1]
    return last.name in {"get_prep_value", "to_python"}
