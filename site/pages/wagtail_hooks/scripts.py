"""Start Wagtail's scripts without inline scripts, which the Content-Security-Policy forbids.

Choosers are rendered with a script that starts them. Here they are rendered with an element
that says what to start, and `cms/start.js` does it. Templates of pickers, rows and promoted
results in `templates/wagtailadmin`, `wagtailsearchpromotions` and `wagtailmedia` do the same.
"""

import json
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser
from wagtailmedia.widgets import AdminMediaChooser


@hooks.register("insert_global_admin_js")
def add_start_script() -> SafeString:
    """Load the script that starts the others, on every page of the CMS."""
    return format_html('<script src="{}"></script>', static("cms/start.js"))


def render_chooser(
    widget: BaseChooser,
    name: str,
    value: Any,
    attrs: dict[str, Any],
    renderer: Any = None,
) -> SafeString:
    """Render a chooser, and the element that starts its script."""
    shown = widget.get_value_data(value)
    options = widget.get_js_init_options(attrs["id"], name, shown)
    start = {
        "call": widget.js_constructor,
        "id": attrs["id"],
        "options": json.dumps(options),
    }
    return format_html(
        "{}{}",
        widget.render_html(name, shown, attrs),
        render_to_string("cms/start.html", start),
    )


BaseChooser.render = render_chooser
# These two are started by functions, which their classes name in their inline scripts only.
AdminMediaChooser.js_constructor = "createMediaChooser"
AdminTaskChooser.js_constructor = "createTaskChooser"
