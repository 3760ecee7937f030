"""Forms of the CMS for documents and recordings: what may come in, and what we know of it."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtailmedia.forms import BaseMediaForm

from .actions import seconds_of, why_refused
from .models import Document

if TYPE_CHECKING:
    from django.core.files.base import File


class CheckedFile:
    """A file that was just sent has to be what its name says."""

    cleaned_data: dict[str, Any]

    def clean_file(self) -> "File | None":
        file: File | None = self.cleaned_data.get("file")
        is_new = file is not None and not getattr(file, "_committed", False)
        if file is not None and is_new and (reason := why_refused(file)):
            raise ValidationError(reason, code="refused")
        return file


class DocumentForm(CheckedFile, BaseDocumentForm):
    """A document. Beside its file stands whether its text could be read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        document = self.instance
        if isinstance(document, Document) and document.pk and "file" in self.fields:
            self.fields["file"].help_text = document.extraction_message


class MediaForm(CheckedFile, BaseMediaForm):
    """Sound or video. Its length is taken from the file where it is not typed."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        file = cleaned.get("file")
        if (
            file
            and not cleaned.get("duration")
            and not getattr(file, "_committed", False)
        ):
            cleaned["duration"] = seconds_of(file)
        return cleaned
