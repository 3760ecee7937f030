"""What the files store about a person: who uploaded them."""

from typing import TYPE_CHECKING, Any

from wagtail.models import UploadedFile

from files.models import Document, Image, Media
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
        """Return what the person uploaded: titles of documents that they may open today.

        A picture or recording is guarded by the pages that it is on, so its title is not told.
        """
        documents = Document.objects.filter(uploaded_by_user=user)
        visible = documents.visible_to(user)
        return {
            "documents_uploaded": {
                "rows": export_rows(visible, "created_at", "title"),
                "not_visible": documents.count() - visible.count(),
            },
            "images_uploaded": export_rows(
                Image.objects.filter(uploaded_by_user=user), "created_at"
            ),
            "media_uploaded": export_rows(
                Media.objects.filter(uploaded_by_user=user), "created_at"
            ),
            "uploads_unfinished": UploadedFile.objects.filter(
                uploaded_by_user=user
            ).count(),
        }

    def erase(self, user: "User") -> None:
        """Delete uploads that the person began in the CMS and never finished."""
        UploadedFile.objects.filter(uploaded_by_user=user).delete()
