"""Count what people search for; never who does."""

import logging
import re
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from search.models import LONGEST_TERM, SearchTerm
from search.query import Query

log = logging.getLogger(__name__)

#: Rows of earlier days are forgotten.
RETENTION = timedelta(days=180)

# An address, or a number long enough to be a telephone's: it tells of one person.
_OF_ONE_PERSON = re.compile(r"@|(?:\d[ ().-]?){7}")
# Two people who search at the same moment both count: the database adds.
_COUNT = """
INSERT INTO search_searchterm (day, term, times, found_nothing) VALUES (%s, %s, 1, %s)
ON CONFLICT (day, term) DO UPDATE SET
    times = search_searchterm.times + 1,
    found_nothing = search_searchterm.found_nothing + excluded.found_nothing
"""


def count_search(*, query: Query, found: bool) -> None:
    """The question counts once more today, in one statement; whether it found anything too.

    Long questions, those with filters, and those that hold an address or a telephone number
    are not kept. A
    search never fails because it could not be counted.
    """
    term = query.title_key
    # Folding may make a term longer than it was typed.
    long = max(len(query.text), len(term)) > LONGEST_TERM
    if not term or long or _is_narrowed(query) or _OF_ONE_PERSON.search(query.text):
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [timezone.localdate(), term, int(not found)])
    except DatabaseError:
        log.warning("a search could not be counted", exc_info=True)


def _is_narrowed(query: Query) -> bool:
    """What it found tells of the filters too, not of the words alone."""
    return bool(query.filters or query.before or query.after)


def forget_terms() -> int:
    """Terms of days longer ago than `KEPT` go; how many rows went."""
    first = timezone.localdate() - RETENTION
    return SearchTerm.objects.filter(day__lt=first).delete()[0]
