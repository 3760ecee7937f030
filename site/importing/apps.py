from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportingConfig(AppConfig):
    """Bringing in a library that grew elsewhere: `manage.py import_library`."""

    name = "importing"
    verbose_name = _("Import")
