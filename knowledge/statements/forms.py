"""Forms of the CMS for asks and endorsements."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Organization

from .models import Ask, Endorsement, StatementPage


class AskForm(forms.ModelForm):
    """What is asked, and of whom."""

    class Meta:
        model = Ask
        fields = ("text", "addressee")
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 3})}


class EndorsementForm(forms.ModelForm):
    """Which organization endorses a statement, and since when.

    The organization of an endorsement that exists cannot be changed.
    """

    class Meta:
        model = Endorsement
        fields = ("organization", "endorsed_on")
        widgets: ClassVar = {
            "endorsed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }

    def __init__(self, *args: Any, statement: StatementPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: Any = self.fields["organization"]
        if self.instance.pk:
            organizations.disabled = True
            return
        known = statement.endorsements.values("organization")
        organizations.queryset = Organization.objects.exclude(pk__in=known)

    def clean_endorsed_on(self) -> Any:
        """Accept only days within what the database and a calendar can show."""
        day = self.cleaned_data["endorsed_on"]
        if day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise forms.ValidationError(_("Enter a date of this or the last century."))
        return day


_FIRST_YEAR, _LAST_YEAR = 1900, 2999


class MoveForm(forms.Form):
    """Which way an ask moves in the list."""

    by = forms.TypedChoiceField(choices=[("-1", _("Up")), ("1", _("Down"))], coerce=int)
