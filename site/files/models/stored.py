"""What documents, images and media have in common."""

import hashlib
import secrets
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from people.models import PublicIdField

if TYPE_CHECKING:
    from django.core.files.base import File


# A search in the CMS is filtered by collections that the editor may see.
IN_COLLECTION = index.RelatedFields("collection", [index.FilterField("path")])


class Licence(models.TextChoices):
    """What others may do with a file."""

    CC0 = "cc0", _("CC0: free to use, no conditions")
    CC_BY = "cc-by", _("CC BY 4.0: free to use, name the authors")
    CC_BY_SA = "cc-by-sa", _("CC BY-SA 4.0: name the authors, share alike")
    CC_BY_NC = "cc-by-nc", _("CC BY-NC 4.0: name the authors, not for profit")
    PUBLIC = "public-domain", _("Public domain")
    MEMBERS = "members", _("For members’ own services")
    RESERVED = "reserved", _("All rights reserved")


class Language(models.TextChoices):
    """Languages of content."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    OTHER = "other", _("Another language")


def checksum_of(file: "File") -> str:
    """Return the SHA-256 of the content as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


class StoredFile(models.Model):
    """What documents, images and media have in common."""

    public_id = PublicIdField()
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence.choices,
        blank=True,
        help_text=_("What others may do with it. Leave empty if you do not know yet."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=Language.choices, default=Language.ENGLISH
    )
    # Wagtail's own unused models would claim the same reverse accessors.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    checksum = models.CharField(
        max_length=64, blank=True, editable=False, db_index=True
    )

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        file: Any

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.checksum = checksum_of(self.file)
        super().save(*args, **kwargs)


def random_name(folder: str, filename: str) -> str:
    """Return a path in a folder that keeps nothing of a file name but its extension.

    URLs contain these paths, and the name of a file can tell what is on it.
    """
    return (
        f"{folder}/{secrets.token_hex(10)}{PurePosixPath(filename).suffix.lower()[:10]}"
    )
