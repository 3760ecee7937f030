from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeResourcesConfig(AppConfig):
    name = "knowledge.resources"
    label = "knowledge_resources"
    verbose_name = _("Library and resources")

    def ready(self) -> None:
        from search import registry

        from .documents import ResourceDocument
        from .models import LibraryIndex

        registry.register(ResourceDocument)
        registry.leave_out(LibraryIndex)
