"""Blocks of text."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

INLINE = ["bold", "italic", "superscript", "subscript", "link", "document-link"]
PARAGRAPHS = [*INLINE, "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    """A heading; its anchor comes from the block's id and survives rewording."""

    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
        help_text=_("Sections appear in “On this page” and in search."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        group = _("Text")
        preview_value = {"text": _("Before the first night"), "level": "2"}
        description = _("Starts a section that others can link to.")


class ChapterBlock(blocks.StructBlock):
    """Begin a chapter: everything up to the next chapter belongs to it.

    `slug` is the chapter's part of the URL. Where it is empty, the page derives it from
    the title; `knowledge.guides` stores it on publication.
    """

    title = blocks.CharBlock(label=_("Title of the chapter"), max_length=200)
    summary = blocks.TextBlock(
        label=_("Summary"),
        max_length=400,
        required=False,
        help_text=_("One sentence for the table of contents."),
    )
    slug = blocks.CharBlock(
        label=_("Last part of its web address"),
        max_length=50,
        required=False,
        validators=[validate_slug],
        help_text=_(
            "Leave empty to make it from the title. Once published it stays the same; "
            "if you change it, the old address leads to the new one."
        ),
    )

    class Meta:
        icon = "folder-open-1"
        label = _("Chapter")
        template = "blocks/chapter.html"
        group = _("Text")
        preview_value = {
            "title": _("The first night"),
            "summary": _("What happens between the door and breakfast."),
            "slug": "the-first-night",
        }
        description = _("Begins a chapter. Several chapters get a page each.")


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists; headings are blocks of their own."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", PARAGRAPHS)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        group = _("Text")
        preview_value = _(
            "<p>The call before arrival decides more than the first week does.</p>"
        )
        description = _("Paragraphs, lists and links.")


class CalloutBlock(blocks.StructBlock):
    """An aside: a note, a care notice or advice."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Good to know")),
            ("care", _("Take care: this may be heavy")),
            ("advice", _("Advice")),
        ],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=PARAGRAPHS)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "blocks/callout.html"
        group = _("Text")
        preview_value = {
            "kind": "care",
            "title": _("This one may be heavy."),
            "text": _("<p>You can leave and come back; nobody will ask why.</p>"),
        }
        description = _("A short aside that a reader should not miss.")


class RecommendationBlock(blocks.StructBlock):
    """A recommendation: wording, strength, certainty and rationale."""

    text = blocks.RichTextBlock(label=_("What we recommend"), features=INLINE)
    strength = blocks.ChoiceBlock(
        label=_("Strength"),
        choices=[
            ("strong", _("Strong")),
            ("conditional", _("Conditional")),
            ("consensus", _("Consensus of members")),
        ],
        default="conditional",
        help_text=_(
            "Strong: nearly every service should. Conditional: it depends on the service."
        ),
    )
    certainty = blocks.ChoiceBlock(
        label=_("Certainty"),
        choices=[
            ("high", _("High certainty")),
            ("moderate", _("Moderate certainty")),
            ("low", _("Low certainty")),
            ("very-low", _("Very low certainty")),
            ("practice", _("Members’ practice")),
        ],
        default="practice",
        help_text=_("How certain the evidence is."),
    )
    rationale = blocks.RichTextBlock(
        label=_("Why we say this"), features=PARAGRAPHS, required=False
    )
    considerations = blocks.RichTextBlock(
        label=_("What to consider in your service"), features=PARAGRAPHS, required=False
    )

    class Meta:
        icon = "check"
        label = _("Recommendation")
        template = "blocks/recommendation.html"
        group = _("Knowledge")
        preview_value = {
            "text": _(
                "<p>Keep the bed for 72 hours when somebody does not return.</p>"
            ),
            "strength": "strong",
            "certainty": "practice",
            "rationale": _("<p>People come back when they know that they can.</p>"),
            "considerations": _("<p>Who decides at night, and who is told.</p>"),
        }
        description = _("A recommendation with its strength, certainty and reasons.")


class QuotationBlock(blocks.StructBlock):
    """A quotation; the person is named as they chose."""

    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(
        label=_("Who said it"),
        required=False,
        max_length=200,
        help_text=_("As the person wants to be named, for instance “A night worker”."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quotation.html"
        group = _("Text")
        preview_value = {
            "text": _("I remember the tea, and that my jacket was there."),
            "attribution": _("A peer support worker"),
        }
        description = _("Somebody’s own words.")


class StepsBlock(blocks.StructBlock):
    """A numbered list of steps."""

    title = blocks.CharBlock(label=_("Title"), max_length=160, required=False)
    steps = blocks.ListBlock(
        blocks.RichTextBlock(features=PARAGRAPHS, label=_("Step")), label=_("Steps")
    )

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"
        group = _("Text")
        preview_value = {
            "title": _("When the phone rings"),
            "steps": [
                _("<p>Say that you are glad.</p>"),
                _("<p>Ask what is safe.</p>"),
            ],
        }
        description = _("Numbered steps.")


class TypedTable(TypedTableBlock):
    """A table in which every column needs a heading."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if any(not str(column["heading"]).strip() for column in cleaned.columns):
            raise ValidationError(_("Give every column a heading."))
        return cleaned


class TableBlock(blocks.StructBlock):
    """A table with a caption and a header row."""

    caption = blocks.CharBlock(
        label=_("What the table shows"), max_length=200, required=False
    )
    table = TypedTable(
        [("text", blocks.RichTextBlock(label=_("Text"), features=PARAGRAPHS))],
        label=_("Table"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
        group = _("Text")
        description = _("Rows and columns; every column has a heading.")
        preview_template = "blocks/table_preview.html"
