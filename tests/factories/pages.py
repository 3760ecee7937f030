"""Pages, each below a parent that allows its type."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from home.models import HomePage
from knowledge.guides.models import GuidePage
from knowledge.library.models import LibraryIndex
from knowledge.resources.models import ResourcePage
from knowledge.statements.actions import add_ask, endorse
from knowledge.statements.models import StatementPage
from learning.catalogue.models import LearningIndex
from learning.recordings.models import CaptionTrack, Chapter, Cue, RecordingPage
from pages.models import (
    PeopleIndex,
    StandardPage,
    WorkingGroupIndex,
    WorkingGroupPage,
)

from .bodies import body
from .people import WorkingGroupFactory


def restrict_page(page: Page, *groups: Any) -> Page:
    """Restrict a page to the groups; without any, to everybody who is signed in."""
    kind = PageViewRestriction.GROUPS if groups else PageViewRestriction.LOGIN
    made = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    made.groups.set(groups)
    return page


class PageFactory(factory.django.DjangoModelFactory):
    """Published below `parent`, or below the place made for its type.

    `groups=` restricts it; `topics=`, `audiences=` and rows of its own are set as given;
    `revised=True` publishes it through a revision, as the CMS does.
    """

    class Meta:
        abstract = True

    summary = "What it is, and for whom."
    first_published_at = factory.LazyFunction(timezone.now)
    # Arguments that become child objects of the page and are saved with it.
    _own_rows: tuple[str, ...] = ()

    @classmethod
    def default_parent(cls) -> Page:
        return HomePage.objects.first() or HomePageFactory()

    @classmethod
    def rows(cls, page: Any, **rows: Any) -> None:
        """Create the child objects of the page that are saved with it."""

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Any:
        parent = fields.pop("parent", None) or cls.default_parent()
        groups, revised = fields.pop("groups", ()), fields.pop("revised", False)
        many = {name: fields.pop(name, ()) for name in ("topics", "audiences", "tags")}
        rows = {name: fields.pop(name) for name in cls._own_rows if name in fields}
        if hasattr(model_class, "body"):
            fields.setdefault("body", body())
        page = model_class(**fields)
        cls.rows(page, **rows)
        for name in ("topics", "audiences"):
            if many[name]:
                setattr(page, name, many[name])
        parent.add_child(instance=page)
        if many["tags"]:
            page.tags.set(many["tags"])
            page.save()
        if revised:
            page.save_revision().publish()
            page.refresh_from_db()
        return restrict_page(page, *groups) if groups else page


class HomePageFactory(PageFactory):
    """The home page, and the default site that starts at it."""

    class Meta:
        model = HomePage

    title = "Everydoor"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Any:
        root = Page.get_first_root_node()
        for welcome in root.get_children().exclude(slug="everydoor"):
            if welcome.specific_class is Page:
                welcome.delete()
        root = Page.get_first_root_node()
        home = super()._create(model_class, *args, parent=root, **fields)
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={
                "hostname": "localhost",
                "root_page": home,
                "site_name": "Everydoor",
            },
        )
        return home


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage

    title = factory.Sequence(lambda n: f"About the community {n}")


class PeopleIndexFactory(PageFactory):
    class Meta:
        model = PeopleIndex

    title = "People"


class LearningIndexFactory(PageFactory):
    class Meta:
        model = LearningIndex

    title = factory.Sequence(lambda n: f"Learn {n}")


class LibraryIndexFactory(PageFactory):
    class Meta:
        model = LibraryIndex

    title = factory.Sequence(lambda n: f"Library {n}")


class WorkingGroupIndexFactory(PageFactory):
    class Meta:
        model = WorkingGroupIndex

    title = "Write together"


class InLearning(PageFactory):
    class Meta:
        abstract = True

    @classmethod
    def default_parent(cls) -> Page:
        return LearningIndex.objects.first() or LearningIndexFactory()


class _InLibrary(PageFactory):
    class Meta:
        abstract = True

    @classmethod
    def default_parent(cls) -> Page:
        return LibraryIndex.objects.first() or LibraryIndexFactory()


class RecordingPageFactory(InLearning):
    """With captions and a chapter; `cues=` are (start_ms, end_ms, speaker, words)."""

    class Meta:
        model = RecordingPage

    title = factory.Sequence(lambda n: f"Recording: the first night {n}")
    recorded_on = dt.date(2026, 3, 3)
    elsewhere_url = "https://vimeo.com/76979871"
    duration_seconds = 754

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Any:
        cues = fields.pop("cues", None) or [
            (0, 4000, "Host", "Welcome to the first Tuesday."),
            (4000, 9000, "Host", "We begin with the kettle."),
        ]
        page = super()._create(model_class, *args, **fields)
        track = CaptionTrack.objects.create(recording=page, language="en")
        Cue.objects.bulk_create(
            Cue(track=track, start_ms=start, end_ms=end, speaker=who, text=words)
            for start, end, who, words in cues
        )
        Chapter.objects.create(recording=page, starts_at_seconds=0, title="Arriving")
        return page


def _form_of(given: Any) -> str:
    if given.document:
        return ResourcePage.Form.DOCUMENT
    return ResourcePage.Form.LINK if given.link else ResourcePage.Form.ARTICLE


class ResourcePageFactory(_InLibrary):
    """An article; with `document=` or `link=` that."""

    class Meta:
        model = ResourcePage

    title = factory.Sequence(lambda n: f"Handover sheet {n}")
    issued_on = dt.date(2026, 2, 10)
    form = factory.LazyAttribute(_form_of)
    document = None
    link = ""


class GuidePageFactory(_InLibrary):
    class Meta:
        model = GuidePage

    title = factory.Sequence(lambda n: f"The first seventy-two hours {n}")
    edition_date = dt.date(2026, 4, 1)


class StatementPageFactory(_InLibrary):
    """`asks=` are sentences, `endorsed_by=` organizations."""

    class Meta:
        model = StatementPage

    title = factory.Sequence(lambda n: f"A bed kept is a life kept {n}")
    edition_date = dt.date(2026, 5, 4)
    position = "<p>A bed should be kept for seventy-two hours.</p>"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Any:
        asks = fields.pop("asks", None) or ["Pay for the empty night."]
        endorsed_by = fields.pop("endorsed_by", ())
        page = super()._create(model_class, *args, **fields)
        for words in asks:
            add_ask(statement=page, text=words, addressee="The ministry")
        for organization in endorsed_by:
            endorse(statement=page, organization=organization)
        return page


class WorkingGroupPageFactory(PageFactory):
    """The page of `group`, by default a new one; public unless `groups` restrict it."""

    class Meta:
        model = WorkingGroupPage

    group = factory.SubFactory(WorkingGroupFactory)
    title = factory.LazyAttribute(lambda given: given.group.name)

    @classmethod
    def default_parent(cls) -> Page:
        return WorkingGroupIndex.objects.first() or WorkingGroupIndexFactory()
