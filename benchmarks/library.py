"""A generated library, for a machine without a real one."""

import datetime as dt
import itertools
import time
import uuid

from knowledge.library.models import LibraryIndex
from knowledge.resources.models import ResourcePage
from pages.models import Topic

_WHAT = ("handover", "bed", "kettle", "garden", "roster", "door", "shift", "meal")
_WHY = ("that people ask for", "after the first night", "for new staff", "on one page")


def make_up(count: int) -> None:
    """Make that many articles of a few hundred words in the library, each with a topic."""
    library = LibraryIndex.objects.order_by("depth", "path").first()
    topics = itertools.cycle(Topic.objects.all())
    words = itertools.cycle(itertools.product(_WHAT, _WHY))
    for number in range(count):
        page = _article(number, *next(words))
        page.topics = list(itertools.islice(topics, 1))
        library.add_child(instance=page)
        time.sleep(0.01)  # lets other processes write: SQLite has no fair lock


def _article(number: int, what: str, why: str) -> ResourcePage:
    return ResourcePage(
        title=f"A {what} {why} ({number + 1})",
        summary=f"What a {what} does {why}.",
        issued_on=dt.date(2012, 1, 2) + dt.timedelta(days=number),
        body=[block for part in range(1, 6) for block in _section(what, why, part)],
    )


def _section(what: str, why: str, part: int) -> list[dict]:
    words = f"The {what} is there {why}, and somebody knows why. " * 12
    return [
        {
            "type": "heading",
            "value": {"text": f"The {what}, part {part}", "level": "2"},
            "id": str(uuid.uuid4()),
        },
        {"type": "text", "value": f"<p>{words}</p>", "id": str(uuid.uuid4())},
    ]
