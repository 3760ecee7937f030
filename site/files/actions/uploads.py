"""Which files may be uploaded: the content must be what the extension says."""

import zipfile
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.files.base import File

HEAD = 4096
OFFICE = {
    "docx": "word/",
    "pptx": "ppt/",
    "xlsx": "xl/",
}
OPEN_DOCUMENT = {"odt", "ods", "odp"}
# A file that is encrypted as a whole contains nothing but its encrypted package.
OPEN_PARTS = ("content.xml", "encrypted-package")
OLD_OFFICE = {"doc", "xls", "ppt"}
TEXT = {"txt", "md", "csv", "vtt", "html", "htm"}


def upload_error(file: "File") -> Any:
    """Return why the file is refused, as a sentence; empty if it is accepted."""
    name = (file.name or "").lower()
    extension = name.rpartition(".")[2] if "." in name else ""
    if (file.size or 0) == 0:
        return _("This file is empty.")
    if file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        most = filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        return _("This file is too large. The limit is {most}.").format(most=most)
    check = _CHECKS.get(extension)
    if check is None:
        return _("We do not accept files of this kind. We accept: {kinds}.").format(
            kinds=", ".join(sorted(_CHECKS))
        )
    if not _matches(check, file):
        return _(
            "Its name ends in “.{extension}”, but it contains something else. Save it "
            "again as that kind of file, or correct its name."
        ).format(extension=extension)
    return ""


def _matches(check: "Callable[[bytes, File], bool]", file: "File") -> bool:
    file.seek(0)
    try:
        return check(file.read(HEAD), file)
    finally:
        file.seek(0)


def _starts_with(*marks: bytes) -> "Callable[[bytes, File], bool]":
    return lambda head, file: head.startswith(marks)


def _is_pdf(head: bytes, file: "File") -> bool:
    return b"%PDF-" in head[:1024]


def _is_mp4(head: bytes, file: "File") -> bool:
    return head[4:8] == b"ftyp"


def _is_wave(head: bytes, file: "File") -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WAVE"


def _is_mp3(head: bytes, file: "File") -> bool:
    frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0  # noqa: PLR2004
    return head[:3] == b"ID3" or frame


def _is_text(head: bytes, file: "File") -> bool:
    return head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" not in head


def _contains_part(*parts: str) -> "Callable[[bytes, File], bool]":
    def check(head: bytes, file: "File") -> bool:
        if not head.startswith(b"PK\x03\x04"):
            return False
        try:
            names = zipfile.ZipFile(file.file or file).namelist()
        except (zipfile.BadZipFile, OSError, NotImplementedError):
            return False
        return any(name.startswith(parts) for name in names)

    return check


_CHECKS: "dict[str, Callable[[bytes, File], bool]]" = {
    "pdf": _is_pdf,
    "rtf": _starts_with(b"{\\rtf"),
    **{extension: _contains_part(part) for extension, part in OFFICE.items()},
    **dict.fromkeys(OPEN_DOCUMENT, _contains_part(*OPEN_PARTS)),
    **dict.fromkeys(OLD_OFFICE, _starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    **dict.fromkeys(TEXT, _is_text),
    **dict.fromkeys(("mp4", "m4v", "m4a", "mov"), _is_mp4),
    "mp3": _is_mp3,
    "wav": _is_wave,
    **dict.fromkeys(("ogg", "oga", "opus", "ogv"), _starts_with(b"OggS")),
    "webm": _starts_with(b"\x1aE\xdf\xa3"),
    "flac": _starts_with(b"fLaC"),
}
