"""System checks of search.

`search.E001`: a page type is neither registered for search nor excluded. `search.E002`:
the settings name no usable engine. `search.W001`: the configured engine does not
respond (deployment check).
"""

from typing import Any

from django.apps import apps
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from pages.models import BasePage

from . import engines, registry
from .engines.remote import ENGINE_ERRORS


@register()
def check_page_types(**_options: Any) -> list[CheckMessage]:
    """Report page types that are neither searchable nor excluded."""
    return [
        Error(
            f"{model._meta.label} is neither searchable nor excluded from search.",
            hint="Register a document for it in AppConfig.ready, or exclude it there.",
            obj=model,
            id="search.E001",
        )
        for model in apps.get_models()
        if issubclass(model, BasePage)
        and model is not BasePage
        and not registry.is_excluded(model)
        and registry.document_of(model) is None
    ]


@register()
def check_engine_settings(**_options: Any) -> list[CheckMessage]:
    """Report invalid engine settings."""
    try:
        engines.embedded()
        engines.remote()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="search.E002")]
    return []


@register(deploy=True)
def check_engine_reachable(**_options: Any) -> list[CheckMessage]:
    """Warn about an unreachable engine; the embedded engine answers in its place."""
    try:
        if remote := engines.remote():
            remote.generations()
    except ImproperlyConfigured:
        return []
    except ENGINE_ERRORS as error:
        return [
            checks.Warning(
                f"The search engine is unavailable: {error}",
                hint="Start it or correct SEARCH_URL; until then the embedded engine answers.",
                id="search.W001",
            )
        ]
    return []
