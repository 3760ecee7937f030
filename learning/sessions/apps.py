from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningSessionsConfig(AppConfig):
    name = "learning.sessions"
    label = "learning_sessions"
    verbose_name = _("Learning sessions")

    def ready(self) -> None:
        from operations.registry import register_schedule
        from people import registry as people_registry
        from people.access import TRUSTED
        from search import registry

        from . import home_panels
        from .documents import SessionDocument, offer_next_session

        people_registry.allow_models(roles=TRUSTED, models=["learning_sessions.series"])
        registry.register(SessionDocument)
        registry.register_next_step(offer_next_session)
        register_schedule(
            "sessions", job="learning.sessions.jobs.roll_forward", minutes=5
        )
        home_panels.register()
