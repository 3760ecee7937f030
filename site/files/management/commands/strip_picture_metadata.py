"""The command `manage.py strip_picture_metadata`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from files.actions import PictureError, clean_stored_picture
from files.models import Image


class Command(BaseCommand):
    """Remove the metadata of pictures that were stored with it; idempotent."""

    help = "Remove the metadata (place, time, camera) of pictures stored before."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for image in list(Image.objects.filter(cleaned=False).order_by("pk")):
            try:
                with transaction.atomic():
                    clean_stored_picture(image=image)
                done += 1
            except (PictureError, OSError) as error:
                self.stderr.write(f"{image.pk}: {error}")
        words = ngettext(
            "{count} picture was stored again without metadata.",
            "{count} pictures were stored again without metadata.",
            done,
        )
        self.stdout.write(words.format(count=done))
        left = Image.objects.filter(cleaned=False).count()
        if left:
            self.stdout.write(_("{count} could not be read.").format(count=left))
