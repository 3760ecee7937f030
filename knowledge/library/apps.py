from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeLibraryConfig(AppConfig):
    name = "knowledge.library"
    label = "knowledge_library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from search import registry

        from . import home_panels
        from .models import LibraryIndex

        registry.exclude(LibraryIndex)
        home_panels.register()
