"""The parts of an e-mail, each rendered as HTML or as plain text."""

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


def _part(context: "Context", name: str, **values: Any) -> SafeString:
    assert context.template is not None  # noqa: S101
    rendered_template = context.template.engine.get_template(
        f"emails/parts/{name}.html"
    )
    with context.push(**values):
        return rendered_template.render(context)


def _plain(text: str) -> SafeString:
    return mark_safe(f"{text}\n\n")  # noqa: S308  (a text, not HTML)


@register.simple_block_tag(takes_context=True)
def words(context: "Context", content: str) -> SafeString:
    """`{% words %} … {% endwords %}`: one paragraph."""
    if context.get("plain"):
        return _plain(" ".join(content.split()))
    return _part(context, "words", content=content)


@register.simple_tag(takes_context=True)
def plate(context: "Context", figure: str) -> SafeString:
    """`{% plate code %}`: the one figure of the mail."""
    if context.get("plain"):
        return _plain(f"    {figure}")
    return _part(context, "plate", figure=figure)


@register.simple_tag(takes_context=True)
def act(context: "Context", url: str, label: str) -> SafeString:
    """`{% act url label %}`: what one can do."""
    if context.get("plain"):
        return _plain(f"{label}:\n{url}")
    return _part(context, "act", url=url, label=label)
