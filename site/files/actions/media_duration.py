"""How long a recording is, where its file says so plainly; else the editor types it."""

import struct
import wave
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.core.files.base import File

LONG_FORM = 1  # the version of a header with 64-bit times


def seconds_of(file: "File") -> float:
    """The length in seconds of a WAV, MP4, M4A or MOV file; 0.0 where it is not known."""
    try:
        file.seek(0)
        head = file.read(12)
        file.seek(0)
        if head[:4] == b"RIFF":
            return _of_wave(file)
        if head[4:8] == b"ftyp":
            return _of_mp4(file)
    except (wave.Error, struct.error, EOFError, ValueError, ZeroDivisionError):
        return 0.0
    finally:
        file.seek(0)
    return 0.0


def _of_wave(file: "File") -> float:
    with wave.open(file.file or file, "rb") as sound:
        return float(sound.getnframes() / sound.getframerate())


def _of_mp4(file: "File") -> float:
    """From the movie header, ISO/IEC 14496-12, section 8.2.2."""
    end = _enter(file, b"moov", file.size or 0)
    if end is None or _enter(file, b"mvhd", end) is None:
        return 0.0
    version = file.read(4)[0]
    layout = ">16xIQ" if version == LONG_FORM else ">8xII"
    scale, duration = struct.unpack(layout, file.read(struct.calcsize(layout)))
    return float(duration / scale)


def _enter(file: Any, name: bytes, end: int) -> int | None:
    """Behind the head of the first box of that name; the place where the box ends."""
    while file.tell() + 8 <= end:
        begins = file.tell()
        size, kind = struct.unpack(">I4s", file.read(8))
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
        if kind == name:
            return end if size == 0 else min(end, begins + size)
        if size < 8:  # noqa: PLR2004  (its own head: a box cannot be shorter)
            return None
        file.seek(begins + size)
    return None
