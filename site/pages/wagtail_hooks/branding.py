"""How the CMS looks: the house's colours and its door."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    """After Wagtail's own style sheet, so that ours counts."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/cms.css"))
