"""What the form of a session shows of its dates."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class DatesPanel(Panel):
    """A list of the session's dates, with a link to where they are changed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "learning/sessions/cms/dates_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance
            if page.pk:
                context["url"] = reverse("session_dates:list", args=[page.pk])
            return context | {"dates": page.dates}
