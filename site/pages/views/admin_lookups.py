"""Views of the CMS that look things up by what the query says, and ask who may see them."""

from typing import TYPE_CHECKING

from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.contrib.redirects.views import IndexView, process_import

from pages.access import redirects_shown_to, tags_shown_to
from pages.models import BasePage
from people.viewer import keys_among

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from wagtail.contrib.redirects.models import Redirect

TAGS_OFFERED = 10


@require_admin_access
def suggest_tags(
    request: "HttpRequest", app_name: str = "", model_name: str = ""
) -> JsonResponse:
    """Return tags that begin with a term, of what the editor may see; ours are of one kind."""
    term = request.GET.get("term", "")
    tags = tags_shown_to(request.user).filter(name__istartswith=term)
    names = tags.order_by("name").values_list("name", flat=True) if term else ()
    return JsonResponse(list(names[:TAGS_OFFERED]), safe=False)


class ChosenPages(ChosenMultipleView):
    """Describes the chosen pages, except those that are hidden from the editor."""

    def get(self, request: "HttpRequest") -> "HttpResponse":
        keys = keys_among(request.GET.getlist("id"))
        pages = BasePage.objects.filter(pk__in=keys).visible_in_cms_to(request.user)
        asked = request.GET.copy()
        asked.setlist("id", [str(pk) for pk in pages.values_list("pk", flat=True)])
        request.GET = asked  # type: ignore[assignment]
        response: HttpResponse = super().get(request)
        return response


class Redirects(IndexView):
    """Redirects, without those to pages that are hidden from the editor."""

    def get_base_queryset(self) -> "QuerySet[Redirect]":
        shown = redirects_shown_to(self.request.user)
        redirects: QuerySet[Redirect] = super().get_base_queryset()
        return redirects.filter(pk__in=shown.values("pk"))


@require_admin_access
def import_redirects(request: "HttpRequest") -> "HttpResponse":
    """Run the second step of an import; without the first, begin there."""
    if "input_format" not in request.session and "import_file_name" not in request.POST:
        return redirect("wagtailredirects:start_import")
    response: HttpResponse = process_import(request)
    return response


@require_admin_access
def nothing(request: "HttpRequest", app_label: str, model_name: str) -> "HttpResponse":
    """Answer with 404 at a URL of Wagtail that the site does not need."""
    raise Http404


chosen_pages = require_admin_access(ChosenPages.as_view())
redirects = require_admin_access(Redirects.as_view())
redirect_results = require_admin_access(Redirects.as_view(results_only=True))
