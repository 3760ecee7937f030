from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
    pre_save,
)
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Users, organizations, working groups, roles; who may see what."""

    name = "people"
    verbose_name = _("People")
    default = True

    def ready(self) -> None:
        # Models can be imported only here.
        from . import checks  # noqa: F401
        from .actions import create_roles

        def after_migrations(**kwargs: Any) -> None:
            """Create the roles after every migration."""
            create_roles()

        # Django creates permissions app by app in the order of INSTALLED_APPS; contenttypes
        # comes after every app with permissions of its own, so all exist by then.
        post_migrate.connect(
            after_migrations,
            sender=apps.get_app_config("contenttypes"),
            weak=False,
            dispatch_uid="people.roles",
        )
        self._declare()
        self._connect_signals()
        self._keep_aliases_private()

    def _declare(self) -> None:
        """Declare permissions and personal data here, and who may read our e-mails to mail."""
        from mail.registry import register_rule

        from . import registry
        from .access import TRUSTED, Role
        from .actions.account_data import AccountData, MailData
        from .actions.mail_rules import RULES

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
            roles={Role.ADMINISTRATOR},
            models=["people.user", "people.communitysettings", "auth.group"],
        )
        registry.register_personal_data(AccountData())
        registry.register_personal_data(MailData())
        for model, rule in RULES.items():
            register_rule(model._meta.label_lower, rule)

    def _connect_signals(self) -> None:
        """Follow changes that Django and Wagtail make without our actions."""
        from allauth.account.signals import email_confirmed
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
        email_confirmed.connect(adapters.address_proven, dispatch_uid="people.proof")
        for sender in (OrganizationMembership, WorkingGroupMembership):
            for signal in (post_save, post_delete):
                signal.connect(adapters.membership_changed, sender=sender)
        m2m_changed.connect(adapters.groups_changed, sender=User.groups.through)
        post_delete.connect(adapters.delete_permission_group, sender=WorkingGroup)
        for model in (PageViewRestriction, CollectionViewRestriction):
            m2m_changed.connect(adapters.invalidate_rights, sender=model.groups.through)
            for signal in (post_save, post_delete):
                signal.connect(adapters.invalidate_rights, sender=model)
        # Restrictions move with a page or collection, and those of its new place apply.
        post_save.connect(adapters.invalidate_rights, sender=Collection)
        post_page_move.connect(adapters.invalidate_rights)

    def _keep_aliases_private(self) -> None:
        """Follow pages that become, or stop being, an alias."""
        from wagtail.models import Page

        from . import adapters

        pre_save.connect(adapters.page_saving, dispatch_uid="people.alias")
        post_save.connect(adapters.page_saved, dispatch_uid="people.alias")
        pre_delete.connect(adapters.source_deleting, sender=Page)
        post_delete.connect(adapters.source_deleted, sender=Page)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's own administration of accounts, for our user model."""

    default = False
    user_viewset = "people.views.cms.AccountViewSet"
