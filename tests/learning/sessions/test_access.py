"""Who may change the dates of a session, asked of the functions themselves."""

from typing import Any

import pytest

from learning.sessions.access import (
    may_start_session,
    session_in_cms,
    why_dates_are_locked,
)
from tests.factories import LearningIndexFactory, SessionPageFactory, restrict_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Any:
    return SessionPageFactory()


def test_the_view_itself_refuses_who_may_not_edit_the_page(
    administrator: Any, session: Any, working_group: Any
) -> None:
    """Also without the wrapper around all views of the CMS."""
    assert session_in_cms(administrator, session.pk) == session
    restrict_page(session, working_group.group)
    assert session_in_cms(administrator, session.pk) is None


def test_publishing_is_what_a_date_of_a_published_session_takes(
    editor: Any, moderator: Any, session: Any
) -> None:
    assert not why_dates_are_locked(moderator, session)
    assert why_dates_are_locked(editor, session)
    session.live = False
    assert not why_dates_are_locked(editor, session)


def test_a_session_is_started_below_an_index_by_an_editor(
    editor: Any, stranger: Any, session: Any
) -> None:
    learn = LearningIndexFactory()

    assert may_start_session(editor, learn)
    assert not may_start_session(stranger, learn)
    assert not may_start_session(editor, session)
