"""A phone's photo on a public page tells where it was taken.

Everything but the pixels, the orientation and the colour profile is removed from the original
and from its renditions: on upload in every form, by import, and by a command for pictures
that were stored before.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image as Picture
from wagtail.models import Collection

from files.models import Image, Media
from importing.actions import import_library
from tests.factories import ImageFactory
from tests.importing.conftest import write_library
from tests.security.pictures import KINDS, ORIENTATION, PROFILE, SECRET, photo

pytestmark = pytest.mark.django_db
__all__ = ["write_library"]


def upload(client: Any, url: str, name: str, content: bytes, prefix: str = "") -> Any:
    fields = {
        f"{prefix}title": "Our house",
        f"{prefix}file": SimpleUploadedFile(name, content),
        f"{prefix}collection": Collection.get_first_root_node().pk,
    }
    return client.post(url, fields)


def stored(image: Any) -> bytes:
    with image.file.storage.open(image.file.name, "rb") as file:
        return bytes(file.read())


@pytest.mark.parametrize("kind", KINDS)
def test_only_orientation_and_colour_profile_are_left(
    client_of: Any, editor: Any, kind: str
) -> None:
    name = f"house.{kind.lower()}"
    upload(client_of(editor), reverse("wagtailimages:add"), name, photo(kind))
    content = stored(Image.objects.get())
    assert SECRET not in content
    with Picture.open(io.BytesIO(content)) as picture:
        assert picture.format == kind
        assert picture.size == (64, 48)
        if kind == "GIF":
            return
        assert dict(picture.getexif()) == {ORIENTATION: 6}
        assert picture.info["icc_profile"] == PROFILE
        assert "xmp" not in picture.info


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_keeps_its_frames_only(kind: str) -> None:
    image = ImageFactory(content=photo(kind, frames=3), filename=f"a.{kind.lower()}")
    content = stored(image)
    assert SECRET not in content
    with Picture.open(io.BytesIO(content)) as picture:
        assert picture.n_frames == 3


def test_a_rendition_has_none_either_and_stands_upright() -> None:
    image = ImageFactory(content=photo("JPEG"), filename="house.jpg")
    rendition = image.get_rendition("width-32|format-jpeg")
    assert SECRET not in stored(rendition)
    assert rendition.height > rendition.width


def test_the_chooser_and_the_upload_of_many_remove_it(
    client_of: Any, editor: Any
) -> None:
    client = client_of(editor)
    chooser = reverse("wagtailimages_chooser:create")
    upload(client, chooser, "a.jpg", photo("JPEG"), prefix="image-chooser-upload-")
    file = SimpleUploadedFile("b.jpg", photo("JPEG"))
    root = Collection.get_first_root_node().pk
    client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "b", "files[]": file, "collection": root},
    )
    assert Image.objects.count() == 2
    for image in Image.objects.all():
        assert SECRET not in stored(image)


def test_a_replaced_file_loses_it_too(client_of: Any, editor: Any) -> None:
    image = ImageFactory()
    url = reverse("wagtailimages:edit", args=[image.pk])
    upload(client_of(editor), url, "b.jpg", photo("JPEG"))
    image.refresh_from_db()
    assert image.file.name.endswith(".jpg")
    assert SECRET not in stored(image)


def test_the_still_of_a_recording_loses_it(client_of: Any, editor: Any) -> None:
    client_of(editor).post(
        reverse("wagtailmedia:add", args=["audio"]),
        {
            "title": "Tea",
            "file": SimpleUploadedFile("tea.mp3", b"ID3" + bytes(50)),
            "thumbnail": SimpleUploadedFile("still.jpg", photo("JPEG")),
            "collection": Collection.get_first_root_node().pk,
            "language": "en",
            "duration": "9",
        },
    )
    with Media.objects.get().thumbnail.open() as still:
        assert SECRET not in still.read()


def test_an_imported_picture_loses_it(write_library: Callable[..., Path]) -> None:
    folder = write_library()
    (folder / "files" / "house.jpg").write_bytes(photo("JPEG"))
    import_library(directory=folder)
    again = import_library(directory=folder)
    assert "updated" not in again.files
    assert SECRET not in stored(Image.objects.get(title="house"))


def test_a_command_removes_it_from_stored_pictures_once(capsys: Any) -> None:
    image, other = ImageFactory(), ImageFactory()
    storage = image.file.storage
    former = storage.save("original_images/house.jpg", ContentFile(photo("JPEG")))
    broken = storage.save("original_images/broken.jpg", ContentFile(b"\xff\xd8"))
    Image.objects.filter(pk=image.pk).update(file=former, cleaned=False)
    Image.objects.filter(pk=other.pk).update(file=broken, cleaned=False)
    Image.objects.get(pk=image.pk).get_rendition("width-20")
    call_command("strip_picture_metadata")
    image.refresh_from_db()
    assert SECRET not in stored(image)
    assert not image.renditions.exists()
    told = capsys.readouterr()
    assert "1 picture was stored again" in told.out
    assert "1 could not be read" in told.out
    assert str(other.pk) in told.err
    name = image.file.name
    call_command("strip_picture_metadata")
    image.refresh_from_db()
    assert image.file.name == name
    assert "0 pictures were stored again" in capsys.readouterr().out


def test_the_cms_takes_no_profile_pictures(client_of: Any, editor: Any) -> None:
    page = client_of(editor).get(reverse("wagtailadmin_account"))
    assert page.status_code == 200
    assert 'type="file"' not in page.content.decode()
