from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_migrate,
    post_save,
)
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Users, organizations, working groups, roles; who may see what."""

    name = "people"
    verbose_name = _("People")
    default = True

    def ready(self) -> None:
        # Models are loaded now.
        from . import checks  # noqa: F401
        from .actions import create_roles

        def provision(**kwargs: Any) -> None:
            """After every migration; harmless to repeat."""
            create_roles()

        # Permissions are made app by app in the order of INSTALLED_APPS; `auth` stands
        # behind every app of ours and of Wagtail's, so by then there are all.
        post_migrate.connect(
            provision,
            sender=apps.get_app_config("auth"),
            weak=False,
            dispatch_uid="people.roles",
        )
        self._declare()
        self._keep_in_step()

    def _declare(self) -> None:
        """Declare permissions and personal data in our own registry."""
        from . import registry
        from .access import TRUSTED, Role
        from .actions.account_data import AccountData, MailData

        managing = {Role.MODERATOR, Role.ADMINISTRATOR}
        registry.allow_models(roles=TRUSTED, models=["people.contributor"])
        registry.allow_models(
            roles=managing,
            models=[
                "people.organization",
                "people.organizationmembership",
                "people.workinggroup",
                "people.workinggroupmembership",
            ],
        )
        registry.allow_models(
            roles={Role.ADMINISTRATOR}, models=["people.user", "auth.group"]
        )
        registry.register_personal_data(AccountData())
        registry.register_personal_data(MailData())

    def _keep_in_step(self) -> None:
        """The border to Django and Wagtail, where rows change without our actions."""
        from django.contrib.auth.signals import user_logged_in
        from wagtail.models import (
            Collection,
            CollectionViewRestriction,
            PageViewRestriction,
        )
        from wagtail.signals import post_page_move

        from . import adapters
        from .models import (
            OrganizationMembership,
            User,
            WorkingGroup,
            WorkingGroupMembership,
        )

        user_logged_in.connect(adapters.begin_session, dispatch_uid="people.session")
        for sender in (OrganizationMembership, WorkingGroupMembership):
            for signal in (post_save, post_delete):
                signal.connect(adapters.membership_changed, sender=sender)
        m2m_changed.connect(adapters.groups_changed, sender=User.groups.through)
        post_delete.connect(adapters.working_group_gone, sender=WorkingGroup)
        for model in (PageViewRestriction, CollectionViewRestriction):
            m2m_changed.connect(adapters.rights_moved, sender=model.groups.through)
            for signal in (post_save, post_delete):
                signal.connect(adapters.rights_moved, sender=model)
        # What moves takes its restrictions along, and comes under those of its new place.
        post_save.connect(adapters.rights_moved, sender=Collection)
        post_page_move.connect(adapters.rights_moved)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's own administration of accounts, with our account in it."""

    default = False
    user_viewset = "people.views.cms.AccountViewSet"
