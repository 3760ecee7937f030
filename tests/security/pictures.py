"""Pictures as phones write them: the place, the time and the owner stand in them."""

import io
import struct
import zlib
from typing import Any

from PIL import Image as Picture
from PIL import ImageCms, PngImagePlugin

SECRET = b"4711 Secret Street"
ORIENTATION = 0x0112
DESCRIPTION = 0x010E
KINDS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]


# Made once, because it contains the time.
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def exif() -> Picture.Exif:
    made = Picture.Exif()
    made[ORIENTATION] = 6
    made[DESCRIPTION] = SECRET.decode()
    made[0x8825] = {1: "N", 2: (49.0, 15.0, 0.0), 3: "W", 4: (123.0, 6.0, 0.0)}
    return made


def photo(kind: str, frames: int = 1) -> bytes:
    """Return a picture with the secret in every place where the format has room for it."""
    first, *others = [_colours(number) for number in range(frames)]
    options: dict[str, Any] = {
        "exif": exif().tobytes(),
        "xmp": b"<x>" + SECRET + b"</x>",
    }
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", SECRET.decode())
        notes.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        options["pnginfo"] = notes
    if kind != "GIF":
        options["icc_profile"] = PROFILE
    if others:
        options |= {"save_all": True, "append_images": others}
    out = io.BytesIO()
    first.save(out, kind, comment=SECRET, **options)
    return out.getvalue() + (SECRET if kind in {"JPEG", "PNG", "GIF"} else b"")


def _colours(number: int) -> Picture.Image:
    return (
        Picture.linear_gradient("L").rotate(90 * number).resize((64, 48)).convert("RGB")
    )


def huge_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a small file that says it is a very large picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in (
            (b"IHDR", head),
            (b"IDAT", zlib.compress(bytes(3 * width * 10))),
            (b"IEND", b""),
        )
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
