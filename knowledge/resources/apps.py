from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeResourcesConfig(AppConfig):
    name = "knowledge.resources"
    label = "knowledge_resources"
    verbose_name = _("Library and resources")
