"""Extract the text of documents in a job, by a program that runs apart from the site."""

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
class Extracted:
    """The text of each page of a file, or the code of what failed."""

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


def enqueue_text_extraction(*, document: Document) -> None:
    """Enqueue the extraction; it runs if the current transaction is committed."""
    enqueue("files.jobs.extract_text_of", document.pk)


def extract_text(*, document: Document) -> Document.Extraction | None:
    """Store the text of the document page by page, and how the extraction went; idempotent.

    Return the new state, or None if the file was replaced meanwhile: the new file has a job
    of its own.
    """
    extracted = _extract(document)
    with transaction.atomic():
        unchanged = Document.objects.select_for_update().filter(
            pk=document.pk, checksum=document.checksum
        )
        found = unchanged.first()
        if found is None:
            return None
        _store(found, extracted)
    return extracted.state


def _store(document: Document, extracted: Extracted) -> None:
    document.texts.all().delete()
    DocumentText.objects.bulk_create(
        [
            DocumentText(document=document, number=number, text=text)
            for number, text in enumerate(extracted.texts, start=1)
            if text.strip()
        ],
        batch_size=500,
    )
    document.extraction = extracted.state
    document.extraction_error = extracted.failed
    document.page_count = extracted.page_count
    document.save(update_fields=["extraction", "extraction_error", "page_count"])


def _extract(document: Document) -> Extracted:
    extension = document.file_extension.lower()
    try:
        with tempfile.NamedTemporaryFile(suffix=f".{extension}") as copy:
            with document.file.storage.open(document.file.name, "rb") as file:
                for chunk in file.chunks():
                    copy.write(chunk)
            copy.flush()
            return _run(copy.name, extension)
    except OSError:
        return Extracted(failed="lost")


def _run(path: str, extension: str) -> Extracted:
    with tempfile.TemporaryFile() as out:
        try:
            # The arguments are ours: no part of them comes from outside.
            subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(EXTRACTOR), path, extension],
                stdout=out,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Extracted(failed="too-slow")
        out.seek(0)
        return _parse(out.read())


def _parse(output: bytes) -> Extracted:
    """Read the lines that the program wrote; without a last line it ran into its limits."""
    extracted, complete = Extracted(), False
    for line in output.splitlines():
        try:
            part: dict[str, Any] = json.loads(line)
        except ValueError:  # the program was killed while writing this line
            break
        if "text" in part:
            extracted.texts.append(part["text"])
        else:
            complete = True
            extracted.failed = part.get("failed", "")
            extracted.page_count = part.get("pages")
    if not complete:
        extracted.failed = "too-large"
    return extracted
