from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Documents, images and media; who may fetch them."""

    name = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        # Models are loaded now, not before.
        from .actions import ask_for_text
        from .models import Document

        def read_what_is_new(instance: Document, **kwargs: Any) -> None:
            """A new file waits for the worker from the very transaction that keeps it."""
            if instance.file_is_new:
                instance.file_is_new = False
                ask_for_text(document=instance)

        post_save.connect(
            read_what_is_new, sender=Document, weak=False, dispatch_uid="files.text"
        )
