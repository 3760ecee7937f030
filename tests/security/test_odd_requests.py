"""Every address is asked with odd values: none may end in a server error.

What each request changed is undone before the next. `make check-security` asks with all
values, `make test` with a few.
"""

from collections.abc import Callable

import pytest

from tests.access.addresses import addresses
from tests.access.examples import Examples
from tests.access.guarded import GuardedSite

from .extent import WHOLE
from .odd import (
    BODIES,
    CHECKED_FIRST,
    FEW,
    HEADERS,
    ODD,
    PARAMETERS,
    Asking,
    all_odd,
    fields_of,
    paths_with_odd_parameters,
    query_of,
)

pytestmark = pytest.mark.django_db

VALUES = ODD if WHOLE else {name: ODD[name] for name in FEW}
ALONE = PARAMETERS if WHOLE else CHECKED_FIRST
ALL = addresses()
PARTS = 4
OURS = [each for each in ALL if not each.route.startswith("cms/")]
CMS = [each for each in ALL if each.route.startswith("cms/")][:: 1 if WHOLE else 16]
AREAS = {
    "ours as a visitor": ("visitor", OURS),
    "ours as an owner": ("owner", OURS),
    **{
        f"the CMS as an administrator, part {part + 1}": (
            "administrator",
            CMS[part::PARTS],
        )
        for part in range(PARTS)
    },
}


@pytest.fixture(params=AREAS)
def walk(request: pytest.FixtureRequest, browser_of: Callable) -> tuple[Asking, list]:
    role, area = AREAS[request.param]
    return Asking(browser_of(role)), area


@pytest.fixture
def examples(guarded: GuardedSite) -> Examples:
    return Examples(guarded)


def _end(asking: Asking) -> None:
    print(f"{asking.asked} requests")
    assert asking.broken == [], "\n".join(asking.broken)


def test_odd_parameters_break_no_address(walk: tuple, examples: Examples) -> None:
    asking, area = walk
    for address in area:
        for where in examples.of(address)[:1]:
            joint = "&" if "?" in where else "?"
            for what, value in VALUES.items():
                asking.ask("GET", where + joint + query_of(value), what)
            for name in ALONE if area is OURS else CHECKED_FIRST:
                asking.ask("GET", f"{where}{joint}{name}=%00²-{'9' * 20}", name)
    _end(asking)


def test_odd_paths_break_no_address(walk: tuple, examples: Examples) -> None:
    asking, area = walk
    for address in area:
        for where in paths_with_odd_parameters(address, examples):
            asking.ask("GET", where, "an odd path")
    _end(asking)


def test_odd_forms_break_no_address(walk: tuple, examples: Examples) -> None:
    asking, area = walk
    for address in area:
        for where in examples.of(address)[:1]:
            found = fields_of(asking.ask("GET", where, "nothing"))
            fields = found or dict.fromkeys(PARAMETERS, "")
            for what, value in VALUES.items():
                asking.post_form(where, all_odd(fields, value), what)
                counts = {
                    name for name in fields if name.endswith(("-count", "_FORMS"))
                }
                odd = fields | dict.fromkeys(counts, value)
                if counts:
                    asking.post_form(where, odd, f"counts that are {what}")
    _end(asking)


def test_odd_headers_and_bodies_break_no_address(
    walk: tuple, examples: Examples
) -> None:
    asking, area = walk
    for address in area if area is OURS else area[::3]:
        for where in examples.of(address)[:1]:
            for header in HEADERS:
                asking.ask("GET", where, str(header)[:60], **header)
            for kind, body in BODIES:
                asking.ask("POST", where, kind, data=body, content_type=kind)
    _end(asking)
