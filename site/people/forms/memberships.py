"""Forms to invite and add people, change roles, and close an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import (
    Invitation,
    Organization,
    User,
    WorkingGroup,
    validate_address,
)


class InviteForm(forms.Form):
    """Invite an e-mail address."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "We send an invitation. When the person accepts, they appear here."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        validators=[validate_address],
    )
    role = forms.ChoiceField(label=_("Role"), choices=Invitation.Role.choices)


class RoleForm(forms.Form):
    """Change the role in an organization or working group."""

    role = forms.ChoiceField(label=_("Role"), choices=Invitation.Role.choices)


class AddPersonForm(forms.Form):
    """Choose among the organizations and working groups that the user leads."""

    into = forms.ChoiceField(label=_("Add to"))

    def __init__(self, *args: Any, by: User, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, Organization | WorkingGroup] = {}
        for place in (
            *WorkingGroup.objects.active().led_by(by).exclude(memberships__user=person),
            *Organization.objects.led_by(by).exclude(memberships__user=person),
        ):
            self.places[place.public_id] = place
        field = self.fields["into"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(key, str(place)) for key, place in self.places.items()]

    @property
    def place(self) -> Organization | WorkingGroup:
        """The chosen organization or working group of a valid form."""
        return self.places[self.cleaned_data["into"]]


class CloseAccountForm(forms.Form):
    """Confirm that the account is to be closed for good."""

    sure = forms.BooleanField(label=_("Yes, close my account for good"))
