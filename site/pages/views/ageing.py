"""The report of ageing pages, which names people as everything else does."""

from typing import TYPE_CHECKING, Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.users.utils import get_deleted_user_display_name

if TYPE_CHECKING:
    from django.db.models import QuerySet


class AgeingPagesView(AgingPagesView):
    """Ageing pages; Wagtail's own view shows the e-mail address of who published each."""

    def decorate_paginated_queryset(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Put the name of the last publisher on each page. One query."""
        pages: QuerySet[Any] = super().decorate_paginated_queryset(queryset)
        publishers = self.user_model.objects.in_bulk(
            [page.last_published_by for page in pages if page.last_published_by]
        )
        for page in pages:
            if pk := page.last_published_by:
                page.last_published_by_user = (
                    publishers[pk].get_full_name()
                    if pk in publishers
                    else get_deleted_user_display_name(user_id=pk)
                )
        return pages


ageing_pages = require_admin_access(AgeingPagesView.as_view())
ageing_pages_results = require_admin_access(AgeingPagesView.as_view(results_only=True))
