"""The asks and endorsements of a statement in its form, which only lists them."""

from typing import Any

from wagtail.admin.panels import Panel


class FactsPanel(Panel):
    """List the asks and endorsements, with a link to where they are changed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledge/statements/cms/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"statement": self.instance}
