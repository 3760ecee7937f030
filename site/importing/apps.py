from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportingConfig(AppConfig):
    """Import a library from another site: `manage.py import_library`."""

    name = "importing"
    verbose_name = _("Import")
