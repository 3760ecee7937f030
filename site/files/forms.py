"""Forms of the CMS for documents, images and recordings."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from .access import VisibleFilesPolicy
from .actions import PictureError, clean_picture, read_duration, upload_error
from .models import Document, Media

if TYPE_CHECKING:
    from django.core.files.base import File


class CheckedFile:
    """Refuses a new file whose content is not what its name says."""

    cleaned_data: dict[str, Any]

    def clean_file(self) -> "File | None":
        file: File | None = self.cleaned_data.get("file")
        is_new = file is not None and not getattr(file, "_committed", False)
        if file is not None and is_new and (error := upload_error(file)):
            raise ValidationError(error, code="refused")
        return file


class DocumentForm(CheckedFile, BaseDocumentForm):
    """A document; says below the file field how the extraction of its text went."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        document = self.instance
        if isinstance(document, Document) and document.pk and "file" in self.fields:
            self.fields["file"].help_text = document.extraction_message


class PictureField(WagtailImageField):
    """A picture, which loses its metadata here; the web process does not decode it."""

    def to_python(self, data: Any) -> Any:
        file = FileField.to_python(self, data)
        if file is None:
            return None
        try:
            return clean_picture(file)
        except PictureError as error:
            raise ValidationError(str(error), code="refused") from error


class ImageForm(BaseImageForm):
    """An image."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget
            )


class MediaForm(CheckedFile, BaseMediaForm):
    """Audio or video; its length is read from a new file unless it is typed."""

    # Wagtailmedia's own policy offers the collections of all groups.
    permission_policy = VisibleFilesPolicy(
        Media, auth_model=Media, owner_field_name="uploaded_by_user"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["duration"]
        if self.instance.pk and not self.instance.duration:
            field.help_text = _("We could not read how long it is. Type it in seconds.")
        elif not self.instance.pk:
            field.help_text = _("Leave this empty: we read it from the file.")

    def clean_thumbnail(self) -> Any:
        still = self.cleaned_data.get("thumbnail")
        if not still or getattr(still, "_committed", False):
            return still
        try:
            return clean_picture(still)
        except PictureError as error:
            raise ValidationError(str(error), code="refused") from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        file = cleaned.get("file")
        if (
            file
            and not cleaned.get("duration")
            and not getattr(file, "_committed", False)
        ):
            cleaned["duration"] = read_duration(file)
        return cleaned
