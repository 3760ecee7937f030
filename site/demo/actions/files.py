"""Documents, pictures and audio, and the collections that decide who may fetch them."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction

from demo.content import Text, captions, content_files, parts, table
from demo.printing import chime, pdf, plan, word
from files.models import Document, Image, Media
from learning.recordings.models import parse_webvtt
from people.querysets import MEMBERS

from .tally import Tally

if TYPE_CHECKING:
    from .people import People

OPEN = "Open library"
FOR_MEMBERS = "Members’ library"
_PRINTERS = {"pdf": pdf, "docx": word}
_LAST_WORD_SECONDS = 3


class Files:
    """The files of the demonstration, by the keys that content files use."""

    def __init__(self, people: "People", tally: Tally) -> None:
        self.people = people
        self.tally = tally
        self.documents: dict[str, Document] = {}
        self.pictures: dict[str, Image] = {}
        self.collections: dict[str, Collection] = {}

    def create_documents(self) -> None:
        """Create each document once, in the collection for those who may read it."""
        for text in content_files("documents"):
            self.documents[text.slug] = self._document(text)

    def create_pictures(self) -> None:
        """Create each picture once; all pictures are public."""
        for facts in table("pictures")["picture"]:
            self.pictures[facts["slug"]] = self._picture(facts)

    def collection_of_group(self, name: str) -> Collection:
        """Return the collection of a working group, which only its members may open."""
        group = self.people.groups[name].group
        return self._collection(f"Working group: {name}", group)

    def sound(self, text: Text) -> Media:
        """Return the audio of a recording: chimes, as long as its captions."""
        collection = self._by_access(text.facts)
        title = text.facts["title"]
        made = Media.objects.filter(title=title, collection=collection).first()
        self.tally.made("media", new=made is None)
        if made is not None:
            return made
        lines = parse_webvtt(captions(text.slug)).cues
        seconds = lines[-1].end_ms // 1000 + _LAST_WORD_SECONDS
        begins = [second for second, _ in text.facts["chapters"]]
        sound = chime(tone=text.facts["tone"], seconds=seconds, at=begins)
        return Media.objects.create(
            title=title,
            type="audio",
            duration=seconds,
            collection=collection,
            licence="members" if text.facts.get("access") else "cc-by-nc",
            file=ContentFile(sound, f"{text.slug}.wav"),
        )

    def _document(self, text: Text) -> Document:
        facts = text.facts
        collection = self._by_access(facts)
        made = Document.objects.filter(
            title=facts["title"], collection=collection
        ).first()
        self.tally.made("document", new=made is None)
        if made is not None:
            return made
        content = _PRINTERS[facts["format"]](
            title=facts["title"], parts=parts(text.words)
        )
        made = Document(
            title=facts["title"],
            description=facts["description"],
            licence=facts["licence"],
            collection=collection,
            file=ContentFile(content, f"{text.slug}.{facts['format']}"),
            file_size=len(content),
        )
        made.save()
        made.tags.set(facts["tags"])
        return made

    def _picture(self, facts: dict[str, Any]) -> Image:
        collection = self._collection(OPEN, None)
        made = Image.objects.filter(title=facts["title"], collection=collection).first()
        self.tally.made("picture", new=made is None)
        return made or Image.objects.create(
            title=facts["title"],
            description=facts["description"],
            licence=facts["licence"],
            collection=collection,
            file=ContentFile(plan(facts), f"{facts['slug']}.png"),
        )

    def _by_access(self, facts: dict[str, Any]) -> Collection:
        if "group" in facts and facts.get("licence") == "members":
            return self.collection_of_group(facts["group"])
        if facts.get("access") == "members":
            return self._collection(FOR_MEMBERS, Group.objects.get(name=MEMBERS))
        return self._collection(OPEN, None)

    def _collection(self, name: str, group: Group | None) -> Collection:
        if name not in self.collections:
            self.collections[name] = self._opened(name, group)
        return self.collections[name]

    def _opened(self, name: str, group: Group | None) -> Collection:
        made = Collection.objects.filter(name=name).first()
        self.tally.made("collection", new=made is None)
        if made is not None:
            return made
        root = Collection.get_first_root_node()
        made = root.add_child(instance=Collection(name=name))
        if group is not None:
            guard = CollectionViewRestriction.objects.create(
                collection=made, restriction_type=CollectionViewRestriction.GROUPS
            )
            guard.groups.add(group)
        return made
