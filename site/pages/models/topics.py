"""Topics, a curated tree, and audiences."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from .slugs import free_slug

if TYPE_CHECKING:
    from collections.abc import Iterator


INDENT = "\u2003"


class Topic(index.Indexed, models.Model):
    """A topic; search also finds its pages by its synonyms."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("slug"), max_length=110, unique=True, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
        help_text=_("Leave empty for a main topic."),
    )
    summary = models.TextField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences.")
    )
    synonyms = models.TextField(
        _("other words for it"),
        blank=True,
        help_text=_("One on each line. A search for one finds the others too."),
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("synonyms"),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")),
                name="pages_topic_not_its_own_parent",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        above, seen = self.parent, {self.pk} if self.pk else set()
        while above is not None:
            if above.pk in seen:
                raise ValidationError(
                    {
                        "parent": _(
                            "A topic cannot belong to itself or to a topic below it."
                        )
                    }
                )
            seen.add(above.pk)
            above = above.parent

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or free_slug(self)
        super().save(*args, **kwargs)

    def in_tree(self) -> str:
        """Return the name indented by `depth`, which the list of the CMS annotates."""
        return f"{INDENT * getattr(self, 'depth', 0)}{self.name}"

    in_tree.short_description = _("name")  # type: ignore[attr-defined]

    @property
    def synonym_list(self) -> list[str]:
        """The synonyms, one for each line that is not blank."""
        return [line.strip() for line in self.synonyms.splitlines() if line.strip()]

    def get_absolute_url(self) -> str:
        return reverse("topics:topic", args=[self.slug])


@dataclass(frozen=True)
class TopicTree:
    """All topics, read in one query."""

    topics: tuple[Topic, ...]

    @classmethod
    def load(cls) -> Self:
        """Read all topics. One query."""
        return cls(tuple(Topic.objects.all()))

    @cached_property
    def by_slug(self) -> dict[str, Topic]:
        return {topic.slug: topic for topic in self.topics}

    @cached_property
    def _children(self) -> dict[int | None, list[Topic]]:
        children: dict[int | None, list[Topic]] = defaultdict(list)
        for topic in self.topics:
            children[topic.parent_id].append(topic)
        return children

    def roots(self) -> list[Topic]:
        """Return the main topics."""
        return self._children[None]

    def under(self, topic: Topic) -> list[Topic]:
        """Return the topics right below one."""
        return self._children[topic.pk]

    def with_descendants(self, topic: Topic) -> list[int]:
        """Return the primary keys of the topic and of all topics below it."""
        found, pending = [], [topic]
        while pending:
            each = pending.pop()
            found.append(each.pk)
            pending += self._children[each.pk]
        return found

    def walk(
        self, below: int | None = None, depth: int = 0
    ) -> "Iterator[tuple[Topic, int]]":
        """Yield each topic with its depth, in the order of the tree."""
        for topic in self._children[below]:
            yield topic, depth
            yield from self.walk(topic.pk, depth + 1)

    def options(self) -> list[tuple[str, str, int]]:
        """Return (slug, name, depth) in the order of the tree, for filters."""
        return [(topic.slug, topic.name, depth) for topic, depth in self.walk()]


class Audience(models.Model):
    """Whom pages are made for, for instance night staff or peer workers."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=90, unique=True, blank=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or free_slug(self)
        super().save(*args, **kwargs)
