"""Mixins that give allauth's forms our labels."""

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from django import forms

    _Form = forms.Form
else:
    _Form = object


class LabelsMixin(_Form):
    """Replaces labels and help texts, and removes placeholders that repeat the label."""

    labels: ClassVar[dict[str, Any]] = {}
    help_texts: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, field.help_text)


class CodeMixin(LabelsMixin):
    """A form with a numeric code: phones offer the code and a numeric keyboard."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = self.fields["code"].widget.attrs
        attrs.update(
            inputmode="numeric", autocomplete="one-time-code", spellcheck="false"
        )
