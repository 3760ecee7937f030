"""What one says about oneself."""

from typing import ClassVar

from django import forms

from people.models import User


class ProfileForm(forms.ModelForm[User]):
    """Name, pronouns, words about oneself, and whether members find them."""

    class Meta:
        model = User
        fields: ClassVar = ["name", "pronouns", "about", "listed"]
        widgets: ClassVar = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "about": forms.Textarea(attrs={"rows": 5}),
        }
