"""Documents and their text."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument

from files.querysets import DocumentQuerySet

from .stored import IN_COLLECTION, StoredFile


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
    search_fields = [*AbstractDocument.search_fields, IN_COLLECTION]
    objects: ClassVar = DocumentQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        abstract = False
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = (("choose_document", "Can choose document"),)

    # True from the save of a new file until its job is enqueued.
    file_is_new = False

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
