"""The parts of a page: `{% part %}` for parts with content of their own, and `{% icon %}`."""

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
    """Renders templates/components/NAME.html around the words between its tags."""

    def __init__(
        self, name: str, inside: "NodeList", values: "dict[str, FilterExpression]"
    ) -> None:
        self.name, self.inside, self.values = name, inside, values

    def render(self, context: "Context") -> SafeString:
        path = f"components/{self.name}.html"
        assert context.template is not None  # noqa: S101
        drawn = context.template.engine.get_template(path)
        values = {name: each.resolve(context) for name, each in self.values.items()}
        inside = self.inside.render(context)
        with context.push(**values, content=inside):
            return drawn.render(context)


@register.tag
def part(parser: "Parser", token: "Token") -> PartNode:
    """`{% part "panel" title=… %} … {% endpart %}`: a component with its content inside."""
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
    """An icon of the sprite. It is decoration: the word stands beside it."""
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>',
        vite_asset_url("icons.svg"),
        name,
    )


@register.filter
def initials(name: str) -> str:
    """Up to two letters for a face: “Rowan Castellano” is RC."""
    words = [word for word in str(name).split() if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def ended(words: str) -> str:
    """First words with a full stop, where their writer set no mark: a text follows them."""
    words = str(words).rstrip()
    return words if words[-1:] in {*".:!?…", ""} else f"{words}."


@register.filter
def is_long(figure: Any) -> bool:
    """Whether the figure of a plate needs smaller type to fit."""
    words = str(figure)
    return len(words) > (2 if words.isalpha() else 3)


@register.filter
def strength_bars(strength: str) -> list[bool]:
    """Three bars for a strength: one, two or three of them are filled."""
    filled = {"strong": 3, "consensus": 2}.get(strength, 1)
    return [bar < filled for bar in range(3)]


@register.filter
def marked(text: str) -> SafeString:
    """A passage whose marks the search engine has set; it escaped all else."""
    return mark_safe(text)  # noqa: S308


@register.filter
def elided(rows: Any) -> list[Any]:
    """The page numbers to show: the first, the last, and those around this one."""
    return list(
        rows.paginator.get_elided_page_range(rows.number, on_each_side=1, on_ends=1)
    )


@register.simple_tag(takes_context=True)
def address_without(context: "Context", *names: str) -> str:
    """This address without some parameters, and from its first page."""
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
