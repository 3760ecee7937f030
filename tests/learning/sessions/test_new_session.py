"""The form that starts a session: its draft and its first date together."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from learning.sessions.models import SessionPage
from tests.cms.forms import edit_url
from tests.factories import LearningIndexFactory, restrict_page

pytestmark = pytest.mark.django_db

NEW = {
    "title": "Porridge at four in the morning",
    "session_format": "dialogue",
    "first_day": "2030-12-10",
    "start_time": "04:00",
    "end_time": "05:00",
    "zone": "America/Vancouver",
    "last_day": "",
    "place": "Kelowna, Rutland Hall",
}


@pytest.fixture
def begin() -> str:
    learn = LearningIndexFactory()
    names = ("learning_sessions", "sessionpage", learn.pk)
    return reverse("wagtailadmin_pages:add", args=names)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_new_session_is_a_draft_with_its_first_date(
    client_of: Any, editor: Any, begin: str
) -> None:
    client = client_of(editor)
    asked = words(client.get(begin))
    assert "New session" in asked
    answer = client.post(begin, NEW, follow=True)

    page = SessionPage.objects.get()
    assert answer.redirect_chain[0][0] == edit_url(page)
    assert (page.title, page.format, page.live) == (NEW["title"], "dialogue", False)
    assert page.owner == editor
    [date] = page.dates
    assert (date.first_day, date.where) == (dt.date(2030, 12, 10), NEW["place"])
    assert "Tuesday 10 December 2030" in words(answer)


def test_a_new_session_without_a_date_is_refused_and_keeps_its_title(
    client_of: Any, editor: Any, begin: str
) -> None:
    html = words(client_of(editor).post(begin, NEW | {"first_day": ""}))

    assert f'value="{NEW["title"]}"' in html
    assert not SessionPage.objects.exists()


def test_a_new_session_begins_only_where_sessions_belong(
    client_of: Any, stranger: Any, visitor: Any, begin: str
) -> None:
    assert client_of(stranger).post(begin, NEW).status_code == 404
    assert client_of(visitor).post(begin, NEW).status_code == 302
    assert not SessionPage.objects.exists()


def test_a_new_session_does_not_begin_below_a_page_of_others(
    client_of: Any, moderator: Any, working_group: Any
) -> None:
    learn = restrict_page(LearningIndexFactory(), working_group.group)
    names = ("learning_sessions", "sessionpage", learn.pk)
    where = reverse("wagtailadmin_pages:add", args=names)

    assert client_of(moderator).post(where, NEW).status_code == 404
    assert not SessionPage.objects.exists()


@pytest.mark.parametrize("title", ["学习", "!!!", "a" * 255])
def test_any_title_gets_an_address_of_its_own(
    client_of: Any, editor: Any, begin: str, title: str
) -> None:
    desk = client_of(editor)
    for _each in range(2):
        assert desk.post(begin, NEW | {"title": title}).status_code == 302
    slugs = list(SessionPage.objects.filter(title=title).values_list("slug", flat=True))
    assert len(slugs) == len(set(filter(None, slugs))) == 2
