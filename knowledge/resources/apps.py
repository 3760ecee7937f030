from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeResourcesConfig(AppConfig):
    name = "knowledge.resources"
    label = "knowledge_resources"
    verbose_name = _("Resources")

    def ready(self) -> None:
        from search import registry

        from .documents import ResourceDocument

        registry.register(ResourceDocument)
