"""A site in which everything exists three times: public, for members, and for a group.

What is for members contains the word `saxifrage`, what is for the group `meadowsweet`: in its
title, text, URL and file. So every response can be searched for words that its reader must
not see. All three contain `kettle`, to be searched for.
"""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection, Page

from files.models import Document, Image, Media
from learning.recordings.models import CaptionTrack, RecordingPage
from people.models import User, WorkingGroup
from tests.factories import (
    DocumentFactory,
    FolderFactory,
    GuidePageFactory,
    ImageFactory,
    LearningIndexFactory,
    LibraryIndexFactory,
    MediaFactory,
    RecordingPageFactory,
    ResourcePageFactory,
    SessionPageFactory,
    StandardPageFactory,
    StatementPageFactory,
    Tree,
    body,
    chapter,
    community_member,
    make_tree,
    members_group,
    png,
    text,
)

GROUP_WORD = "meadowsweet"
MEMBERS_WORD = "saxifrage"

# Words that no response to a role may contain.
HIDDEN_FROM = {
    "visitor": (GROUP_WORD, MEMBERS_WORD),
    "stranger": (GROUP_WORD,),
    "member": (),
    "owner": (),
    "editor": (GROUP_WORD,),
}


@dataclass
class Files:
    """One file of each kind in one folder, and the captions of one recording."""

    document: Document
    image: Image
    media: Media
    captions: CaptionTrack


@dataclass
class GuardedSite:
    """The tree, the pages that are kept, the files by who may have them; somebody of the
    organization whom members can find."""

    tree: Tree
    findable: User
    kept: list[Page]
    files: dict[str, Files]


def make_guarded_site(group: WorkingGroup, organization: Any) -> GuardedSite:
    tree = make_tree(group=group, organization=organization)
    rooms = {
        MEMBERS_WORD: [members_group()],
        GROUP_WORD: [group.group],
    }
    kept = [
        page
        for word, groups in rooms.items()
        for page in _pages(tree, word, groups, group)
    ]
    root = Collection.get_first_root_node()
    files = {"": _files("kettle", root, tree.recording)}
    for word, groups in rooms.items():
        folder = FolderFactory(name=f"Folder {len(groups)} {word[:1]}", groups=groups)
        titled = f"Kettle recording {word}"
        recording = next(page for page in kept if page.title == titled)
        files[word] = _files(word, folder, recording)
    findable = community_member(listed=True, organization=organization)
    return GuardedSite(tree, findable, kept, files)


def _pages(tree: Tree, word: str, groups: list, group: WorkingGroup) -> list[Page]:
    topics = [tree.topic]
    common: dict[str, Any] = {"groups": groups, "summary": f"A kettle of {word}."}
    worded = common | {"body": body(f"The kettle sings of {word}."), "topics": topics}
    in_chapters = [
        chapter(f"Kettle chapter {word}"),
        text(f"The kettle sings of {word}."),
        chapter(f"Second kettle chapter {word}"),
    ]
    guide = GuidePageFactory(
        parent=tree.shelf,
        title=f"Kettle guide {word}",
        **worded | {"body": in_chapters},
    )
    made = [
        LearningIndexFactory(parent=tree.learn, title=f"Kettle shelf {word}", **common),
        LibraryIndexFactory(parent=tree.library, title=f"Shelf {word}", **common),
        SessionPageFactory(parent=tree.learn, title=f"Kettle session {word}", **worded),
        RecordingPageFactory(
            parent=tree.learn,
            title=f"Kettle recording {word}",
            cues=[(0, 4000, "Host", f"The kettle, and {word}.")],
            **worded,
        ),
        guide,
        StatementPageFactory(
            parent=tree.library, title=f"Kettle statement {word}", **worded
        ),
        ResourcePageFactory(
            parent=tree.library, title=f"Kettle resource {word}", **worded
        ),
        StandardPageFactory(parent=tree.home, title=f"Kettle page {word}", **common),
    ]
    if word == GROUP_WORD:
        tree.group_page.title = f"Kettle group {word}"
        tree.group_page.summary = f"A kettle of {word}."
        tree.group_page.save_revision().publish()
        made.append(tree.group_page)
    return made


def _files(word: str, folder: Collection, recording: RecordingPage) -> Files:
    image = ImageFactory(
        title=f"Kettle picture {word}", filename=f"{word}.png", collection=folder
    )
    image.get_rendition("width-32")
    recording.listing_image, recording.listing_image_alt = image, "A kettle"
    recording.save(update_fields=["listing_image", "listing_image_alt"])
    media = MediaFactory(
        title=f"Kettle sound {word}", filename=f"{word}.mp3", collection=folder
    )
    media.thumbnail.save(f"{word}-still.png", ContentFile(png()))
    document = DocumentFactory(
        title=f"Kettle document {word}", filename=f"{word}.txt", collection=folder
    )
    return Files(document, image, media, recording.caption_tracks.get())
