"""Files, and the collections that restrict them."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import factory
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.models import Collection, CollectionViewRestriction

from files.actions import CleanPicture, clean_picture
from files.models import Document, Image, Media


def png(width: int = 64, height: int = 48) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Picture.new("RGB", (width, height), (46, 94, 78)).save(out, "PNG")
    return out.getvalue()


def _root() -> Collection:
    return Collection.get_first_root_node()


def restrict_collection(folder: Collection, *groups: Any) -> Collection:
    """Restrict a collection to the groups; without any, to everybody who is signed in."""
    kind = (
        CollectionViewRestriction.GROUPS if groups else CollectionViewRestriction.LOGIN
    )
    made = CollectionViewRestriction.objects.create(
        collection=folder, restriction_type=kind
    )
    made.groups.set(groups)
    return folder


class FolderFactory(factory.django.DjangoModelFactory):
    """A collection below the root or `parent`, restricted to `groups` if given."""

    class Meta:
        model = Collection

    name = factory.Sequence(lambda n: f"Folder {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Collection:
        groups = fields.pop("groups", ())
        parent = fields.pop("parent", None) or _root()
        folder = parent.add_child(instance=Collection(**fields))
        return restrict_collection(folder, *groups) if groups else folder


class _FileFactory(factory.django.DjangoModelFactory):
    """A file in the root collection with `content` (bytes) and `filename`."""

    class Meta:
        abstract = True

    collection = factory.LazyFunction(_root)

    @classmethod
    def _adjust_kwargs(cls, **fields: Any) -> dict[str, Any]:
        content, filename = fields.pop("content"), fields.pop("filename")
        fields.setdefault("file", ContentFile(content, name=filename))
        return fields


class DocumentFactory(_FileFactory):
    class Meta:
        model = Document

    title = factory.Sequence(lambda n: f"Checklist for the first night {n}")
    description = "Two pages, to be printed and carried."
    filename = factory.Sequence(lambda n: f"first-night-{n}.txt")
    content = b"Ask what the person likes to be called.\n"


@cache
def _clean(content: bytes, filename: str) -> bytes:
    """Return a picture without metadata; a new process cleans each picture only once."""
    return clean_picture(ContentFile(content, name=filename)).read()


class ImageFactory(_FileFactory):
    class Meta:
        model = Image

    @classmethod
    def _adjust_kwargs(cls, **fields: Any) -> dict[str, Any]:
        if "file" not in fields:
            kind = Path(fields["filename"]).suffix
            content = _clean(fields["content"], f"picture{kind}")
            fields["file"] = CleanPicture(content, name=fields["filename"])
        return super()._adjust_kwargs(**fields)

    title = factory.Sequence(lambda n: f"A door, a little open {n}")
    filename = factory.Sequence(lambda n: f"door-{n}.png")
    content = factory.LazyFunction(png)


class MediaFactory(_FileFactory):
    class Meta:
        model = Media

    title = factory.Sequence(lambda n: f"Sound of a session {n}")
    type = "audio"
    duration = 754
    filename = factory.Sequence(lambda n: f"session-{n}.mp3")
    content = b"ID3" + bytes(2000)
