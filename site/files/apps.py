from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Documents, images and media; who may fetch them."""

    name = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        # Models can be imported only here.
        from wagtail.models import Page

        from people import registry
        from people.access import Role

        from .actions import (
            clean_new_picture,
            enqueue_text_extraction,
            record_saved_page,
        )
        from .actions.personal_data import FilesData
        from .models import Document, Image, Media

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

        def clean(instance: Image | Media, **kwargs: Any) -> None:
            clean_new_picture(instance)

        for model in (Image, Media):
            pre_save.connect(
                clean, sender=model, weak=False, dispatch_uid=f"files.clean.{model}"
            )

        def record(
            instance: Any,
            update_fields: Any = None,
            *,
            raw: bool = False,
            **kwargs: Any,
        ) -> None:
            if isinstance(instance, Page) and not raw:
                record_saved_page(instance, fields=update_fields)

        post_save.connect(record, weak=False, dispatch_uid="files.pictures")
