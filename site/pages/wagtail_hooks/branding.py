"""The style sheet and the scripts that we add to the CMS."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def add_style_sheet() -> SafeString:
    """Load our style sheet after Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/cms.css"))


@hooks.register("insert_editor_js")
def add_autosave_script() -> SafeString:
    """Load what Wagtail's autosave lacks."""
    return format_html('<script src="{}"></script>', static("cms/autosave.js"))
