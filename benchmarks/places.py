"""The URL of each kind of page in the measured site, and the readers who request it."""

from dataclasses import dataclass
from typing import Any, Self

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from files.models import Document
from knowledge.guides.models import GuidePage
from knowledge.library.models import LibraryIndex
from knowledge.resources.models import ResourcePage
from knowledge.statements.models import StatementPage
from learning.catalogue.models import LearningIndex
from learning.recordings.models import RecordingPage
from learning.sessions.models import SessionPage
from pages.models import (
    BasePage,
    PeopleIndex,
    StandardPage,
    Topic,
    WorkingGroupIndex,
    WorkingGroupPage,
)
from people.models import Organization, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def places(email: str) -> dict[str, str]:
    """Return the path of each kind of page; of several, the one with the most content."""
    member = User.objects.get(email=email)
    found = {"home": "/", **_indexes(), **_pages(member), **_others()}
    return {name: path for name, path in found.items() if path}


def _indexes() -> dict[str, str]:
    library = _url(LibraryIndex.objects.order_by("depth"))
    return {
        "learn index": _url(LearningIndex.objects.order_by("depth")),
        "library index": library,
        "library index, page 50": f"{library}?page=50",
        "nested index": _url(LibraryIndex.objects.order_by("-depth", "-numchild")),
        "working groups": _url(WorkingGroupIndex.objects.all()),
        "people": _url(PeopleIndex.objects.all()),
    }


def _pages(member: User) -> dict[str, str]:
    told = RecordingPage.objects.public().annotate(cues=Count("caption_tracks__cues"))
    return {
        "session": _url(_longest(SessionPage)),
        "recording": _url(told.order_by("-cues")),
        "guide": _url(_longest(GuidePage)),
        "chapter": _first_chapter(_longest(GuidePage)),
        "statement": _url(_longest(StatementPage)),
        "resource": _url(_longest(ResourcePage)),
        "standard page": _url(_longest(StandardPage)),
        "working group": _url(WorkingGroupPage.objects.visible_to(member)),
    }


def _first_chapter(guides: Any) -> str:
    """Return the URL of a chapter of a guide with several; empty if there is none."""
    for guide in guides:
        if guide.text.has_chapter_pages:
            return str(guide.chapter_url(guide.text.chapters[0]))
    return ""


def _others() -> dict[str, str]:
    topic = Topic.objects.annotate(n=Count("pages")).order_by("-n").first()
    organization = Organization.objects.filter(listed=True).first()
    public = Document.objects.visible_to(AnonymousUser())
    document = public.order_by("-file_size").first()
    return {
        "topics": reverse("topics:index"),
        "topic": topic.get_absolute_url() if topic else "",
        "organization": (
            f"/people/o/{organization.public_id}/" if organization else ""
        ),
        "account": "/account/",
        "search, one word": "/search/?q=accessibility",
        "search, three words": "/search/?q=plain+language+content",
        "document": document.url if document else "",
    }


def _longest(model: Any) -> list[Any]:
    """Return the public page of the type with the longest body."""
    seen = model.objects.live().public().defer_streamfields()[:400]
    keys = [page.pk for page in seen]
    pages = model.objects.filter(pk__in=keys)
    return sorted(pages, key=lambda page: -len(page.body.raw_data))[:1]


def _url(pages: Any) -> str:
    first = next(iter(pages[:1]), None)
    return first.url if first else ""


@dataclass
class Readers:
    """A visitor, and a member who is signed in; `now` says which of them reads."""

    key: str
    now: str = "visitor"

    @classmethod
    def of(cls, email: str) -> Self:
        """Sign the member in with a session row, as the sign-in page does."""
        member = User.objects.get(email=email)
        session = SessionStore()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.save()
        return cls(session.session_key)

    @property
    def cookie(self) -> str:
        return f"sessionid={self.key}" if self.now == "member" else ""

    def count(self, path: str) -> tuple[int, int]:
        """Return the status of a request in this process, and its number of queries.

        A first request fills caches (the roots of sites, content types); the second one
        is counted, because every later one costs the same.
        """
        client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        if self.now == "member":
            client.cookies["sessionid"] = self.key
        client.get(path).close()
        with CaptureQueriesContext(connection) as asked:
            response = client.get(path)
        response.close()
        return response.status_code, len(asked)

    @staticmethod
    def items() -> int:
        """Return how many pages are listed."""
        return BasePage.objects.live().exclude(dated=None).count()
