"""The views of a session's dates in the CMS, over HTTP."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learning.sessions.actions import cancel_occurrence
from learning.sessions.models import Occurrence, SessionPage
from tests.cms.forms import edit_url
from tests.factories import SessionPageFactory, restrict_page

from .date_forms import FORM

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Any:
    return SessionPageFactory(title="Tea at night", revised=True)


@pytest.fixture
def date(session: Any) -> Occurrence:
    return session.occurrences.get()


def url(view: str, session: Any, date: Any = None) -> str:
    given = [session.pk] if date is None else [session.pk, date.public_id]
    return reverse(f"session_dates:{view}", args=given)


def urls(session: Any, date: Any) -> list[str]:
    return [url("list", session), url("add", session)] + [
        url(view, session, date) for view in ("edit", "cancel", "reinstate")
    ]


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_form_of_a_session_lists_its_dates(
    client_of: Any, editor: Any, session: Any, date: Any
) -> None:
    html = words(client_of(editor).get(edit_url(session)))

    assert date.days in html
    assert date.hours in html
    assert url("list", session) in html
    assert "occurrences-TOTAL_FORMS" not in html


def test_dates_are_listed_in_order_with_all_that_was_said(
    client_of: Any, moderator: Any, session: Any, date: Any
) -> None:
    Occurrence.objects.filter(pk=date.pk).update(
        place="Rutland Hall", capacity=12, recorded="no", note="Two steps up."
    )
    html = words(client_of(moderator).get(url("list", session)))

    assert "Online and Rutland Hall. 12 seats. Recorded: no. Two steps up." in html
    assert url("edit", session, date) in html


def test_a_moderator_adds_a_date(client_of: Any, moderator: Any, session: Any) -> None:
    answer = client_of(moderator).post(url("add", session), FORM, follow=True)

    assert "The date is added." in words(answer)
    made = session.occurrences.get(first_day=dt.date(2030, 12, 10))
    assert made.starts_at.isoformat() == "2030-12-10T17:00:00+00:00"


def test_the_form_of_a_further_date_starts_where_the_last_one_was(
    client_of: Any, moderator: Any, session: Any, date: Any
) -> None:
    Occurrence.objects.filter(pk=date.pk).update(
        place="Kelowna", online=False, zone="America/Toronto"
    )
    html = client_of(moderator).get(url("add", session)).content.decode()

    assert 'value="Kelowna"' in html
    assert '<option value="America/Toronto" selected>' in html
    assert "Eastern Time" in html


def test_a_moderator_changes_a_date(
    client_of: Any, moderator: Any, session: Any, date: Any
) -> None:
    client = client_of(moderator)
    form = client.get(url("edit", session, date)).context["form"]
    assert form["first_day"].value() == date.first_day
    client.post(url("edit", session, date), FORM | {"place": "Kelowna"})

    date.refresh_from_db()
    assert (date.first_day, date.place) == (dt.date(2030, 12, 10), "Kelowna")
    assert date.status == "moved"
    session.refresh_from_db()
    assert session.next_starts_at == date.starts_at


def test_an_unreadable_day_is_refused_and_everything_typed_is_kept(
    client_of: Any, moderator: Any, session: Any, date: Any
) -> None:
    """Never replaced by now."""
    before = date.starts_at
    typed = FORM | {"first_day": "next Tuesday", "note": "Bring a friend"}
    html = words(client_of(moderator).post(url("edit", session, date), typed))

    assert "“next Tuesday” is not a day." in html
    assert "What you typed is still here." in html
    for value in ("next Tuesday", "Bring a friend", "10:00", "11:15"):
        assert f'value="{value}"' in html
    date.refresh_from_db()
    assert date.starts_at == before


def test_a_second_date_at_the_same_time_is_refused_with_a_sentence(
    client_of: Any, moderator: Any, session: Any
) -> None:
    client = client_of(moderator)
    client.post(url("add", session), FORM)
    html = words(client.post(url("add", session), FORM))

    assert "This session already has a date that starts at this time." in html
    assert session.occurrences.count() == 2


def test_a_date_is_cancelled_after_a_question_and_reinstated(
    client_of: Any, moderator: Any, session: Any, date: Any
) -> None:
    client = client_of(moderator)
    asked = words(client.get(url("cancel", session, date)))
    assert "marked as cancelled. You can reinstate it later." in asked
    assert Occurrence.objects.get().status == "planned"

    cancelled = words(client.post(url("cancel", session, date), follow=True))
    assert Occurrence.objects.get().status == "cancelled"
    assert url("reinstate", session, date) in cancelled
    assert f'{url("edit", session, date)}"' not in cancelled

    client.post(url("reinstate", session, date))
    assert Occurrence.objects.get().status == "planned"


def test_a_cancelled_date_is_not_changed(
    client_of: Any, moderator: Any, session: Any, date: Any
) -> None:
    cancel_occurrence(occurrence=date)
    html = words(client_of(moderator).post(url("edit", session, date), FORM))

    assert "This date is cancelled. Reinstate it before you change it." in html


def test_a_date_whose_time_is_taken_is_not_reinstated(
    client_of: Any, moderator: Any, session: Any, date: Any
) -> None:
    client = client_of(moderator)
    client.post(url("edit", session, date), FORM)
    client.post(url("cancel", session, date))
    client.post(url("add", session), FORM)
    html = words(client.post(url("reinstate", session, date), follow=True))

    assert "This session already has a date that starts at this time." in html
    date.refresh_from_db()
    assert date.cancelled


@pytest.mark.parametrize("role", ["stranger", "member", "owner", "visitor"])
def test_nobody_outside_the_cms_finds_the_dates(
    role: str, request: Any, client_of: Any, session: Any, date: Any
) -> None:
    client = client_of(request.getfixturevalue(role))
    for where in urls(session, date):
        for answer in (client.get(where), client.post(where, FORM)):
            signed_out = answer.status_code == 302 and "login" in answer["Location"]
            assert signed_out if role == "visitor" else answer.status_code == 404, where
    assert Occurrence.objects.get().status == "planned"


@pytest.mark.parametrize("role", ["editor", "moderator", "administrator"])
def test_an_editor_who_may_not_see_the_page_finds_no_dates(
    role: str,
    request: Any,
    client_of: Any,
    session: Any,
    date: Any,
    working_group: Any,
) -> None:
    restrict_page(session, working_group.group)
    client = client_of(request.getfixturevalue(role))
    for where in urls(session, date):
        assert client.get(where).status_code in {404, 405}, where
        assert client.post(where, FORM).status_code == 404, where
    assert Occurrence.objects.get().status == "planned"


def test_an_editor_reads_the_dates_of_a_published_session_and_changes_none(
    client_of: Any, editor: Any, session: Any, date: Any
) -> None:
    """A change would be public at once, past the second pair of eyes."""
    client = client_of(editor)
    html = words(client.get(url("list", session)))
    assert "Ask a moderator to make it." in html
    assert url("edit", session, date) not in html
    assert url("add", session) not in html
    for where in urls(session, date)[1:]:
        answer = client.post(where, FORM, follow=True)
        assert "Ask a moderator to make it." in words(answer), where

    assert [each.status for each in session.dates] == ["planned"]


def test_an_editor_changes_the_dates_of_a_draft(client_of: Any, editor: Any) -> None:
    draft = SessionPageFactory(live=False, revised=False)
    client_of(editor).post(url("add", draft), FORM)

    assert len(draft.dates) == 2


def test_the_dates_of_a_locked_page_are_locked(
    client_of: Any, moderator: Any, administrator: Any, session: Any
) -> None:
    SessionPage.objects.filter(pk=session.pk).update(
        locked=True, locked_by=administrator
    )
    html = words(client_of(moderator).post(url("add", session), FORM, follow=True))

    assert "This page is locked, and so are its dates." in html
    assert len(session.dates) == 1


def test_a_date_is_found_below_its_own_session_only(
    client_of: Any, moderator: Any, date: Any
) -> None:
    other = SessionPageFactory()
    client = client_of(moderator)

    assert client.get(url("edit", other, date)).status_code == 404
    assert client.post(url("cancel", other, date)).status_code == 404


def test_other_pages_and_aliases_have_no_dates_to_change(
    client_of: Any, moderator: Any, session: Any
) -> None:
    alias = session.create_alias(update_slug="as-well")
    client = client_of(moderator)

    for page in (alias, session.get_parent()):
        assert client.get(url("list", page)).status_code == 404


def test_a_form_of_another_site_changes_nothing(
    moderator: Any, session: Any, date: Any
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    for where in urls(session, date)[1:]:
        assert client.post(where, FORM).status_code == 403, where

    assert [each.status for each in session.dates] == ["planned"]


def test_the_history_of_the_page_tells_of_its_dates(
    client_of: Any, moderator: Any, session: Any
) -> None:
    client = client_of(moderator)
    client.post(url("add", session), FORM)
    history = reverse("wagtailadmin_pages:history", args=[session.pk])

    assert "Added the date Tuesday 10 December 2030" in words(client.get(history))


def test_the_list_costs_the_same_for_two_dates_and_for_twenty(
    client_of: Any, moderator: Any, session: Any, count_queries: Any
) -> None:
    client = client_of(moderator)

    def cost() -> int:
        client.get(url("list", session))
        with count_queries() as asked:
            client.get(url("list", session))
        return len(asked)

    client.post(url("add", session), FORM)
    few = cost()
    for day in range(11, 29):
        client.post(url("add", session), FORM | {"first_day": f"2030-12-{day}"})
    assert len(session.dates) == 20
    assert cost() == few
