"""The text of documents: asked for when a file is saved, read by the worker."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from files.models import Document, DocumentText
from operations.actions import enqueue

EXTRACTOR = Path(__file__).with_name("text_extractor.py")
SECONDS = 90


@dataclass
class Reading:
    """What came out of a file: its pages, or why there are none."""

    texts: list[str] = field(default_factory=list)
    page_count: int | None = None
    failed: str = ""

    @property
    def state(self) -> Document.Extraction:
        if self.failed:
            return Document.Extraction.FAILED
        if any(text.strip() for text in self.texts):
            return Document.Extraction.DONE
        return Document.Extraction.EMPTY


def ask_for_text(*, document: Document) -> None:
    """The worker reads the file; asked in the transaction that saves it, or not at all."""
    enqueue("files.jobs.read_text", document.pk)


def read_document(*, document: Document) -> Document.Extraction | None:
    """The text of the document is kept page by page, and its state says how that went.

    Repeating it gives the same rows. None where the file was replaced meanwhile: the new
    file has a job of its own.
    """
    reading = _read(document)
    with transaction.atomic():
        held = Document.objects.select_for_update().filter(
            pk=document.pk, checksum=document.checksum
        )
        found = held.first()
        if found is None:
            return None
        _keep(found, reading)
    return reading.state


def _keep(document: Document, reading: Reading) -> None:
    document.texts.all().delete()
    DocumentText.objects.bulk_create(
        [
            DocumentText(document=document, number=number, text=text)
            for number, text in enumerate(reading.texts, start=1)
            if text.strip()
        ],
        batch_size=500,
    )
    document.extraction = reading.state
    document.extraction_error = reading.failed
    document.page_count = reading.page_count
    document.save(update_fields=["extraction", "extraction_error", "page_count"])


def _read(document: Document) -> Reading:
    extension = document.file_extension.lower()
    try:
        with tempfile.NamedTemporaryFile(suffix=f".{extension}") as copy:
            with document.file.storage.open(document.file.name, "rb") as file:
                for chunk in file.chunks():
                    copy.write(chunk)
            copy.flush()
            return _run(copy.name, extension)
    except OSError:
        return Reading(failed="lost")


def _run(path: str, extension: str) -> Reading:
    with tempfile.TemporaryFile() as out:
        try:
            # Our own program, with a path that we made.
            subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(EXTRACTOR), path, extension],
                stdout=out,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Reading(failed="too-slow")
        out.seek(0)
        return _understood(out.read())


def _understood(said: bytes) -> Reading:
    reading, ended = Reading(), False
    for line in said.splitlines():
        try:
            part: dict[str, Any] = json.loads(line)
        except ValueError:  # it was ended in the middle of a line
            break
        if "text" in part:
            reading.texts.append(part["text"])
        else:
            ended = True
            reading.failed = part.get("failed", "")
            reading.page_count = part.get("pages")
    if not ended:  # by its bounds, or by the system
        reading.failed = "too-large"
    return reading
