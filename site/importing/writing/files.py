"""Write the documents and pictures of a library."""

from django.core.files import File
from django.db import models, transaction

from files.models import Document, Image, checksum_of
from importing.library import Library, LibraryFile

from .ledger import Ledger


def write_file(file: LibraryFile, library: Library, ledger: Ledger) -> str:
    """Import one file; return "created", "updated" or "unchanged".

    The same bytes change nothing. Other bytes under the same name create a new document,
    to which texts link from then on.
    """
    item_id = f"file:{file.name}"
    with file.path.open("rb") as handle:
        content = File(handle, name=file.name)
        digest = checksum_of(content)
        row = ledger.rows.get(item_id)
        known = row is not None and ledger.key(item_id) is not None
        if row is not None and known and row.digest == digest:
            return "unchanged"
        with transaction.atomic():
            thing = _make(file, content, library)
            ledger.record([(item_id, thing, digest, digest)])
    return "updated" if known else "created"


def _make(file: LibraryFile, content: File, library: Library) -> models.Model:
    model = Image if file.is_picture else Document
    thing = model(title=file.title, file=content, licence=library.licence)
    thing.save()
    return thing
