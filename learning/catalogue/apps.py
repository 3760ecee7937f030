from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningCatalogueConfig(AppConfig):
    name = "learning.catalogue"
    label = "learning_catalogue"
    verbose_name = _("Learn")

    def ready(self) -> None:
        from search import registry

        from .models import LearningIndex

        registry.exclude(LearningIndex)
