"""Forms of accounts in the CMS. No passwords: people choose their own."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from people.actions import await_proof, suspend_account
from people.models import User
from people.querysets import MEMBERS

FIELDS = ["email", "name", "is_superuser", "groups"]


class AccountFields(forms.ModelForm):
    """What the forms to create and edit an account have in common."""

    first_name = None
    last_name = None
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person signs in by a code that we send there."),
    )
    name = forms.CharField(label=_("Name"), max_length=150)
    password_enabled = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = self.fields["groups"]
        assert isinstance(groups, forms.ModelMultipleChoiceField)  # noqa: S101
        # Groups of members and working groups follow from memberships.
        groups.queryset = Group.objects.filter(working_group=None).exclude(name=MEMBERS)
        groups.label = _("Roles")

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"])


class AccountCreationForm(AccountFields, UserCreationForm):
    """Create an account without a password."""

    class Meta(UserCreationForm.Meta):
        fields: ClassVar = FIELDS

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        user: User = super().save(commit=commit)
        return user


class AccountEditForm(AccountFields, UserEditForm):
    """Edit an account. A changed address is proven by a code at the next sign-in.

    An account that is deactivated is signed out everywhere.
    """

    class Meta(UserEditForm.Meta):
        fields: ClassVar = [*FIELDS, "is_active"]

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=commit)
        if commit and "email" in self.changed_data:
            await_proof(user=user)
        if commit and "is_active" in self.changed_data and not user.is_active:
            suspend_account(user=user)
        return user
