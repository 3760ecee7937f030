"""System checks of page types."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from wagtail.models import Page

from .models import BasePage

if TYPE_CHECKING:
    from collections.abc import Iterator


@register()
def page_types(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check pages.E001 to pages.E003; docs/operations/checks.md explains them."""
    ours = [model for model in apps.get_models() if issubclass(model, Page)]
    return [
        *_not_base_pages(ours),
        *(error for model in ours for error in _without_allowed_place(model)),
        *_duplicate_kinds(ours),
    ]


def _not_base_pages(models: list[type[Page]]) -> "Iterator[CheckMessage]":
    for model in models:
        if model is not Page and not issubclass(model, BasePage):
            yield Error(
                f"{model.__name__} does not descend from BasePage.",
                hint="Topics, access and search work for descendants of BasePage only.",
                obj=model,
                id="pages.E001",
            )


def _without_allowed_place(model: type[Page]) -> "Iterator[CheckMessage]":
    if model in (Page, BasePage):
        return
    if not hasattr(model, "subpage_types") or not model.allowed_parent_page_models():
        yield Error(
            f"{model.__name__} does not say which page types may be below it, or "
            "no page type allows it.",
            hint="Set its subpage_types, and add it to those of its parent.",
            obj=model,
            id="pages.E002",
        )


def _duplicate_kinds(models: list[type[Page]]) -> "Iterator[CheckMessage]":
    used: dict[str, type[Page]] = {}
    for model in models:
        kind = getattr(model, "kind", None)
        if kind is not None and used.setdefault(kind.key, model) is not model:
            yield Error(
                f"{model.__name__} and {used[kind.key].__name__} are both “{kind.key}”.",
                hint="The key of a kind is part of the URLs of listings.",
                obj=model,
                id="pages.E003",
            )
