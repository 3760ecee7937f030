"""Topics and audiences."""

from typing import Any

from demo.content import table
from pages.models import Audience, Topic

from .tally import Tally


def create_topics(tally: Tally) -> None:
    """Create the tree of topics with their synonyms, and the audiences."""
    lists = table("topics")
    for facts in lists["topic"]:
        root = _topic(facts, None, tally)
        for below in facts["below"]:
            _topic(below, root, tally)
    for facts in lists["audience"]:
        _, new = Audience.objects.get_or_create(name=facts["name"])
        tally.made("audience", new=new)


def _topic(facts: dict[str, Any], parent: Topic | None, tally: Tally) -> Topic:
    made, new = Topic.objects.get_or_create(
        name=facts["name"],
        defaults={
            "parent": parent,
            "summary": facts["summary"],
            "synonyms": "\n".join(facts["words"]),
        },
    )
    tally.made("topic", new=new)
    return made
