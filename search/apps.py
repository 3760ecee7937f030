from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One search over everything: registry, engines, results."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from operations.actions import register_probe
        from pages.models import PeopleIndex, WorkingGroupIndex

        from . import actions, checks, documents, registry, signals  # noqa: F401

        for source in (
            documents.PageSource,
            documents.FileSource,
            documents.PersonSource,
            documents.OrganizationSource,
        ):
            registry.register_source(source())
        for document in (
            documents.StandardPageDocument,
            documents.WorkingGroupDocument,
            documents.FileDocument,
            documents.PersonDocument,
            documents.OrganizationDocument,
        ):
            registry.register(document)
        registry.exclude(PeopleIndex, WorkingGroupIndex)
        signals.connect()

        def provision(**_kwargs: Any) -> None:
            """After every migration; harmless to repeat."""
            actions.initialize_index()

        post_migrate.connect(
            provision, sender=self, weak=False, dispatch_uid="search.provision"
        )
        register_probe("search", actions.probe)
