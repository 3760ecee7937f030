"""Write the documents and pictures of a library."""

from django.core.files import File
from django.db import models, transaction

from files.actions import clean_picture, upload_error
from files.models import Document, Image, checksum_of
from importing.library import Library, LibraryFile

from .ledger import Ledger


class RefusedFileError(Exception):
    """A file breaks the rules for uploads; the message is a sentence."""


def write_file(file: LibraryFile, library: Library, ledger: Ledger) -> str:
    """Import one file; return "created", "updated" or "unchanged".

    The same bytes change nothing. Other bytes under the same name create a new document,
    to which texts link from then on. Raises RefusedFileError or PictureError if an upload of
    the file would be refused too.
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
    thing: Image | Document
    if file.is_picture:
        picture = clean_picture(content)
        thing = Image(title=file.title, file=picture, licence=library.licence)
    elif error := upload_error(content):
        raise RefusedFileError(error)
    else:
        thing = Document(title=file.title, file=content, licence=library.licence)
    thing.save()
    return thing
