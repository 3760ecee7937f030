from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One search over pages, files, people and organizations."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from operations.registry import (
            Queue,
            register_job,
            register_probe,
            register_schedule,
        )
        from pages.models import PeopleIndex, WorkingGroupIndex
        from people import registry as people_registry
        from people.access import TRUSTED, Role

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

        people_registry.allow_models(
            roles=TRUSTED,
            models=["search.searchterm", "wagtailsearchpromotions.searchpromotion"],
        )
        people_registry.allow_models(
            roles={Role.MODERATOR, Role.ADMINISTRATOR}, models=["search.indexchange"]
        )

        def initialize(**_kwargs: Any) -> None:
            """Initialize the index after every migration; idempotent."""
            actions.initialize_index()

        post_migrate.connect(
            initialize, sender=self, weak=False, dispatch_uid="search.initialize"
        )
        register_probe("search", actions.probe)
        register_job("search.jobs.apply_changes", queue=Queue.URGENT)
        register_schedule(
            "search",
            job="search.jobs.apply_changes",
            minutes=1,
            queue=Queue.URGENT,
        )
        register_schedule("search-terms", job="search.jobs.forget_terms", minutes=60)
