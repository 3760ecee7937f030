"""Dates in the CMS: bad input, the wrong method, and editors whose rights have changed."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from learning.sessions.models import Occurrence, Series, SessionPage
from people.actions import Role, join_working_group, leave_working_group, revoke_role
from tests.factories import LearningIndexFactory, SessionPageFactory, restrict_page

from .date_forms import FORM

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Any:
    return SessionPageFactory(title="Tea at night", revised=True)


@pytest.fixture
def date(session: Any) -> Occurrence:
    return session.occurrences.get()


@pytest.fixture
def client(client_of: Any, moderator: Any) -> Any:
    return client_of(moderator)


def url(view: str, session: Any, date: Any = None) -> str:
    given = [session.pk] if date is None else [session.pk, date.public_id]
    return reverse(f"session_dates:{view}", args=given)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first_day": "2026-02-30"}, "“2026-02-30” is not a day."),
        ({"first_day": "1999-12-31"}, "Choose a day between 2000 and 2100."),
        ({"first_day": ""}, "This field is required."),
        ({"start_time": "25:00"}, "“25:00” is not a time."),
        ({"end_time": ""}, "Give a time, or tick “All day”."),
        ({"end_time": "09:00"}, "It ends before it starts."),
        ({"last_day": "2030-12-09"}, "The last day is before the first."),
        ({"online": ""}, "Say where it takes place, or tick “Online”."),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus is not one of the available choices."),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"capacity": "a few"}, "Enter a whole number."),
        ({"recorded": "perhaps"}, "perhaps is not one of the available choices."),
        ({"note": "x" * 301}, "at most 300 characters"),
        (
            {
                "first_day": "2026-03-08",
                "start_time": "02:30",
                "zone": "America/Toronto",
            },
            "there is no 02:30.",
        ),
        (
            {
                "first_day": "2026-11-01",
                "start_time": "01:30",
                "zone": "America/Toronto",
            },
            "01:30 comes twice.",
        ),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence_and_plans_nothing(
    client: Any, session: Any, typed: dict[str, str], said: str
) -> None:
    answer = client.post(url("add", session), FORM | typed)

    assert answer.status_code == 200
    assert said in words(answer)
    assert session.occurrences.count() == 1


def test_a_night_and_whole_days_are_planned(client: Any, session: Any) -> None:
    night = {"start_time": "22:00", "end_time": "02:00", "last_day": "2030-12-11"}
    days = {"first_day": "2031-01-06", "last_day": "2031-01-08", "all_day": "on"}
    for typed in (night, days):
        assert client.post(url("add", session), FORM | typed).status_code == 302
    _first, long_night, three_days = session.dates

    assert long_night.hours == "22:00 to 2:00 on 11 December Pacific Time"
    assert (three_days.all_day, three_days.ends_at - three_days.starts_at) == (
        True,
        dt.timedelta(days=3),
    )


def test_a_date_that_lasts_days_comes_back_into_its_form(
    client: Any, session: Any
) -> None:
    days = {"last_day": "2030-12-12", "all_day": "on", "capacity": "1"}
    client.post(url("add", session), FORM | days)
    made = session.occurrences.get(first_day=dt.date(2030, 12, 10))
    form = client.get(url("edit", session, made)).context["form"]

    assert form["all_day"].value() is True
    assert form["last_day"].value() == dt.date(2030, 12, 12)
    assert "1 seat." in words(client.get(url("list", session)))


@pytest.mark.parametrize("view", ["list", "reinstate"])
def test_each_page_answers_to_its_own_method(
    client: Any, session: Any, date: Any, view: str
) -> None:
    wrong = (
        client.post(url("list", session))
        if view == "list"
        else client.get(url("reinstate", session, date))
    )
    assert wrong.status_code == 405


def test_a_date_that_does_not_exist_is_not_found(client: Any, session: Any) -> None:
    for view in ("edit", "cancel", "reinstate"):
        where = reverse(f"session_dates:{view}", args=[session.pk, "nosuchdate12"])
        assert client.post(where, FORM).status_code == 404


def test_who_is_no_longer_a_moderator_changes_no_date(
    client: Any, moderator: Any, session: Any, date: Any
) -> None:
    assert client.get(url("edit", session, date)).status_code == 200
    revoke_role(user=moderator, role=Role.MODERATOR)

    assert client.post(url("edit", session, date), FORM).status_code in {302, 404}
    assert client.post(url("cancel", session, date)).status_code in {302, 404}
    date.refresh_from_db()
    assert (date.status, date.first_day == dt.date(2030, 12, 10)) == ("planned", False)


def test_who_has_just_left_the_group_loses_the_dates_of_its_session(
    client: Any, moderator: Any, session: Any, date: Any, working_group: Any
) -> None:
    join_working_group(user=moderator, working_group=working_group)
    restrict_page(session, working_group.group)
    assert client.get(url("list", session)).status_code == 200

    leave_working_group(user=moderator, working_group=working_group)
    assert client.get(url("list", session)).status_code == 404
    assert client.post(url("cancel", session, date)).status_code == 404
    date.refresh_from_db()
    assert not date.cancelled


def test_who_locked_the_page_changes_its_dates(
    client: Any, moderator: Any, session: Any
) -> None:
    SessionPage.objects.filter(pk=session.pk).update(locked=True, locked_by=moderator)
    client.post(url("add", session), FORM)

    assert len(session.dates) == 2


def test_the_history_tells_of_each_change_and_of_who_made_it(
    client: Any, moderator: Any, session: Any, date: Any
) -> None:
    client.post(url("edit", session, date), FORM)
    for view in ("cancel", "reinstate"):
        client.post(url(view, session, date))
    where = reverse("wagtailadmin_pages:history", args=[session.pk])
    html = words(client.get(where))

    for said in ("Changed a date to", "Cancelled the date", "Reinstated the date"):
        assert f"{said} Tuesday 10 December 2030" in html
    assert moderator.name in html


@pytest.mark.parametrize(
    ("role", "may"),
    [("stranger", False), ("member", False), ("editor", True), ("moderator", True)],
)
def test_series_are_kept_by_those_who_edit(
    role: str, may: bool, request: Any, client_of: Any
) -> None:
    client = client_of(request.getfixturevalue(role))
    where = reverse("wagtailsnippets_learning_sessions_series:add")
    client.post(where, {"name": "Second Tuesdays", "about": "In the evening."})
    assert Series.objects.exists() is may

    client.post(where, {"name": "Second Tuesdays", "about": "Once more."})
    assert Series.objects.count() == int(may)


def test_a_series_that_is_deleted_leaves_its_sessions(session: Any) -> None:
    series = Series.objects.create(name="Second Tuesdays")
    SessionPage.objects.filter(pk=session.pk).update(series=series)
    series.delete()

    assert SessionPage.objects.get(pk=session.pk).series is None


def test_two_sessions_of_the_same_title_begin_side_by_side(client: Any) -> None:
    learn = LearningIndexFactory()
    names = ("learning_sessions", "sessionpage", learn.pk)
    where = reverse("wagtailadmin_pages:add", args=names)
    typed = FORM | {"title": "Tea", "session_format": "dialogue"}
    for _each in range(2):
        assert client.post(where, typed).status_code == 302

    assert sorted(SessionPage.objects.values_list("slug", flat=True)) == [
        "tea",
        "tea-2",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {"title": ""},
        {"title": "x" * 256},
        {"session_format": "lecture"},
        {"start_time": "half past"},
        {"online": "", "place": ""},
    ],
)
def test_a_new_session_with_a_bad_value_leaves_no_draft(
    client: Any, typed: dict[str, str]
) -> None:
    learn = LearningIndexFactory()
    names = ("learning_sessions", "sessionpage", learn.pk)
    where = reverse("wagtailadmin_pages:add", args=names)
    given = FORM | {"title": "Tea", "session_format": "dialogue"} | typed
    answer = client.post(where, given)

    assert answer.status_code == 200
    assert "What you typed is still here." in words(answer)
    assert not SessionPage.objects.exists()
