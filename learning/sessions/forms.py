"""The forms of a date in the CMS, and of a new session."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .actions import OccurrenceDetails
from .models import (
    Occurrence,
    SessionPage,
    is_repeated,
    is_skipped,
    site_zone,
    zone_choices,
    zone_name,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
MOST_SEATS = 100_000
_SHOWN = 40


class NativeDayInput(forms.DateInput):
    """The browser's own date field, which Wagtail's script does not touch."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NativeTimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DayField(forms.DateField):
    """A day as a browser sends it. An unreadable one is named in the error.

    A browser empties a date field whose value is no date, so the error repeats it.
    """

    widget = NativeDayInput
    outside = _("Choose a day between 2000 and 2100.")

    def __init__(self, **kwargs: Any) -> None:
        bounds = [
            MinValueValidator(EARLIEST, self.outside),
            MaxValueValidator(LATEST, self.outside),
        ]
        super().__init__(input_formats=["%Y-%m-%d"], validators=bounds, **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(
                _now(
                    "“{typed}” is not a day. Write year, month and day, for instance "
                    "2026-06-18."
                ).format(typed=str(value)[:_SHOWN]),
                code="invalid",
            ) from error


class ClockField(forms.TimeField):
    """A time as a browser sends it. An unreadable one is named in the error."""

    widget = NativeTimeInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S"], **kwargs)

    def to_python(self, value: Any) -> dt.time | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(
                _now(
                    "“{typed}” is not a time. Write hours and minutes, for instance 18:30."
                ).format(typed=str(value)[:_SHOWN]),
                code="invalid",
            ) from error


class WhenAndWhereForm(forms.Form):
    """When and where a date takes place, by the clocks of its zone."""

    first_day = DayField(label=_("First day"))
    all_day = forms.BooleanField(label=_("All day"), required=False)
    start_time = ClockField(label=_("Starts at"), required=False)
    end_time = ClockField(label=_("Ends at"), required=False)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("The days and times above are by the clocks there."),
    )
    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Only if it ends on a later day, for instance after midnight."),
    )
    online = forms.BooleanField(label=_("Online"), required=False)
    place = forms.CharField(
        label=_("Place"),
        max_length=160,
        required=False,
        help_text=_("The town and the room. Leave it empty if it is only online."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["zone"]
        chosen = str(self.get_initial_for_field(field, "zone") or site_zone())
        field.choices = zone_choices(chosen)
        self.initial.setdefault("zone", chosen)
        self.initial.setdefault("online", True)
        for name in ("start_time", "end_time"):
            self.fields[name].help_text = zone_name(chosen)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("all_day"):
            data["start_time"] = data["end_time"] = None
        else:
            self._require_times()
        self._check_order(data)
        self._check_clocks(data)
        if not data.get("online") and not data.get("place"):
            self._refuse("place", _("Say where it takes place, or tick “Online”."))
        return data

    def _require_times(self) -> None:
        for name in ("start_time", "end_time"):
            if self.cleaned_data.get(name) is None:
                self._refuse(name, _("Give a time, or tick “All day”."))

    def _check_order(self, data: "Mapping[str, Any]") -> None:
        first, last = data.get("first_day"), data.get("last_day")
        if first is None or (last is None and "last_day" in self.errors):
            return
        if last and last < first:
            self._refuse("last_day", _("The last day is before the first."))
        start, end = data.get("start_time"), data.get("end_time")
        if start and end and end <= start and (last or first) == first:
            self._refuse(
                "end_time",
                _(
                    "It ends before it starts. If it goes past midnight, give the last "
                    "day too."
                ),
            )

    def _check_clocks(self, data: "Mapping[str, Any]") -> None:
        first, zone = data.get("first_day"), data.get("zone")
        last = data.get("last_day") or first
        if zone is None:
            return
        for name, day in (("start_time", first), ("end_time", last)):
            if day and data.get(name):
                self._check_clock(name, dt.datetime.combine(day, data[name]), zone)

    def _check_clock(self, name: str, wall: dt.datetime, zone: str) -> None:
        if is_skipped(wall, zone):
            words = _(
                "The clocks go forward that night in {zone}, and there is no {time}."
            )
        elif is_repeated(wall, zone):
            words = _(
                "The clocks go back that night in {zone}, and {time} comes twice. Choose "
                "a time before or after that hour."
            )
        else:
            return
        self._refuse(name, words.format(zone=zone_name(zone), time=f"{wall:%H:%M}"))

    def _refuse(self, name: str, words: Any) -> None:
        if name not in self.errors:
            self.add_error(name, words)

    def details(self) -> OccurrenceDetails:
        """Return what was typed, once the form is valid."""
        names = OccurrenceDetails.__dataclass_fields__
        typed = {n: value for n, value in self.cleaned_data.items() if n in names}
        return OccurrenceDetails(**typed)


class OccurrenceForm(WhenAndWhereForm):
    """A date of a session."""

    capacity = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text=_("Leave it empty if there is no limit."),
    )
    recorded = forms.ChoiceField(
        label=_("Will it be recorded?"),
        choices=Occurrence.Recorded.choices,
        initial=Occurrence.Recorded.UNDECIDED,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("Shown beside this date, for instance “The room is up two steps.”"),
    )

    @classmethod
    def values_of(cls, occurrence: Occurrence) -> dict[str, Any]:
        """Return the initial values of the form for a date that exists."""
        one_day = occurrence.last_day == occurrence.first_day
        return OccurrenceDetails.of(occurrence).values() | {
            "all_day": occurrence.all_day,
            "last_day": None if one_day else occurrence.last_day,
        }

    @classmethod
    def values_like(cls, occurrence: Occurrence) -> dict[str, Any]:
        """Return the initial values of a further date: where and how the last one was."""
        names = ("zone", "online", "place", "capacity", "recorded")
        return {name: getattr(occurrence, name) for name in names}


class NewSessionForm(WhenAndWhereForm):
    """A new session: what it is called, what kind it is, and its first date."""

    title = forms.CharField(label=_("Title"), max_length=255)
    session_format = forms.ChoiceField(
        label=_("Kind of session"),
        choices=SessionPage.Format.choices,
        initial=SessionPage.Format.LEARNING,
    )
    field_order = ["title", "session_format"]
