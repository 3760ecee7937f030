"""Write a picture again without its metadata. A separate program, as for text.

    python -I picture_cleaner.py PATH KIND RESULT

Only its pixels, its orientation and its colour profile are written to RESULT. It prints one
JSON object: `{"width": 640, "height": 480}`, or `{"failed": "broken"}`. It runs separately,
with bounded memory, time and output, so that a hostile picture can only end it. The number
of pixels is known before any is decoded.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from PIL import Image, ImageSequence, UnidentifiedImageError

MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 20
MOST_BYTES = 100_000_000
#: All frames of an animation together.
MOST_PIXELS = 100_000_000
#: Larger pictures are made smaller, so that the web process can make renditions of all.
LONGEST_SIDE = 4096
DECODERS = {
    "jpeg": ["JPEG", "MPO"],
    "png": ["PNG"],
    "webp": ["WEBP"],
    "gif": ["GIF"],
    "avif": ["AVIF"],
}
# Of the others only the first frame is written: Wagtail reads no animated PNG, and Pillow
# crashes when it writes an animated AVIF.
ANIMATED = {"gif", "webp"}
ORIENTATION = 0x0112
TURNED = range(2, 9)
# What a decoder needs to show the picture; all other notes are metadata.
NEEDED = {
    "icc_profile",
    "transparency",
    "background",
    "loop",
    "duration",
    "progressive",
}
QUALITY: dict[str, dict[str, Any]] = {
    "jpeg": {"quality": 90},
    "webp": {"quality": 88},
    "avif": {"quality": 75, "speed": 8},
    "png": {},
    "gif": {},
}


class RefusedError(Exception):
    """The picture is not read; the only argument is the code of the reason."""


def clean(path: str, kind: str, result: str) -> tuple[int, int]:
    """Write the picture to `result` and return its size."""
    Image.MAX_IMAGE_PIXELS = None  # counted here, with all frames
    with Image.open(path, formats=DECODERS[kind]) as picture:
        _check_pixels(picture)
        options = {**QUALITY[kind], **_kept(picture, kind)}
        if kind == "webp":
            options["lossless"] = _is_lossless(path)
        if getattr(picture, "n_frames", 1) > 1 and kind in ANIMATED:
            size = _write_frames(picture, kind, result, options)
        else:
            size = _write_still(picture, kind, result, options)
    return size


def _check_pixels(picture: Image.Image) -> None:
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS or pixels * getattr(picture, "n_frames", 1) > MOST_PIXELS:
        raise RefusedError("too-large")


def _kept(picture: Image.Image, kind: str) -> dict[str, Any]:
    """Return what is written beside the pixels."""
    kept: dict[str, Any] = {}
    if profile := picture.info.get("icc_profile"):
        kept["icc_profile"] = profile
    if (turn := _orientation(picture)) and kind != "gif":
        exif = Image.Exif()
        exif[ORIENTATION] = turn
        kept["exif"] = exif.tobytes()
    return kept


def _orientation(picture: Image.Image) -> int | None:
    try:
        turn = picture.getexif().get(ORIENTATION)
    except Exception:  # metadata can be broken in any way
        return None
    return turn if turn in TURNED else None


def _write_still(
    picture: Image.Image, kind: str, result: str, options: dict[str, Any]
) -> tuple[int, int]:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    picture.info = {key: picture.info[key] for key in NEEDED & set(picture.info)}
    if picture.format == "JPEG":  # its own tables are used again
        options |= {"quality": "keep", "progressive": "progressive" in picture.info}
    picture.save(result, kind.upper(), **options)
    return picture.size


def _is_lossless(path: str) -> bool:
    """Return whether a WebP picture is stored without loss."""
    with Path(path).open("rb") as file:
        return b"VP8L" in file.read(4096)


def _write_frames(
    picture: Image.Image, kind: str, result: str, options: dict[str, Any]
) -> tuple[int, int]:
    frames, durations = [], []
    loop = picture.info.get("loop")
    for frame in ImageSequence.Iterator(picture):
        copy = frame.copy()
        copy.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        copy.info = {key: copy.info[key] for key in {"transparency"} & set(copy.info)}
        frames.append(copy)
        durations.append(frame.info.get("duration") or 100)
    if loop is not None:
        options["loop"] = loop
    first, *others = frames
    first.save(
        result, kind.upper(), save_all=True, append_images=others, duration=durations,
        **options,
    )  # fmt: skip
    return first.size


def limit_resources() -> None:
    """Limit memory, processor time and output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))


def main(path: str, kind: str, result: str) -> None:
    limit_resources()
    told: dict[str, Any]
    try:
        width, height = clean(path, kind, result)
        told = {"width": width, "height": height}
    except RefusedError as refused:
        told = {"failed": refused.args[0]}
    except UnidentifiedImageError:
        told = {"failed": "other"}
    except MemoryError:
        told = {"failed": "too-large"}
    except Exception:  # a broken picture can raise anything from a decoder
        told = {"failed": "broken"}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
