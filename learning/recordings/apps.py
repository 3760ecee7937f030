from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningRecordingsConfig(AppConfig):
    name = "learning.recordings"
    label = "learning_recordings"
    verbose_name = _("Recordings")

    def ready(self) -> None:
        from search import registry

        from . import session_section
        from .documents import RecordingDocument

        registry.register(RecordingDocument)
        session_section.register()
