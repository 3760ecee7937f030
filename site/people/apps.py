from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Users, organizations, working groups, roles; who may see what."""

    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from .actions import provision_roles

        def provision(**kwargs: Any) -> None:
            """After every migration; harmless to repeat."""
            provision_roles()

        # Permissions are made app by app in the order of INSTALLED_APPS; `auth` stands
        # behind every app of ours and of Wagtail's, so by then there are all.
        post_migrate.connect(
            provision,
            sender=apps.get_app_config("auth"),
            weak=False,
            dispatch_uid="people.roles",
        )
