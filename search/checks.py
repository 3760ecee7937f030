"""Invariants of search, told at start.

`search.E001`: a page type is neither registered for search nor left out on purpose.
`search.E002`: there is no engine for these settings.
"""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from everydoor.pages.models import BasePage

from . import engines, registry


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
        and not registry.is_left_out(model)
        and registry.document_of(model) is None
    ]


@register()
def there_is_an_engine(**_options: Any) -> list[CheckMessage]:
    """A wrong setting stops the start with a sentence."""
    try:
        engines.embedded()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="search.E002")]
    return []
