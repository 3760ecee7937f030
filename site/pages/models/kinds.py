"""The page types that appear in listings."""

from functools import cache

from django.apps import apps

from .base import BasePage


@cache
def kinds() -> dict[str, type[BasePage]]:
    """Return every page type that listings contain, by the key of its kind."""
    return {
        model.kind.key: model
        for model in apps.get_models()
        if issubclass(model, BasePage) and model.kind is not None
    }


def specific_relations(models_: list[type[BasePage]]) -> list[str]:
    """Return names for `select_related` that join the rows of page types to BasePage."""
    names = []
    for model in models_:
        own = model._meta.model_name or ""
        names += [own, *(f"{own}__{each}" for each in model.row_relations)]
    return names
