"""The look of the CMS."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def add_style_sheet() -> SafeString:
    """Load our style sheet after Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/cms.css"))
