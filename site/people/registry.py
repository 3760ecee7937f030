"""What other apps declare to this one, from their `AppConfig.ready`.

Roles: each app says which roles may change its models in the CMS, and those of the contributed
apps that it depends on::

    registry.allow_models(roles=TRUSTED, models=["pages.topic", "pages.audience"])

Personal data: each app says what it stores about a person, how that is exported, and how it
is erased when the person closes the account::

    registry.register_personal_data(FilesPersonalData())

Panels on a person's own page: `register_account_panel`.

The system check `people.E005` finds foreign keys to the account that nobody declared.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from people.models import User


class PersonalData(ABC):
    """What one app stores about a person."""

    #: Foreign keys to the account that this app answers for: "files.Document.uploaded_by_user".
    relations: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def export(self, user: "User") -> dict[str, Any]:
        """Return what the person may download, by kind; only values that JSON can hold.

        No two apps may use the same kind.
        """

    @abstractmethod
    def erase(self, user: "User") -> None:
        """Delete or anonymize the rows, inside the transaction that closes the account.

        The account and its e-mail addresses are still complete at this point.
        """


@dataclass(frozen=True, kw_only=True)
class AccountPanel:
    """A panel on a person's own page; `values` returns what its template gets as `panel`."""

    name: str
    order: int
    template: str
    values: "Callable[[User], dict[str, Any]]"


_account_panels: dict[str, AccountPanel] = {}
_model_roles: dict[str, frozenset[str]] = {}
_collection_permissions: dict[str, Mapping[str, frozenset[str]]] = {}
_personal_data: list[PersonalData] = []


def allow_models(*, roles: Iterable[str], models: Iterable[str]) -> None:
    """Let roles add, change, delete and view models ("app_label.model") in the CMS.

    Raises ImproperlyConfigured if a model was declared before.
    """
    for model in models:
        _refuse_second(model, _model_roles)
        _model_roles[model.lower()] = frozenset(roles)


def allow_in_collections(
    *, models: Iterable[str], permissions: Mapping[str, Iterable[str]]
) -> None:
    """Give roles permissions ("add", "choose") for models whose rows lie in collections.

    Raises ImproperlyConfigured if a model was declared before.
    """
    by_role = {role: frozenset(verbs) for role, verbs in permissions.items()}
    for model in models:
        _refuse_second(model, _collection_permissions)
        _collection_permissions[model.lower()] = by_role


def register_personal_data(declared: PersonalData) -> None:
    """Declare what an app stores about a person.

    Raises ImproperlyConfigured if another app answers for one of its relations.
    """
    taken = {name for each in _personal_data for name in each.relations}
    if twice := taken.intersection(declared.relations):
        names = ", ".join(sorted(twice))
        msg = f"Personal data declared twice: {names}."
        raise ImproperlyConfigured(msg)
    _personal_data.append(declared)


def register_account_panel(panel: AccountPanel) -> None:
    """Show a panel on everybody's own page.

    Raises ImproperlyConfigured if another panel has its name.
    """
    if _account_panels.setdefault(panel.name, panel) != panel:
        msg = f"The panel {panel.name} is registered twice."
        raise ImproperlyConfigured(msg)


def account_panels() -> list[AccountPanel]:
    """Return the panels of a person's own page in their order."""
    return sorted(_account_panels.values(), key=lambda panel: panel.order)


def models_of(role: str) -> list[str]:
    """Return the models that a role may change in the CMS, as "app_label.model"."""
    return [model for model, roles in _model_roles.items() if role in roles]


def collection_permissions_of(role: str) -> list[tuple[str, str]]:
    """Return the (app label, codename) pairs that a role has in every collection."""
    return [
        (app, f"{verb}_{model}")
        for (app, _, model), by_role in (
            (label.partition("."), by_role)
            for label, by_role in _collection_permissions.items()
        )
        for verb in sorted(by_role.get(role, ()))
    ]


def personal_data() -> tuple[PersonalData, ...]:
    """Return all declarations, lower apps first, as their apps were loaded."""
    return tuple(_personal_data)


def _refuse_second(model: str, declared: Mapping[str, Any]) -> None:
    if model.lower() in declared:
        msg = f"Permissions for {model} are declared twice."
        raise ImproperlyConfigured(msg)
