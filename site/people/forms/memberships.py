"""For those who lead: inviting, adding, changing roles. And for those who leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Invitation, Organization, User, WorkingGroup


class InviteForm(forms.Form):
    """Whom to write to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We write there. When the person says yes, they appear here."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Invitation.Role.choices)


class RoleForm(forms.Form):
    """Lead or member."""

    role = forms.ChoiceField(label=_("Role"), choices=Invitation.Role.choices)


class AddPersonForm(forms.Form):
    """Into which of the places that one leads."""

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
        """The place that was chosen, of a valid form."""
        return self.places[self.cleaned_data["into"]]


class CloseAccountForm(forms.Form):
    """Two sentences to have read, before there is no way back."""

    sure = forms.BooleanField(label=_("Yes, close my account for good"))
