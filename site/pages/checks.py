"""Invariants of pages, checked at every start."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from wagtail.models import Page

from .models import BasePage

if TYPE_CHECKING:
    from collections.abc import Iterator


@register()
def page_types(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """pages.E001 to pages.E003, see docs/operations/checks.md."""
    ours = [model for model in apps.get_models() if issubclass(model, Page)]
    return [
        *_not_of_the_house(ours),
        *(error for model in ours for error in _without_a_place(model)),
        *_kinds_used_twice(ours),
    ]


def _not_of_the_house(models: list[type[Page]]) -> "Iterator[CheckMessage]":
    for model in models:
        if model is not Page and not issubclass(model, BasePage):
            yield Error(
                f"{model.__name__} does not descend from BasePage.",
                hint="Topics, access and search hold for descendants of BasePage only.",
                obj=model,
                id="pages.E001",
            )


def _without_a_place(model: type[Page]) -> "Iterator[CheckMessage]":
    if model in (Page, BasePage):
        return
    if not hasattr(model, "subpage_types") or not model.allowed_parent_page_models():
        yield Error(
            f"{model.__name__} does not say what may stand below it, or no page type "
            "names it.",
            hint="Set its subpage_types, and name it in those of its parent.",
            obj=model,
            id="pages.E002",
        )


def _kinds_used_twice(models: list[type[Page]]) -> "Iterator[CheckMessage]":
    used: dict[str, type[Page]] = {}
    for model in models:
        kind = getattr(model, "kind", None)
        if kind is not None and used.setdefault(kind.key, model) is not model:
            yield Error(
                f"{model.__name__} and {used[kind.key].__name__} are both “{kind.key}”.",
                hint="The key of a kind stands in addresses of listings.",
                obj=model,
                id="pages.E003",
            )
