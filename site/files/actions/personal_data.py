"""What the files store about a person: who uploaded them."""

from typing import TYPE_CHECKING, Any

from wagtail.models import UploadedFile

from people.actions import export_rows
from people.registry import PersonalData

if TYPE_CHECKING:
    from people.models import User


class FilesData(PersonalData):
    """Uploaded files stay when an account is closed: they belong to the community."""

    relations = (
        "files.Document.uploaded_by_user",
        "files.Image.uploaded_by_user",
        "files.Media.uploaded_by_user",
        "wagtailcore.UploadedFile.uploaded_by_user",
        # Wagtail's own models are installed, but hold no rows here.
        "wagtaildocs.Document.uploaded_by_user",
        "wagtailimages.Image.uploaded_by_user",
        "wagtailmedia.Media.uploaded_by_user",
    )

    def export(self, user: "User") -> dict[str, Any]:
        return export_rows(user=user, relations=self.relations)

    def erase(self, user: "User") -> None:
        """Delete uploads that the person began in the CMS and never finished."""
        UploadedFile.objects.filter(uploaded_by_user=user).delete()
