"""Invariants of search, told at start.

`search.E001`: a page type is neither registered for search nor left out on purpose.
`search.E002`: there is no engine for these settings.
`search.W001`: the engine that the settings name does not answer (deployment).
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
def every_page_type_is_found_or_left_out(**_options: Any) -> list[CheckMessage]:
    """No page type is forgotten."""
    return [
        Error(
            f"Search knows nothing of {model._meta.label}.",
            hint="Register a document for it in AppConfig.ready, or leave it out there.",
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
def there_is_an_engine(**_options: Any) -> list[CheckMessage]:
    """A wrong setting stops the start with a sentence."""
    try:
        engines.embedded()
        engines.remote()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="search.E002")]
    return []


@register(deploy=True)
def the_engine_answers(**_options: Any) -> list[CheckMessage]:
    """An engine that is away is no reason not to start: the database's own stands in."""
    try:
        if remote := engines.remote():
            remote.generations()
    except ImproperlyConfigured:
        return []
    except ENGINE_ERRORS as error:
        return [
            checks.Warning(
                f"The search engine does not answer: {error}",
                hint="Start it, or mend SEARCH_URL; until then the database's own stands in.",
                id="search.W001",
            )
        ]
    return []
