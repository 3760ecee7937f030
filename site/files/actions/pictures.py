"""Remove the metadata of pictures: where and when they were taken, by whom, with what.

A program that runs apart from the site decodes each picture and writes it again.
"""

import json
import signal
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from files.models import Image, Media, checksum_of

if TYPE_CHECKING:
    from django.core.files.base import File

CLEANER = Path(__file__).with_name("picture_cleaner.py")
SECONDS = 30
_TIME_IS_OVER = {-signal.SIGXCPU, -signal.SIGKILL}
KINDS = {
    "avif": "avif",
    "gif": "gif",
    "jpeg": "jpeg",
    "jpg": "jpeg",
    "png": "png",
    "webp": "webp",
}
_FAILURES = {
    "other": _(
        "Its name ends in “.{extension}”, but it contains something else, or it is "
        "damaged. Save it again as that kind of picture."
    ),
    "broken": _(
        "This picture may be damaged: we could not open it. Open it yourself and save it "
        "again."
    ),
    "too-large": _(
        "This picture has too many pixels. The limit is 100 million, with all frames of an "
        "animation. Make it smaller and upload it again."
    ),
    "too-slow": _(
        "This picture takes too long to read. Make it smaller and upload it again."
    ),
}


class PictureError(Exception):
    """A picture is refused; the message is a sentence for the person who uploads it."""


class CleanPicture(ContentFile):
    """A picture without metadata, as the picture cleaner wrote it."""


def clean_picture(file: "File") -> CleanPicture:
    """Return the picture without metadata. Raises PictureError if it is refused."""
    name = Path(file.name or "").name
    extension = name.rpartition(".")[2].lower()
    if refused := _refusal(file, extension):
        raise PictureError(refused)
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder) / "source", Path(folder) / "result"
        file.seek(0)
        with source.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        if failed := _run(source, KINDS[extension], result):
            raise PictureError(_FAILURES[failed].format(extension=extension))
        return CleanPicture(result.read_bytes(), name=name)


def _refusal(file: "File", extension: str) -> Any:
    most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if extension not in KINDS:
        return _("We do not accept pictures of this kind. We accept: {kinds}.").format(
            kinds=", ".join(KINDS)
        )
    if not file.size:
        return _("This file is empty.")
    if file.size > most:
        return _("This file is too large. The limit is {most}.").format(
            most=filesizeformat(most)
        )
    return ""


def _run(source: Path, kind: str, result: Path) -> str:
    """Run the picture cleaner; return the code of what failed, or nothing."""
    try:
        # The arguments are ours: no part of them comes from outside.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(CLEANER), str(source), kind, str(result)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "too-slow"
    if done.returncode:  # it ran into a limit, or the decoder crashed
        return "too-slow" if done.returncode in _TIME_IS_OVER else "broken"
    return str(json.loads(done.stdout).get("failed", ""))


def clean_new_picture(item: Image | Media) -> None:
    """Remove the metadata of a picture that is about to be stored with the item.

    Forms and imports do so earlier, to say what is wrong; here it holds for everything.
    Raises PictureError.
    """
    name = "file" if isinstance(item, Image) else "thumbnail"
    stored = getattr(item, name)
    if not stored or stored._committed:
        return
    if not isinstance(stored.file, CleanPicture):
        setattr(item, name, clean_picture(stored.file))
    if isinstance(item, Image):
        item.cleaned = True
        item.checksum = checksum_of(item.file)


def clean_stored_picture(*, image: Image) -> None:
    """Replace the file of an image by one without metadata, under a new name.

    The former file and its renditions are deleted once the change is committed. Raises
    PictureError, and changes nothing, if the picture cannot be read.
    """
    former, storage = image.file.name, image.file.storage
    with storage.open(former, "rb") as file:
        image.file = clean_picture(file)
    image.file_size = image.file.size
    image.file_hash = ""
    image.save()
    image.renditions.all().delete()
    transaction.on_commit(partial(storage.delete, former))
