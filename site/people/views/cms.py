"""Accounts, organizations, working groups and contributors in the CMS."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, UpdatedAtColumn
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.views.snippets import (
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)
from wagtail.users.views.users import DeleteView, IndexView, UserColumn, UserViewSet

from people.actions import (
    LastAdministrator,
    announce_membership,
    close_account,
)
from people.forms.cms import AccountCreationForm, AccountEditForm
from people.models import (
    Contributor,
    Organization,
    WorkingGroup,
    WorkingGroupMembership,
)


class AccountIndexView(IndexView):
    """Lists accounts; searches by name and e-mail address."""

    search_fields: ClassVar = ["name", "email"]
    default_ordering = "email"

    @property
    def columns(self) -> list[Column]:
        """The columns of the list, without the checkboxes of bulk actions."""
        return [
            UserColumn(
                "name",
                accessor="display_name",
                label=_("Name"),
                sort_key="name",
                get_url=self.get_edit_url,
                classname="name",
            ),
            Column("email", label=_("E-mail address"), sort_key="email"),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
        ]

    def order_queryset(self, queryset: Any) -> Any:
        """Order by name, or else as Wagtail does."""
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(self.ordering, "email")
        return super().order_queryset(queryset)


class AccountDeleteView(DeleteView):
    """Closes an account instead of deleting it: what the person wrote for others stays."""

    page_title = _("Close the account")
    success_message = _("The account is closed.")

    def delete_action(self) -> None:
        close_account(user=self.object)

    def form_valid(self, form: Form) -> HttpResponse:
        """Close the account, unless it is the last administrator's."""
        try:
            response: HttpResponse = super().form_valid(form)
        except LastAdministrator as refused:
            messages.error(self.request, refused.sentence)
            return redirect(self.get_delete_url())
        return response


class AccountViewSet(UserViewSet):
    """Accounts in the CMS."""

    index_view_class = AccountIndexView
    delete_view_class = AccountDeleteView
    menu_label = _("Accounts")

    def get_form_class(self, for_update: bool = False) -> type[Form]:
        return AccountEditForm if for_update else AccountCreationForm


class OrganizationViewSet(SnippetViewSet):
    """Organizations, and who works in them."""

    model = Organization
    icon = "home"
    menu_label = _("Organizations")
    list_display: ClassVar = ["name", "kind", "place", "listed"]
    list_filter: ClassVar = ["kind", "listed"]
    search_fields: ClassVar = ["name", "place"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            MultiFieldPanel(
                [FieldPanel("kind"), FieldPanel("place"), FieldPanel("website")],
                heading=_("What and where"),
            ),
            FieldPanel("about"),
            FieldPanel("listed"),
            InlinePanel(
                "memberships",
                panels=[FieldPanel("user"), FieldPanel("role")],
                heading=_("Who works there"),
                label=_("Person"),
            ),
        ]
    )


class ShownGroups:
    """Lists in a chooser only groups that the CMS names to the editor."""

    request: Any

    def get_object_list(self) -> Any:
        shown = WorkingGroup.objects.shown_in_cms_to(self.request.user)
        return super().get_object_list().filter(pk__in=shown.values("pk"))


class ChooseGroup(ShownGroups, ChooseView):
    """The chooser of a group."""


class ChooseGroupResults(ShownGroups, ChooseResultsView):
    """What a search in the chooser of a group finds."""


class GroupChooserViewSet(SnippetChooserViewSet):
    """The chooser of a group."""

    choose_view_class = ChooseGroup
    choose_results_view_class = ChooseGroupResults


class WorkingGroupEditView(EditView):
    """Edits a working group; its members learn who was added, or became a lead."""

    def save_instance(self) -> WorkingGroup:
        """Save the group, and tell those who were in it before, in one transaction."""
        rows = WorkingGroupMembership.objects.filter(working_group=self.object.pk)
        with transaction.atomic():
            locked = rows.select_for_update(of=("self",)).select_related("user")
            before = {each.user: each.role for each in locked}
            group: WorkingGroup = super().save_instance()
            for membership in rows.select_related("user", "working_group"):
                known_as = before.get(membership.user)
                if known_as is None or known_as != membership.role == "lead":
                    announce_membership(
                        membership=membership, by=self.request.user, to=before
                    )
        return group


class WorkingGroupViewSet(SnippetViewSet):
    """Working groups, and who is in them."""

    chooser_viewset_class = GroupChooserViewSet

    model = WorkingGroup
    edit_view_class = WorkingGroupEditView
    icon = "group"
    menu_label = _("Working groups")
    list_display: ClassVar = ["name", "listed", "closed_at"]
    list_filter: ClassVar = ["listed"]
    search_fields: ClassVar = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("purpose"),
            FieldPanel("listed"),
            FieldPanel("closed_at"),
            InlinePanel(
                "memberships",
                panels=[FieldPanel("user"), FieldPanel("role"), FieldPanel("shown")],
                heading=_("Who is in it"),
                label=_("Person"),
            ),
        ]
    )


class ContributorViewSet(SnippetViewSet):
    """Contributors."""

    model = Contributor
    icon = "user"
    menu_label = _("Contributors")
    list_display: ClassVar = ["name", "organization", UpdatedAtColumn()]
    search_fields: ClassVar = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("about"),
            FieldPanel("organization"),
            # Only those who may see accounts learn which account a contributor has.
            FieldPanel("user", permission="people.change_user"),
        ]
    )


class PeopleGroup(SnippetViewSetGroup):
    """Groups them in one menu."""

    items = (OrganizationViewSet, WorkingGroupViewSet, ContributorViewSet)
    menu_icon = "group"
    menu_label = _("People")
    menu_name = "people"
    menu_order = 250
