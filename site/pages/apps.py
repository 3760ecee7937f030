from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save
from django.utils.translation import gettext_lazy as _

# In Wagtail's tree: the root is 1, a home page 2.
_BELOW_HOME = 3


class PagesConfig(AppConfig):
    """Base page, home, topics, navigation, shared blocks."""

    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # Models are loaded now, not before.
        from wagtail.models import Page, Site, TaskState, WorkflowState
        from wagtail.signals import post_page_move, task_submitted

        from . import checks  # noqa: F401
        from .access import narrow_page_policy
        from .actions import (
            AskReviewers,
            keep_for_group,
            provision_workflow,
            publish_approved,
        )
        from .models import WorkingGroupPage
        from .templatetags.pages_tags import forget_below_home

        def provision(**kwargs: Any) -> None:
            """After every migration; harmless to repeat."""
            provision_workflow()

        def close_before_it_is_live(instance: Any, **kwargs: Any) -> None:
            """A group's page is closed to others before it is live, however it goes live."""
            if instance.live and instance.pk:
                keep_for_group(page=instance)

        def read_the_doors_anew(instance: Any, **kwargs: Any) -> None:
            """A home page, a page right below one, or a site changed."""
            if isinstance(instance, Site) or (
                isinstance(instance, Page) and instance.depth <= _BELOW_HOME
            ):
                forget_below_home()

        for signal in (post_save, post_delete, post_page_move):
            signal.connect(read_the_doors_anew, weak=False, dispatch_uid="pages.doors")
        narrow_page_policy()
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
