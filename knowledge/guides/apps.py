from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class KnowledgeGuidesConfig(AppConfig):
    name = "knowledge.guides"
    label = "knowledge_guides"
    verbose_name = _("Guides")

    def ready(self) -> None:
        from search import registry

        from .actions import keep_chapter_urls
        from .documents import GuideDocument
        from .models import GuidePage

        registry.register(GuideDocument)
        pre_save.connect(keep_chapter_urls, sender=GuidePage)
