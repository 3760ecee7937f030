"""Links to pages of this site that an editor types as an address."""

import json
from typing import TYPE_CHECKING

from django.core.exceptions import BadRequest
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.models import Page

from people.access import access_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class VisiblePagesLinkView(ExternalLinkView):
    """Turn the address of a page into a link to the page, if the editor may see it.

    Wagtail's view answers with the title of any page whose address is typed. The address of
    a hidden page stays an address, as if nothing was there.
    """

    def post(self, request: "HttpRequest") -> "HttpResponse":
        if f"{self.form_prefix}-url" not in request.POST:
            message = "The address is missing."
            raise BadRequest(message)
        response = super().post(request)
        answer = json.loads(response.content)
        page = (answer.get("internal") or answer.get("result") or {}).get("id")
        shown = Page.objects.filter(access_of(request.user).cms_page_q)
        if page is None or shown.filter(pk=page).exists():
            return response
        return self.render_chosen_response(self.get_result_data())
