"""Topics and audiences in the CMS."""

from typing import TYPE_CHECKING

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from pages.models import Audience, BasePage, Topic, TopicSelect, TopicTree

if TYPE_CHECKING:
    from django.db.models import QuerySet


class TopicIndex(IndexView):
    """The list of topics, in the order of the tree."""

    def get_base_queryset(self) -> "QuerySet[Topic]":
        walk = list(TopicTree.load().walk())
        positions = [
            When(pk=topic.pk, then=Value(n)) for n, (topic, _d) in enumerate(walk)
        ]
        depths = [When(pk=topic.pk, then=Value(depth)) for topic, depth in walk]
        shown = BasePage.objects.visible_in_cms_to(self.request.user)
        topics: QuerySet[Topic] = super().get_base_queryset()
        return topics.annotate(
            position=_case(positions, len(walk)),
            depth=_case(depths, 0),
            used=Count("pages", filter=Q(pages__in=shown), distinct=True),
        ).order_by("position")


def _case(whens: list[When], otherwise: int) -> Case:
    return Case(*whens, default=Value(otherwise), output_field=IntegerField())


class Topics(SnippetViewSet):
    model = Topic
    icon = "list-ul"
    menu_label = _("Topics")
    index_view_class = TopicIndex
    list_display = ["in_tree", Column("used", label=_("Pages"), accessor="used")]
    search_fields = ["name", "synonyms"]
    # Topics are few; the index would complete their names only, and knows no two columns.
    search_backend_name = None
    list_per_page = 200
    panels = [
        FieldPanel("name"),
        FieldPanel("parent", widget=TopicSelect),
        FieldPanel("summary"),
        FieldPanel("synonyms"),
        FieldPanel("slug"),
    ]


class Audiences(SnippetViewSet):
    model = Audience
    icon = "group"
    menu_label = _("Made for")
    search_fields = ["name"]


class AboutPages(SnippetViewSetGroup):
    """The menu of topics and audiences."""

    items = (Topics, Audiences)
    menu_label = _("Topics")
    menu_icon = "tag"
    menu_order = 300


register_snippet(AboutPages)
