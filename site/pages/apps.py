from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_save
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Base page, listings, topics, blocks, and the CMS."""

    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from mail.registry import register_rule
        from operations.registry import Queue, register_schedule
        from people.registry import register_personal_data

        from . import checks, home_panels  # noqa: F401
        from .access import install_page_policy, why_not_about_page
        from .actions import install_moving, install_redirect_creator
        from .actions.page_mail import RULE
        from .actions.personal_data import PagesData

        install_page_policy()
        install_moving()
        install_redirect_creator()
        home_panels.register()
        register_personal_data(PagesData())
        register_rule(RULE, why_not_about_page)
        register_schedule(
            "publish",
            job="pages.jobs.publish_scheduled",
            minutes=1,
            queue=Queue.URGENT,
        )
        _declare_roles()
        _set_up_workflow()
        _restrict_group_pages()


def _declare_roles() -> None:
    """Declare which roles may change our models, and those of Wagtail for pages."""
    from people.access import TRUSTED, Role
    from people.registry import allow_models

    allow_models(roles=TRUSTED, models=["pages.topic", "pages.audience"])
    allow_models(
        roles={Role.ADMINISTRATOR},
        models=["wagtailcore.site", "wagtailcore.workflow", "wagtailcore.task"],
    )
    allow_models(
        roles={Role.MODERATOR, Role.ADMINISTRATOR},
        models=["wagtailredirects.redirect"],
    )


def _set_up_workflow() -> None:
    """Create the workflow after migrations, and connect what it does."""
    from wagtail.models import WorkflowState

    from .actions import connect_notifiers, provision_workflow, publish_approved

    def provision(**kwargs: Any) -> None:
        provision_workflow()

    # Wagtail reads its setting for this while its models load, before ours exist.
    WorkflowState.on_finish = publish_approved
    connect_notifiers()
    post_migrate.connect(
        provision,
        sender=apps.get_app_config("auth"),
        weak=False,
        dispatch_uid="pages.workflow",
    )


def _restrict_group_pages() -> None:
    """Restrict a working group page before it goes live, by whatever way."""
    from .actions import restrict_to_group
    from .models import WorkingGroupPage

    def restrict(instance: Any, **kwargs: Any) -> None:
        if instance.live and instance.pk:
            restrict_to_group(page=instance)

    pre_save.connect(
        restrict, sender=WorkingGroupPage, weak=False, dispatch_uid="pages.group"
    )
