from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeStatementsConfig(AppConfig):
    name = "knowledge.statements"
    label = "knowledge_statements"
    verbose_name = _("Policy statements")

    def ready(self) -> None:
        from search import registry

        from .documents import StatementDocument

        registry.register(StatementDocument)
