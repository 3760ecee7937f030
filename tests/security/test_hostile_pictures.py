"""Pictures that are made to hold or fill the web process, or to break it.

353 KB cost 7 seconds and 1.26 GB, because pictures were decoded in the web process; truncated
ones were an error of the server. Each gets a sentence now.
"""

import io
import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.models import Collection

from files.actions import PictureError, clean_picture
from files.actions.picture_cleaner import LONGEST_SIDE
from files.models import Image
from tests.factories import png
from tests.security.pictures import KINDS, huge_png, photo


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def answer_to(client: Any, name: str, content: bytes) -> str:
    """Upload a picture; return the text of the page that answers."""
    response = client.post(
        reverse("wagtailimages:add"),
        {
            "title": "A picture",
            "file": uploaded(name, content),
            "collection": Collection.get_first_root_node().pk,
        },
    )
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").get_text()


HOSTILE = [
    ("huge.png", huge_png(), "too many pixels"),
    ("half.jpg", photo("JPEG")[:500], "damaged"),
    ("half.png", photo("PNG")[:120], "damaged"),
    ("half.webp", photo("WEBP")[:300], "damaged"),
    ("half.avif", photo("AVIF")[:200], "contains something else, or it is damaged"),
    ("head.jpg", b"\xff\xd8\xff", "damaged"),
    ("page.png", b"<html><script>alert(1)</script>", "contains something else"),
    ("really-a-jpeg.png", photo("JPEG"), "contains something else"),
    ("script.js", b"alert(1)", "We do not accept pictures of this kind"),
    ("drawing.svg", b"<svg onload='x()'/>", "We do not accept pictures of this kind"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "words"),
    HOSTILE,
    ids=[name for name, _content, _words in HOSTILE],
)
def test_the_form_says_what_is_wrong_and_stores_nothing(
    client_of: Any, editor: Any, name: str, content: bytes, words: str
) -> None:
    began = time.process_time()
    assert words in answer_to(client_of(editor), name, content)
    assert time.process_time() - began < 2
    assert not Image.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_may_end_anywhere(kind: str) -> None:
    content, name = photo(kind), f"a.{kind.lower()}"
    for end in range(1, len(content) - 60, max(60, len(content) // 6)):
        try:
            clean_picture(uploaded(name, content[:end]))
        except PictureError:
            continue


def test_a_large_picture_is_made_smaller() -> None:
    out = io.BytesIO()
    Picture.new("L", (6000, 3000), 200).save(out, "JPEG")
    picture = clean_picture(uploaded("large.jpg", out.getvalue()))
    with Picture.open(picture) as read:
        assert read.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_an_animation_counts_all_its_frames() -> None:
    out = io.BytesIO()
    frames = [Picture.new("P", (3000, 3000), number) for number in range(12)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(PictureError, match="too many pixels"):
        clean_picture(uploaded("a.gif", out.getvalue()))


@pytest.mark.django_db
def test_what_is_too_large_is_refused_unread(
    client_of: Any, editor: Any, settings: Any
) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10
    assert "The limit is 10" in answer_to(client_of(editor), "a.png", png())
    assert "empty" in answer_to(client_of(editor), "a.png", b"")
