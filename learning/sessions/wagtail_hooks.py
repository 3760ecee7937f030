"""Series of sessions in the CMS."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Series


class SeriesViewSet(SnippetViewSet):
    model = Series
    icon = "date"
    menu_label = _("Series")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", "about"]
    search_fields = ["name"]


register_snippet(SeriesViewSet)
