"""Time zones: their names for readers, and the choices for editors."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location, get_timezone_name
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _


def site_zone() -> str:
    """Return the IANA name of the site's time zone."""
    return str(settings.TIME_ZONE)


def validate_zone(name: str) -> None:
    """Raise ValidationError unless the IANA database has a zone of this name."""
    if name not in available_timezones():
        raise ValidationError(
            _("There is no time zone “{name}”.").format(name=name), code="zone"
        )


def zone_name(zone: str) -> str:
    """Return the name of a zone as people say it, for instance “Pacific Time”.

    The name comes from the Unicode CLDR, in the active language. A zone that has no name
    of its own there is called by its city.
    """
    return _zone_name(zone, translation.get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=256)
def _zone_name(zone: str, language: str) -> str:
    locale = _locale(language)
    name = get_timezone_name(
        ZoneInfo(zone), "long", zone_variant="generic", locale=locale
    )
    if "(" not in name:
        return name
    with translation.override(language):
        return _("{city} time").format(city=_city(zone, locale))


def _city(zone: str, locale: Locale) -> str:
    return get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(translation.to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def zone_choices(*others: str) -> list[tuple[str, str]]:
    """Return the zones of the site's country as form choices, the site's zone first.

    `others` are added where they are not among them, so that a form can show a zone that
    was chosen before the site moved.
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    return [
        (zone, f"{_zone_name(zone, language)}, {_city(zone, _locale(language))}")
        for zone in dict.fromkeys([site_zone(), *_neighbours_of(site_zone()), *others])
        if zone in available_timezones()
    ]


@lru_cache(maxsize=4)
def _neighbours_of(zone: str) -> tuple[str, ...]:
    """Return the zones of the same country, from west to east."""
    territories = get_global("zone_territories")
    country = territories.get(zone)
    zones = [each for each, where in territories.items() if where == country]
    known = [each for each in zones if each in available_timezones()]
    return tuple(sorted(known, key=lambda each: (_offset(each), each)))


def _offset(zone: str) -> dt.timedelta:
    return timezone.now().astimezone(ZoneInfo(zone)).utcoffset() or dt.timedelta()
