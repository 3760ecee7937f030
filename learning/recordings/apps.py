from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningRecordingsConfig(AppConfig):
    name = "learning.recordings"
    label = "learning_recordings"
    verbose_name = _("Recordings")
