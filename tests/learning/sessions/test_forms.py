"""The forms of a date: what is read, what is refused, and with which sentence."""

import datetime as dt
from typing import Any

import pytest

from learning.sessions.forms import NewSessionForm, OccurrenceForm
from learning.sessions.models import Occurrence

GOOD = {
    "first_day": "2026-12-08",
    "start_time": "10:00",
    "end_time": "11:15",
    "zone": "America/Vancouver",
    "last_day": "",
    "online": "on",
    "place": "",
    "capacity": "",
    "recorded": "undecided",
    "note": "",
}
TORONTO = {"zone": "America/Toronto"}


def form(**given: str) -> OccurrenceForm:
    return OccurrenceForm(GOOD | given)


def errors(**given: str) -> dict[str, list[str]]:
    return {name: list(map(str, each)) for name, each in form(**given).errors.items()}


def test_a_date_is_read_as_a_browser_sends_it() -> None:
    filled = form(capacity="12", recorded="no", note="The room is up two steps.")
    assert filled.is_valid(), filled.errors
    details = filled.details()
    assert (details.first_day, details.last_day) == (dt.date(2026, 12, 8), None)
    assert (details.start_time, details.end_time) == (dt.time(10), dt.time(11, 15))
    assert (details.zone, details.online) == ("America/Vancouver", True)
    assert (details.capacity, details.recorded) == (12, "no")


def test_whole_days_have_no_times() -> None:
    filled = form(all_day="on", last_day="2026-12-09")
    assert filled.is_valid(), filled.errors
    assert filled.details().start_time is filled.details().end_time is None


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"first_day": "tomorrow"}, "first_day", "“tomorrow” is not a day."),
        ({"first_day": "2026-02-30"}, "first_day", "“2026-02-30” is not a day."),
        ({"first_day": "12/08/2026"}, "first_day", "“12/08/2026” is not a day."),
        ({"first_day": "0001-01-01"}, "first_day", "between 2000 and 2100"),
        ({"first_day": "9999-12-31"}, "first_day", "between 2000 and 2100"),
        ({"first_day": ""}, "first_day", "This field is required."),
        ({"start_time": "noon"}, "start_time", "“noon” is not a time."),
        ({"start_time": "25:00"}, "start_time", "“25:00” is not a time."),
        ({"end_time": ""}, "end_time", "Give a time, or tick “All day”."),
        ({"end_time": "09:00"}, "end_time", "It ends before it starts."),
        ({"end_time": "10:00"}, "end_time", "It ends before it starts."),
        ({"last_day": "2026-12-07"}, "last_day", "The last day is before the first."),
        ({"last_day": "soon"}, "last_day", "“soon” is not a day."),
        ({"online": ""}, "place", "Say where it takes place, or tick “Online”."),
        ({"place": "x" * 161}, "place", "at most 160 characters"),
        ({"capacity": "0"}, "capacity", "greater than or equal to 1"),
        ({"capacity": "9" * 30}, "capacity", "less than or equal to 100000"),
        ({"recorded": "perhaps"}, "recorded", "Select a valid choice."),
        ({"zone": "Pacific"}, "zone", "Select a valid choice."),
        ({"zone": "Europe/Paris"}, "zone", "Select a valid choice."),
        (
            TORONTO | {"first_day": "2026-03-08", "start_time": "02:30"},
            "start_time",
            "The clocks go forward that night in Eastern Time, and there is no 02:30.",
        ),
        (
            TORONTO
            | {"first_day": "2026-11-01", "start_time": "00:30", "end_time": "01:30"},
            "end_time",
            "The clocks go back that night in Eastern Time, and 01:30 comes twice.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    given: dict[str, str], field: str, sentence: str
) -> None:
    found = errors(**given)
    assert list(found) == [field]
    assert sentence in found[field][0]


def test_only_one_sentence_tells_of_an_unreadable_time() -> None:
    assert errors(start_time="noon", end_time="") == {
        "start_time": [
            "“noon” is not a time. Write hours and minutes, for instance 18:30."
        ],
        "end_time": ["Give a time, or tick “All day”."],
    }


def test_the_same_night_is_fine_where_the_clocks_stay() -> None:
    assert not errors(first_day="2026-11-01", start_time="00:30", end_time="01:30")


def test_a_night_needs_its_last_day() -> None:
    night = {"start_time": "22:00", "end_time": "06:00"}
    assert "give the last day" in errors(**night)["end_time"][0]
    assert not errors(**night, last_day="2026-12-09")


def test_what_was_typed_comes_back() -> None:
    html = form(first_day="Tuesday", note="Bring tea").as_p()
    assert 'value="Tuesday"' in html
    assert 'value="Bring tea"' in html


def test_days_and_times_are_native_fields_with_the_zone_beside_them() -> None:
    html = OccurrenceForm(initial={"zone": "America/Toronto"}).as_p()
    assert html.count('type="date"') == 2
    assert html.count('type="time"') == 2
    assert html.count("Eastern Time</span>") == 2
    assert "datetimepicker" not in html


@pytest.mark.parametrize("last_day", [dt.date(2026, 12, 8), dt.date(2026, 12, 9)])
def test_a_date_comes_back_as_it_was_given(last_day: dt.date) -> None:
    date = Occurrence(
        first_day=dt.date(2026, 12, 8),
        last_day=last_day,
        start_time=dt.time(10),
        end_time=dt.time(11),
        zone="Europe/Paris",
        online=False,
        place="Kelowna",
        recorded="yes",
    )
    values: dict[str, Any] = OccurrenceForm.values_of(date)
    sent = {name: value for name, value in values.items() if value}
    filled = OccurrenceForm(sent, initial=values)
    assert filled.is_valid(), filled.errors
    assert filled.details().values() == {
        name: getattr(date, name) for name in filled.details().values()
    }


def test_a_new_session_asks_for_title_kind_date_and_place() -> None:
    asked = NewSessionForm()
    assert list(asked.fields)[:3] == ["title", "session_format", "first_day"]
    assert {"capacity", "recorded", "note"}.isdisjoint(asked.fields)
    assert "title" in NewSessionForm(GOOD).errors
