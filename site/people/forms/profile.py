"""The form of the profile."""

from typing import Any, ClassVar

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An account can begin without a name, but nobody can take theirs away.
        self.fields["name"].required = True
