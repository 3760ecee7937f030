"""Build the whole community, each part after those that it needs."""

import datetime as dt

from django.db import transaction

from demo.content import Calendar

from .files import Files
from .knowledge import build_guides, build_resources, build_statements
from .learning import build_recordings, build_sessions
from .page_builder import PageBuilder
from .pages import build_group_pages, build_index_pages
from .people import create_people
from .searches import create_searches
from .tally import Tally
from .topics import create_topics


@transaction.atomic
def build_community(*, today: dt.date) -> Tally:
    """Create or update the demonstration, with dates relative to today.

    All of it happens in one transaction. A second run on the same day changes nothing, and
    no e-mail is sent. Raises ContentError if a content file cannot be used.
    """
    tally = Tally()
    people = create_people(tally)
    create_topics(tally)
    files = Files(people, tally)
    files.create_documents()
    files.create_pictures()
    builder = PageBuilder(people, files, Calendar(today), tally)
    places = build_index_pages(builder)
    build_group_pages(builder, places["write-together"])
    build_resources(builder, places["resources"])
    build_statements(builder, places["policy-statements"])
    build_sessions(builder, places["monthly-sessions"], places["dialogues"])
    build_recordings(builder, places["recordings"])
    build_guides(builder, places["guides"])
    create_searches(today, tally)
    return tally
