"""Tags and filters of components: `{% part %}`, `{% icon %}` and small formatters."""

from typing import TYPE_CHECKING, Any

from django import template
from django.template.base import token_kwargs
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_vite.templatetags.django_vite import vite_asset_url

if TYPE_CHECKING:
    from django.template.base import FilterExpression, NodeList, Parser, Token
    from django.template.context import Context

register = template.Library()


class PartNode(template.Node):
    """Renders templates/components/NAME.html with what is between the tags as `content`."""

    def __init__(
        self, name: str, inside: "NodeList", values: "dict[str, FilterExpression]"
    ) -> None:
        self.name, self.inside, self.values = name, inside, values

    def render(self, context: "Context") -> SafeString:
        path = f"components/{self.name}.html"
        assert context.template is not None  # noqa: S101
        component = context.template.engine.get_template(path)
        values = {name: each.resolve(context) for name, each in self.values.items()}
        inside = self.inside.render(context)
        with context.push(**values, content=inside):
            return component.render(context)


@register.tag
def part(parser: "Parser", token: "Token") -> PartNode:
    """Parse `{% part "panel" title=… %} … {% endpart %}`: a component around content."""
    bits = token.split_contents()[1:]
    if not bits or bits[0][:1] not in {'"', "'"}:
        msg = "part needs the name of a component in quotation marks"
        raise template.TemplateSyntaxError(msg)
    rest = bits[1:]
    values = token_kwargs(rest, parser)
    if rest:
        msg = f"part does not understand “{rest[0]}”"
        raise template.TemplateSyntaxError(msg)
    inside = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(bits[0].strip("\"'"), inside, values)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon of the sprite; decoration, hidden from screen readers."""
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>',
        vite_asset_url("icons.svg"),
        name,
    )


@register.filter
def initials(name: str) -> str:
    """Return up to two initials: “Rowan Castellano” gives RC."""
    words = [word for word in str(name).split() if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def ended(words: str) -> str:
    """Add a full stop unless the text ends with punctuation."""
    words = str(words).rstrip()
    return words if words[-1:] in {*".:!?…", ""} else f"{words}."


@register.filter
def is_long(figure: Any) -> bool:
    """Return whether the figure of a plate needs smaller type to fit."""
    words = str(figure)
    return len(words) > (2 if words.isalpha() else 3)


@register.filter
def strength_bars(strength: str) -> list[bool]:
    """Return three bars for a strength; True for each that is filled."""
    filled = {"strong": 3, "consensus": 2}.get(strength, 1)
    return [bar < filled for bar in range(3)]


@register.filter
def marked(text: str) -> SafeString:
    """Mark a highlighted passage as safe; the search engine escaped its text."""
    return mark_safe(text)  # noqa: S308


@register.filter
def elided(rows: Any) -> list[Any]:
    """Return the page numbers to show: first, last, and those around this one."""
    return list(
        rows.paginator.get_elided_page_range(rows.number, on_each_side=1, on_ends=1)
    )


@register.simple_tag(takes_context=True)
def url_without(context: "Context", *names: str) -> str:
    """Return the current URL without some parameters and without the page number."""
    query = context["request"].GET.copy()
    for name in (*names, "page"):
        query.pop(name, None)
    return f"?{query.urlencode()}" if query else context["request"].path


@register.simple_tag(takes_context=True)
def canonical_url(context: "Context") -> str:
    """Return the full URL of the page, or of the request where there is no page."""
    page = context.get("page")
    request = context["request"]
    return getattr(page, "full_url", None) or request.build_absolute_uri(request.path)
