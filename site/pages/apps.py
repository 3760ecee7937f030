from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_save
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Base page, listings, topics, shared blocks, the CMS."""

    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # Models are loaded now, not before.
        from wagtail.models import TaskState, WorkflowState
        from wagtail.signals import task_submitted

        from operations.registry import Queue, register_schedule
        from people import registry as people_registry
        from people.access import TRUSTED, Role

        from . import checks, home_panels  # noqa: F401
        from .access import narrow_page_policy
        from .actions import (
            AskReviewers,
            keep_for_group,
            provision_workflow,
            publish_approved,
        )
        from .actions.personal_data import PagesData
        from .models import WorkingGroupPage

        people_registry.allow_models(
            roles=TRUSTED, models=["pages.topic", "pages.audience"]
        )
        people_registry.allow_models(
            roles={Role.ADMINISTRATOR},
            models=["wagtailcore.site", "wagtailcore.workflow", "wagtailcore.task"],
        )
        people_registry.allow_models(
            roles={Role.MODERATOR, Role.ADMINISTRATOR},
            models=["wagtailredirects.redirect"],
        )
        people_registry.register_personal_data(PagesData())

        def provision(**kwargs: Any) -> None:
            """After every migration; harmless to repeat."""
            provision_workflow()

        def close_before_it_is_live(instance: Any, **kwargs: Any) -> None:
            """A group's page is closed to others before it is live, however it goes live."""
            if instance.live and instance.pk:
                keep_for_group(page=instance)

        narrow_page_policy()
        home_panels.register()
        register_schedule(
            "publish",
            job="pages.jobs.publish_scheduled",
            minutes=1,
            queue=Queue.URGENT,
        )
        # Wagtail reads its setting for this while its models load, too early for ours.
        WorkflowState.on_finish = publish_approved
        task_submitted.connect(
            AskReviewers(), sender=TaskState, weak=False, dispatch_uid="pages.reviewers"
        )
        pre_save.connect(
            close_before_it_is_live,
            sender=WorkingGroupPage,
            weak=False,
            dispatch_uid="pages.group",
        )
        post_migrate.connect(
            provision,
            sender=apps.get_app_config("auth"),
            weak=False,
            dispatch_uid="pages.workflow",
        )
