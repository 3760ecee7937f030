"""The demonstration has no models; it creates rows of other apps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The demonstration community."""

    name = "demo"
    verbose_name = _("Demonstration")
