"""Edits as a community makes them: text, publishing, privacy, names, files."""

import random

from wagtail.models import PageViewRestriction

from files.models import Document
from pages.models import BasePage, Topic

_WORDS = ("kettle", "lantern", "roster", "garden", "harbour", "night", "bread", "door")


class Editor:
    """Makes random edits, the same ones for the same seed."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        leaves = BasePage.objects.filter(numchild=0).exclude(depth__lte=2)
        self.pages = list(leaves.order_by("pk").values_list("pk", flat=True))
        self.documents = list(
            Document.objects.order_by("pk").values_list("pk", flat=True)
        )
        self.topics = list(Topic.objects.order_by("pk").values_list("pk", flat=True))

    def edit(self, number: int) -> None:
        """Make one random edit."""
        kinds = (self.write, self.take_back, self.close, self.rename, self.describe)
        (kind,) = self.chance.choices(kinds, (70, 8, 7, 3, 12))
        kind(f"{self.chance.choice(_WORDS)} {number}")

    def write(self, words: str) -> None:
        """Publish a page with another title and summary."""
        page = self._page()
        page.title = f"About the {words}"
        page.summary = f"What the {words} is good for."
        page.save_revision().publish()

    def take_back(self, _words: str) -> None:
        """Unpublish a page, or publish it again."""
        page = self._page()
        if page.live:
            page.unpublish()
        else:
            page.save_revision().publish()

    def close(self, _words: str) -> None:
        """Restrict a page to members, or make it public again."""
        page = self._page()
        held = PageViewRestriction.objects.filter(page=page)
        if held.exists():
            held.first().delete()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type="login")

    def rename(self, words: str) -> None:
        """Rename a topic."""
        topic = Topic.objects.get(pk=self.chance.choice(self.topics))
        topic.name = f"Topic of the {words}"
        topic.save()

    def describe(self, words: str) -> None:
        """Change the description of a file."""
        document = Document.objects.get(pk=self.chance.choice(self.documents))
        document.description = f"A file about the {words}."
        document.save()

    def _page(self) -> BasePage:
        return BasePage.objects.get(pk=self.chance.choice(self.pages)).specific
