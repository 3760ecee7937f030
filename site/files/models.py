"""Documents, images and media, each with licence, language and checksum."""

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index
from wagtailmedia.models import AbstractMedia

from people.models import PublicIdField

from .querysets import DocumentQuerySet, ImageQuerySet, MediaQuerySet

if TYPE_CHECKING:
    from django.core.files.base import File


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


# A search in the CMS is filtered by collections that the editor may see.
IN_COLLECTION = index.RelatedFields("collection", [index.FilterField("path")])


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


class Document(StoredFile, AbstractDocument):
    """A file to download. A job extracts its text for search."""

    class Extraction(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Text extracted")
        EMPTY = "empty", _("No text")
        FAILED = "failed", _("Failed")

    description = models.TextField(
        _("description"),
        max_length=400,
        blank=True,
        help_text=_("One sentence: what it is, and what it is for."),
    )
    page_count = models.PositiveIntegerField(null=True, editable=False)
    extraction = models.CharField(
        max_length=10,
        choices=Extraction.choices,
        default=Extraction.WAITING,
        editable=False,
    )
    extraction_error = models.CharField(max_length=200, blank=True, editable=False)

    tags = TaggableManager(
        blank=True, related_name="library_documents", verbose_name=_("tags")
    )
    admin_form_fields = (
        "title",
        "file",
        "description",
        "licence",
        "language",
        "collection",
        "tags",
    )
    objects: ClassVar = DocumentQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        abstract = False
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = (("choose_document", "Can choose document"),)

    # True from the save of a new file until its job is enqueued.
    file_is_new = False
    search_fields = [*AbstractDocument.search_fields, IN_COLLECTION]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.file_is_new = True
            self.extraction = self.Extraction.WAITING
            self.extraction_error = ""
        super().save(*args, **kwargs)

    @property
    def extraction_message(self) -> Any:
        """How the extraction of its text went, in a sentence for editors."""
        if self.extraction == self.Extraction.FAILED:
            return _FAILURES.get(self.extraction_error, _FAILURES["broken"])
        return _STATES[self.Extraction(self.extraction)]

    @property
    def url(self) -> str:
        """The URL of the view that checks access."""
        return reverse("files:document", args=[self.public_id, self.filename])


_STATES = {
    Document.Extraction.WAITING: _(
        "Its text is being extracted. Search will find it soon."
    ),
    Document.Extraction.DONE: _("Search finds the text in it."),
    Document.Extraction.EMPTY: _(
        "It contains no text, perhaps because it was scanned. People who use a screen "
        "reader cannot read it, and search finds only its title and description."
    ),
}
_FAILURES = {
    "encrypted": _("It is protected by a password, so search finds only its title."),
    "broken": _(
        "It may be damaged: we could not open it. Open it yourself and save it again."
    ),
    "too-large": _("It is too large to read. Search finds only its title."),
    "too-slow": _("It took too long to read. Search finds only its title."),
    "kind": _("We cannot read text from this kind of file."),
    "lost": _("The file is missing. Upload it again."),
}


class DocumentText(models.Model):
    """The text of one page, slide or sheet of a document, for search."""

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="texts"
    )
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("document", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "number"), name="files_text_page_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document}, {self.number}"


class Image(StoredFile, AbstractImage):
    """An image. Its description is the default alternative text."""

    tags = TaggableManager(
        blank=True, related_name="library_images", verbose_name=_("tags")
    )
    admin_form_fields = (
        "title",
        "file",
        "description",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [*AbstractImage.search_fields, IN_COLLECTION]
    objects: ClassVar = ImageQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        abstract = False
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = (("choose_image", "Can choose image"),)


class Rendition(AbstractRendition):
    """An image in one size."""

    image = models.ForeignKey(
        Image, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"),
                name="files_rendition_once",
            ),
        )


class Media(StoredFile, AbstractMedia):
    """Audio or video."""

    tags = TaggableManager(
        blank=True, related_name="library_media", verbose_name=_("tags")
    )
    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "width",
        "height",
        "thumbnail",
        "licence",
        "language",
        "tags",
    )
    search_fields = [*AbstractMedia.search_fields, IN_COLLECTION]
    objects: ClassVar = MediaQuerySet.as_manager()

    class Meta(AbstractMedia.Meta):
        abstract = False
        verbose_name = _("audio or video")
        verbose_name_plural = _("audio and video")
