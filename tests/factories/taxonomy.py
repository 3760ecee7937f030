"""Topics, audiences and series."""

import factory

from learning.sessions.models import Series
from pages.models import Audience, Topic


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"Safety at night {n}")
    summary = "What keeps people safe between eleven and seven."


class AudienceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Audience

    name = factory.Sequence(lambda n: f"Night staff {n}")


class SeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Series

    name = factory.Sequence(lambda n: f"First Tuesdays {n}")
