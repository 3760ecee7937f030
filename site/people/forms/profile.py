"""The form of the profile."""

from typing import ClassVar

from django import forms

from people.models import User


class ProfileForm(forms.ModelForm[User]):
    """Edit the name, pronouns, introduction and visibility to members."""

    class Meta:
        model = User
        fields: ClassVar = ["name", "pronouns", "about", "listed"]
        widgets: ClassVar = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "about": forms.Textarea(attrs={"rows": 5}),
        }
