"""Dates relative to today, so that the demonstration is never out of date."""

import datetime as dt
from typing import Any

from django.utils import timezone

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOTICE = dt.timedelta(days=3)
_MONTHLY = (dt.time(10), dt.time(11, 15))
_TUESDAY = 1


class Calendar:
    """Days and times in the zone of the site, relative to one day."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self._monday = today - dt.timedelta(days=today.weekday())

    def weeks_ago(self, weeks: int) -> dt.date:
        """Return the Wednesday of the week `weeks` ago; a negative number is in the future."""
        return self._monday + dt.timedelta(days=2, weeks=-weeks)

    def weekday(self, name: str, weeks: int) -> dt.date:
        """Return a weekday ("Monday") of the week `weeks` from this one."""
        return self._monday + dt.timedelta(days=_DAYS.index(name), weeks=weeks)

    def monthly(self, number: int) -> dt.date:
        """Return a second Tuesday; 0 is the next one at least three days from today."""
        months = self.today.year * 12 + self.today.month - 1
        if _second_tuesday(months) < self.today + _NOTICE:
            months += 1
        return _second_tuesday(months + number)

    def hours(self, facts: dict[str, Any]) -> list[tuple[dt.date, dt.time, dt.time]]:
        """Return day, start and end of each date, from `monthly` or `times` in the facts."""
        if "monthly" in facts:
            day = self.monthly(facts["monthly"])
            return [(day, *_MONTHLY)]
        return [self._hours(each) for each in facts["times"]]

    def _hours(self, fact: dict[str, Any]) -> tuple[dt.date, dt.time, dt.time]:
        day = self.weekday(fact["weekday"], fact["weeks"])
        begin, end = map(dt.time.fromisoformat, (fact["begins"], fact["ends"]))
        return day, begin, end


def at(day: dt.date, clock: str) -> dt.datetime:
    """Return a time of day ("22:00") on a day in the zone of the site."""
    time = dt.time.fromisoformat(clock)
    return timezone.make_aware(dt.datetime.combine(day, time))


def _second_tuesday(months: int) -> dt.date:
    first = dt.date(months // 12, months % 12 + 1, 1)
    return first + dt.timedelta(days=(_TUESDAY - first.weekday()) % 7 + 7)
