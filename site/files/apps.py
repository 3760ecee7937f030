from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Documents, images and media; who may fetch them."""

    name = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        # Models can be imported only here.
        from people import registry
        from people.access import Role

        from .actions import enqueue_text_extraction
        from .actions.personal_data import FilesData
        from .models import Document

        registry.allow_models(
            roles={Role.MODERATOR, Role.ADMINISTRATOR},
            models=["wagtailcore.collection"],
        )
        write, manage = {"add", "change"}, {"add", "change", "delete"}
        roles: dict[str, set[str]] = {
            Role.EDITOR: write,
            Role.MODERATOR: manage,
            Role.ADMINISTRATOR: manage,
        }
        registry.allow_in_collections(models=["files.media"], permissions=roles)
        registry.allow_in_collections(
            models=["files.document", "files.image"],
            permissions={role: {*verbs, "choose"} for role, verbs in roles.items()},
        )
        registry.register_personal_data(FilesData())

        def enqueue_new_file(instance: Document, **kwargs: Any) -> None:
            """Enqueue the extraction in the transaction that saves a new file."""
            if instance.file_is_new:
                instance.file_is_new = False
                enqueue_text_extraction(document=instance)

        post_save.connect(
            enqueue_new_file, sender=Document, weak=False, dispatch_uid="files.text"
        )
