"""System checks of page types: pages.E001 to pages.E003."""

from typing import Any, ClassVar

import pytest
from django.apps import apps
from wagtail.models import Page

from pages import checks
from pages.models import BasePage, Kind, StandardPage


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the models that the check sees; a test appends its own, abstract ones."""
    seen: list[Any] = list(apps.get_models())
    monkeypatch.setattr(checks.apps, "get_models", lambda: seen)
    return seen


def found() -> list[tuple[str | None, Any]]:
    return [(each.id, each.obj) for each in checks.page_types(None)]


def test_our_page_types_pass() -> None:
    assert checks.page_types(None) == []


def test_a_page_type_must_descend_from_the_base_page(types: list[Any]) -> None:
    class Stray(Page):
        subpage_types: ClassVar[list[str]] = []
        parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

        class Meta:
            abstract = True

    types.append(Stray)
    assert ("pages.E001", Stray) in found()


def test_a_page_type_must_say_what_may_be_below_it(types: list[Any]) -> None:
    class Silent(BasePage):
        class Meta:
            abstract = True

    types.append(Silent)
    assert ("pages.E002", Silent) in found()


def test_a_page_type_must_be_allowed_somewhere(types: list[Any]) -> None:
    class Homeless(BasePage):
        subpage_types: ClassVar[list[str]] = []

        class Meta:
            abstract = True

    types.append(Homeless)
    assert ("pages.E002", Homeless) in found()


def test_the_key_of_a_kind_is_used_once(
    types: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StandardPage, "kind", Kind("guide", "Page", "Pages", "library"))
    (error,) = checks.page_types(None)
    assert error.id == "pages.E003"
    assert "“guide”" in error.msg
