"""A small site with every page type: public, for members, and for a working group."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Collection, Page

from files.models import Document
from home.models import HomePage
from knowledge.guides.models import GuidePage
from knowledge.library.models import LibraryIndex
from knowledge.resources.models import ResourcePage
from knowledge.statements.models import StatementPage
from learning.catalogue.models import LearningIndex
from learning.recordings.models import RecordingPage
from learning.sessions.models import SessionPage
from pages.models import Topic
from people.models import Organization, WorkingGroup

from .bodies import body, chapter, download, heading, recommendation, text
from .files import DocumentFactory, FolderFactory, MediaFactory
from .pages import (
    GuidePageFactory,
    HomePageFactory,
    LearningIndexFactory,
    LibraryIndexFactory,
    PeopleIndexFactory,
    RecordingPageFactory,
    ResourcePageFactory,
    StandardPageFactory,
    StatementPageFactory,
    WorkingGroupIndexFactory,
    WorkingGroupPageFactory,
)
from .people import (
    ContributorFactory,
    OrganizationFactory,
    WorkingGroupFactory,
    members_group,
)
from .sessions import SessionPageFactory
from .taxonomy import AudienceFactory, TopicFactory


@dataclass
class Tree:
    """The objects of the site; `group_page`, its folder and document are for `group` only."""

    home: HomePage
    learn: LearningIndex
    library: LibraryIndex
    shelf: LibraryIndex
    write: Page
    people: Page
    about: Page
    topic: Topic
    organization: Organization
    group: WorkingGroup
    group_page: Page
    group_folder: Collection
    group_document: Document
    members_folder: Collection
    members_document: Document
    members_resource: ResourcePage
    session: SessionPage
    past_session: SessionPage
    recording: RecordingPage
    guide: GuidePage
    long_guide: GuidePage
    statement: StatementPage
    resource: ResourcePage
    article: ResourcePage
    document: Document
    pages: list[Page] = field(default_factory=list)


def make_tree(**given: Any) -> Tree:
    """Create the site; `group` and `organization` may exist already."""
    cache.clear()  # Wagtail caches the site roots there.
    organization = given.get("organization") or OrganizationFactory()
    group = given.get("group") or WorkingGroupFactory()
    topic = TopicFactory(name="Safety at night", synonyms="night shift\novernight")
    marks: dict[str, Any] = {
        "topics": [topic],
        "audiences": [AudienceFactory(name="Night staff")],
        "tags": ["handover"],
    }
    home = HomePageFactory(title="Every door is the right door")
    learn = LearningIndexFactory(parent=home, title="Learn", slug="learn")
    library = LibraryIndexFactory(parent=home, title="Library", slug="library")
    shelf = LibraryIndexFactory(parent=library, title="Guides", slug="guides")
    write = WorkingGroupIndexFactory(parent=home, slug="write")
    people = PeopleIndexFactory(parent=home, slug="people")
    parts = _members_parts(library, marks) | _group_parts(write, group)
    document = DocumentFactory(title="Handover sheet")
    guide = _guide(shelf, document, marks)
    tree = Tree(
        home=home,
        learn=learn,
        library=library,
        shelf=shelf,
        write=write,
        people=people,
        about=StandardPageFactory(parent=home, title="About", slug="about"),
        topic=topic,
        organization=organization,
        group=group,
        **parts,
        **_learning(learn, marks),
        guide=guide,
        long_guide=_long_guide(shelf),
        statement=StatementPageFactory(
            parent=library, endorsed_by=[organization], **marks
        ),
        resource=ResourcePageFactory(
            parent=library, title="Handover sheet", document=document, **marks
        ),
        article=ResourcePageFactory(parent=library, title="Why tea matters"),
        document=document,
    )
    tree.pages = [page for page in vars(tree).values() if isinstance(page, Page)]
    return tree


def _learning(learn: LearningIndex, marks: dict) -> dict[str, Any]:
    last_month = timezone.now() - dt.timedelta(days=30)
    past = SessionPageFactory(
        parent=learn, title="What we learned in March", starts_at=last_month
    )
    speaker = ContributorFactory(name="A night worker")
    return {
        "past_session": past,
        "session": SessionPageFactory(
            parent=learn,
            title="Supporting each other on night shift",
            speakers=[speaker],
            revised=True,
            **marks,
        ),
        "recording": RecordingPageFactory(
            parent=learn, title="The first night", session=past, media=MediaFactory()
        ),
    }


def _guide(shelf: LibraryIndex, document: Document, marks: dict) -> GuidePage:
    return GuidePageFactory(
        parent=shelf,
        title="The first seventy-two hours",
        body=[
            heading("When somebody arrives"),
            text("Somebody sits down with the person, and there is tea."),
            recommendation("Keep the bed for seventy-two hours."),
            heading("Who is told"),
            text("The night worker writes down who is told, and when."),
            download(document),
        ],
        **marks,
    )


def _long_guide(shelf: LibraryIndex) -> GuidePage:
    """Make a guide of three chapters."""
    return GuidePageFactory(
        parent=shelf,
        title="Moving on",
        body=[
            text("For everybody who helps somebody to move on."),
            chapter("Before somebody leaves", "What to agree on."),
            heading("The first talk"),
            recommendation("Begin to plan on the day of arrival."),
            chapter("When somebody leaves", "The day itself."),
            heading("The bag"),
            text("Put first aid in the bag."),
            chapter("Afterwards"),
            text("Call on the second day."),
            recommendation("Offer a meal in the house each week."),
        ],
    )


def _members_parts(library: LibraryIndex, marks: dict) -> dict[str, Any]:
    folder = FolderFactory(name="For members", groups=[members_group()])
    document = DocumentFactory(title="Wages in our houses", collection=folder)
    resource = ResourcePageFactory(
        parent=library,
        title="Wages in our houses",
        document=document,
        groups=[members_group()],
        **marks,
    )
    return {
        "members_folder": folder,
        "members_document": document,
        "members_resource": resource,
    }


def _group_parts(write: Page, group: WorkingGroup) -> dict[str, Any]:
    folder = FolderFactory(name=f"{group.name}: documents", groups=[group.group])
    document = DocumentFactory(title="Draft for the night", collection=folder)
    page = WorkingGroupPageFactory(
        parent=write,
        group=group,
        collection=folder,
        groups=[group.group],
        body=[*body("We meet on Thursdays."), download(document)],
    )
    return {
        "group_folder": folder,
        "group_document": document,
        "group_page": page,
    }
