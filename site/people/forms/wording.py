"""A form of allauth's in the words of the house."""

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from django import forms

    _Form = forms.Form
else:
    _Form = object


class OurWords(_Form):
    """Labels and hints are ours; no box carries its label as a placeholder."""

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)


class CodeWords(OurWords):
    """A form with a code of digits: the phone offers it, and its keys for numbers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = self.fields["code"].widget.attrs
        attrs.update(
            inputmode="numeric", autocomplete="one-time-code", spellcheck="false"
        )
