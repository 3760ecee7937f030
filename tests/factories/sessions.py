"""Sessions and their dates."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import factory
from django.utils import timezone

from learning.sessions.actions import refresh_times
from learning.sessions.models import Occurrence, SessionPage, Speaker

from .pages import InLearning


class OccurrenceFactory(factory.django.DjangoModelFactory):
    """A date of a `session`, ninety minutes from `starts_at`; its page is kept up to date."""

    class Meta:
        model = Occurrence

    session = factory.SubFactory(
        "tests.factories.sessions.SessionPageFactory", dates=()
    )
    zone = "America/Vancouver"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Any:
        begin = fields.pop("starts_at", timezone.now() + dt.timedelta(days=14))
        end = fields.pop("ends_at", begin + dt.timedelta(minutes=90))
        for name, moment in (("start", begin), ("end", end)):
            wall = moment.astimezone(ZoneInfo(fields["zone"]))
            day = "first_day" if name == "start" else "last_day"
            if day not in fields:
                fields |= {day: wall.date(), f"{name}_time": wall.time()}
        made = super()._create(model_class, *args, **fields)
        refresh_times(session_id=made.session.pk)
        return made


class SessionPageFactory(InLearning):
    """`starts_at=` is its date, which lasts ninety minutes; `dates=` are several of those.

    `speakers=` are contributors.
    """

    class Meta:
        model = SessionPage

    title = factory.Sequence(lambda n: f"Supporting each other on night shift {n}")
    _own_rows = ("speakers",)

    @classmethod
    def rows(cls, page: Any, **rows: Any) -> None:
        page.speakers = [Speaker(contributor=one) for one in rows.get("speakers", ())]

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Any:
        first = fields.pop("starts_at", timezone.now() + dt.timedelta(days=14))
        dates = fields.pop("dates", (first,))
        page = super()._create(model_class, *args, **fields)
        for starts_at in dates:
            OccurrenceFactory(session=page, starts_at=starts_at)
        page.refresh_from_db()
        return page
