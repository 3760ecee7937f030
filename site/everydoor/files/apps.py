from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Documents, images and media; who may fetch them."""

    name = "everydoor.files"
    label = "files"
    verbose_name = _("Files")
