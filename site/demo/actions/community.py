"""The whole community, in the order in which one thing needs another."""

import datetime as dt

from django.db import transaction

from demo.content import Calendar

from .files import Files
from .knowledge import build_guides, build_resources, build_statements
from .learning import build_recordings, build_sessions
from .pages import build_group_pages, build_house
from .people import bring_people
from .searches import bring_searches
from .shelves import Shelves
from .tally import Tally
from .topics import bring_topics


@transaction.atomic
def build_community(*, today: dt.date) -> Tally:
    """The demonstration is there, with dates told from today; all of it or nothing.

    A second run on the same day changes nothing; nobody is written to. Raises ContentError
    where a file of the content says something that cannot be built.
    """
    tally = Tally()
    people = bring_people(tally)
    bring_topics(tally)
    files = Files(people, tally)
    files.bring_documents()
    files.bring_pictures()
    shelves = Shelves(people, files, Calendar(today), tally)
    places = build_house(shelves)
    build_group_pages(shelves, places["write-together"])
    build_resources(shelves, places["resources"])
    build_statements(shelves, places["policy-statements"])
    build_sessions(shelves, places["monthly-sessions"], places["dialogues"])
    build_recordings(shelves, places["recordings"])
    build_guides(shelves, places["guides"])
    bring_searches(today, tally)
    return tally
