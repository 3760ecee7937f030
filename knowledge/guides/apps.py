from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeGuidesConfig(AppConfig):
    name = "knowledge.guides"
    label = "knowledge_guides"
    verbose_name = _("Guides")

    def ready(self) -> None:
        from search import registry

        from .documents import ChapterDocument, GuideDocument

        registry.register(GuideDocument)
        registry.register(ChapterDocument)
