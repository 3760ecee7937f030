"""What apps declare to search, and what a search without results offers."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from pages.models import StandardPage
from search import registry
from search.documents import StandardPageDocument
from search.registry import NextStep


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    """Give each test a registry of its own, with the documents of the site."""
    known = registry._registered
    monkeypatch.setattr(
        registry,
        "_registered",
        registry._Registered(dict(known.documents), set(), dict(known.sources)),
    )


def test_steps_are_offered_in_the_order_of_registration(visitor):
    for name in ("first", "second"):
        step = NextStep(lead="Try", title=name, url=f"/{name}/")
        registry.register_next_step(lambda _user, step=step: step)
    assert [step.title for step in registry.next_steps(visitor)] == ["first", "second"]


def test_a_step_that_is_not_for_the_user_is_not_offered(visitor, member):
    step = NextStep(lead="Ask", title="members", url="/members/")
    registry.register_next_step(lambda user: step if user == member else None)
    assert registry.next_steps(member) == [step]
    assert registry.next_steps(visitor) == []


def test_a_step_registered_twice_is_offered_once(visitor):
    step = NextStep(lead="Ask", title="once", url="/once/")

    def provider(_user):
        return step

    registry.register_next_step(provider)
    registry.register_next_step(provider)
    assert registry.next_steps(visitor) == [step]


def test_a_document_may_be_registered_again_but_not_replaced():
    registry.register(StandardPageDocument)

    class Other(StandardPageDocument):
        pass

    with pytest.raises(ImproperlyConfigured, match=r"registered for search twice"):
        registry.register(Other)
    assert isinstance(registry.document_of(StandardPage), StandardPageDocument)


def test_an_excluded_model_has_no_document_but_is_known():
    class Unknown:
        pass

    assert not registry.is_excluded(Unknown)
    registry.exclude(Unknown)
    assert registry.is_excluded(Unknown)
    assert registry.document_of(Unknown) is None


def test_an_unknown_source_is_an_error():
    with pytest.raises(KeyError):
        registry.source_named("nowhere")


def test_every_kind_has_a_label():
    labels = registry.kind_labels()
    assert {"page", "file", "person", "organization"} <= labels.keys()
    assert all(str(label) for label in labels.values())
