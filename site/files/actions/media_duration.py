"""Read the length of a recording from its file."""

import math
from typing import TYPE_CHECKING, Any

from tinytag import TinyTag

if TYPE_CHECKING:
    from django.core.files.base import File

# No more of a file is read, so that a hostile one cannot hold the web process.
MOST_BYTES = 32 * 1024 * 1024
MOST_READS = 200_000
# Some files give the largest number there is as a sign for “unknown”.
MOST_SECONDS = 24 * 60 * 60


def read_duration(file: "File") -> float:
    """Return the length of an audio or video file in seconds; 0.0 if it cannot be read.

    Reads MP3, MP4, M4A, MOV, WAV, Ogg, Opus and FLAC; WebM does not say how long it is in a
    place that can be read cheaply.
    """
    try:
        file.seek(0)
        bounded: Any = _BoundedFile(file)
        seconds = TinyTag.get(file_obj=bounded, tags=False).duration or 0.0
    except Exception:  # a broken file can raise anything from a parser
        return 0.0
    finally:
        file.seek(0)
    return seconds if math.isfinite(seconds) and 0 < seconds <= MOST_SECONDS else 0.0


class _BoundedFile:
    """A file that raises OSError when it is read for too long."""

    def __init__(self, file: "File") -> None:
        self._file = file
        self._bytes_left, self._reads_left = MOST_BYTES, MOST_READS
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        self._reads_left -= 1
        if self._reads_left < 0 or self._bytes_left <= 0:
            msg = "The file is read for too long."
            raise OSError(msg)
        wanted = self._bytes_left if size < 0 else min(size, self._bytes_left)
        chunk: bytes = self._file.read(wanted)
        self._bytes_left -= len(chunk)
        return chunk
