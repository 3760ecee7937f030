"""Replace Hugo shortcodes by elements that the Markdown parser does not change.

Elements whose name begins with `ed-` exist only between this step and the walk through
the document; their content is escaped here and sanitized there like everything else.
"""

import re
from collections.abc import Callable
from html import escape

from .links import ASSET, REF, symbol
from .tally import Tally

# A shortcode ends before the next one begins, and an open quotation mark at its end: so both
# expressions take time in proportion to the length of the text.
_SHORTCODE = re.compile(r"\{\{[<%]((?:(?!\{\{[<%]).)*?)[>%]\}\}", re.S)
_NAME = re.compile(r"[\w.-]*")
_ARGUMENT = re.compile(
    r"""([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*(?:"|\Z)|`[^`]*`|'[^']*'|[^\s"]+)"""
    r"""|("(?:[^"\\]|\\.)*(?:"|\Z)|`[^`]*`|[^\s"]+)""",
    re.S,
)
# Characters around a shortcode that tell where it is.
_AROUND = 200
_INSIDE_ADDRESS = ("(", '"', "'", "=", "<")
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_]|[*_](?!\w))")


class Arguments(dict[str, str]):
    """Return the arguments of a shortcode by name; positional ones are "0", "1" and so on."""

    @classmethod
    def read(cls, text: str) -> "Arguments":
        found = cls()
        for name, named, bare in _ARGUMENT.findall(text):
            found[name or str(len(found))] = _plain(named or bare)
        return found

    def first(self, *names: str) -> str:
        return next((self[name] for name in names if self.get(name)), "")


def _plain(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'`":
        value = value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return value


def element(name: str, content: str = "", **attributes: str) -> str:
    """Return an element with escaped attributes, without empty ones."""
    given = "".join(
        f' {key}="{escape(value)}"' for key, value in attributes.items() if value
    )
    return f"<{name}{given}>{content}</{name}>"


def _standing(html: str) -> str:
    """Put an element on lines of its own, so that Markdown continues around it."""
    return f"\n\n{html}\n\n"


def _open(name: str, **attributes: str) -> str:
    return _standing(element(name, **attributes).removesuffix(f"</{name}>"))


def _unmarked(text: str) -> str:
    return _EMPHASIS.sub("", text)


def _image(args: Arguments) -> str:
    source = args.first("src", "path", "0")
    return element("ed-image", src=source, alt=args.get("alt", ""),
                   caption=args.get("caption", ""))  # fmt: skip


def _asset(args: Arguments) -> str:
    name = args.first("file", "0")
    label = escape(args.first("label", "text") or name, quote=False)
    return element("a", label, href=symbol(ASSET, name))


def _embed(url: str, title: str = "") -> str:
    return _standing(element("ed-embed", url=url, title=title))


def _youtube(args: Arguments) -> str:
    url = f"https://www.youtube.com/watch?v={args.first('id', '0')}"
    return _embed(url, args.get("title", ""))


def _tweet(args: Arguments) -> str:
    return _embed(
        f"https://twitter.com/{args.get('user', 'i')}/status/{args.get('id')}"
    )


def _button(args: Arguments) -> str:
    text = escape(args.first("text", "label", "href"), quote=False)
    return element("a", text, href=args.first("href", "url", "0"))


def _quotation(args: Arguments) -> str:
    text = escape(args.first("text", "0"), quote=False)
    cite = escape(args.first("cite", "1"), quote=False)
    said = f"<cite>{cite}</cite>" if cite else ""
    return _standing(f"<blockquote><p>{text}</p>{said}</blockquote>")


def _callout(args: Arguments) -> str:
    title = _unmarked(args.first("title", "kicker", "heading"))
    source = args.first("src", "button-url", "href")
    opened = _open("ed-callout", title=title)
    if intro := args.get("intro"):
        opened += f"{intro}\n\n"
    if source:
        words = escape(args.first("button-text") or title or source, quote=False)
        opened += _standing(f"<p>{element('a', words, href=source)}</p>")
    return opened


def _section(args: Arguments) -> str:
    title = ": ".join(filter(None, (args.get("kicker"), args.get("title"))))
    return _standing(f"<h2>{escape(title, quote=False)}</h2>") if title else "\n\n"


def _do_and_dont(args: Arguments) -> str:
    caption = escape(args.get("caption", ""), quote=False)
    return _standing(
        f"<table><caption>{caption}</caption>"
        "<thead><tr><th>Do</th><th>Don’t</th></tr></thead><tbody>"
    )


def _related(args: Arguments) -> str:
    href = symbol(REF, args.first("link", "0"))
    return _standing(element("ed-related", href=href, title=args.get("kicker", "")))


_ALONE: dict[str, Callable[[Arguments], str]] = {
    "asset-static": _asset,
    "youtube": _youtube,
    "vimeo": lambda args: _embed(f"https://vimeo.com/{args.first('id', '0')}"),
    "tweet": _tweet,
    "fb-video": lambda args: _embed(args.first("url", "0")),
    "button": _button,
    "quote-block": _quotation,
    "featured-resource": _related,
}
for _name in (
    "img",
    "img-right",
    "legacy-img",
    "legacy-img-right",
    "asset-img",
    "figure",
):
    _ALONE[_name] = _image

_PAIRED: dict[str, tuple[Callable[[Arguments], str], str]] = {
    "accordion": (_section, "\n\n"),
    "highlight": (lambda _: "<mark>", "</mark>"),
    "do-dont-table": (_do_and_dont, _standing("</tbody></table>")),
    "row": (lambda _: _standing("<tr>"), _standing("</tr>")),
    "do-row": (lambda _: _standing("<td>"), _standing("</td>")),
    "dont-row": (lambda _: _standing("<td>"), _standing("</td>")),
}
for _name in ("box", "note", "ring", "alert", "card-policy", "card-prompt"):
    _PAIRED[_name] = (_callout, _standing("</ed-callout>"))

# Arguments that contain text for readers, in reading order.
_WORDS = ("kicker", "heading", "title", "label", "text", "intro", "content", "message",
          "summary", "description", "caption", "quote")  # fmt: skip
_REFERENCES = {"ref": REF, "relref": REF, "link": REF, "tmp": REF, "legacy-file": ASSET}


def expand(text: str, tally: Tally) -> str:
    """Replace every shortcode by an element, and unknown ones by their text and a note."""

    def before(match: re.Match[str]) -> str:
        return text[max(0, match.start() - _AROUND) : match.start()]

    def put(match: re.Match[str]) -> str:
        closing, name, rest = _parts(match.group(1))
        if rest.startswith("/*") or not name:
            return escape(match.group(0), quote=False)
        if name in _REFERENCES:
            tally.carried("shortcodes", name)
            return _reference(before(match), name, Arguments.read(rest))
        if closing:
            return _PAIRED[name][1] if name in _PAIRED else ""
        args = Arguments.read(rest)
        if name in _ALONE or name in _PAIRED:
            return _element(name, args, tally)
        after = text[match.end() : match.end() + _AROUND]
        in_address = before(match).rstrip().endswith(_INSIDE_ADDRESS)
        said = _unknown(name, args, tally, may_speak=not in_address)
        begins = not before(match).rpartition("\n")[2].strip()
        alone = begins and not after.partition("\n")[0].strip()
        return _standing(f"<p>{said}</p>") if said and alone else said

    return _SHORTCODE.sub(put, text)


def _parts(inside: str) -> tuple[bool, str, str]:
    """Return whether a shortcode closes another, its name, and its arguments."""
    words = inside.strip()
    closing = words.startswith("/")
    words = words[1:].lstrip() if closing else words
    name = _NAME.match(words)
    rest = words[name.end() :] if name else words
    return closing, name.group() if name else "", rest.removesuffix("/").rstrip()


def _reference(before: str, name: str, args: Arguments) -> str:
    target = args.first("path", "0")
    address = symbol(_REFERENCES[name], target)
    if before.rstrip().endswith(_INSIDE_ADDRESS):
        return address
    return element("a", escape(target, quote=False), href=address)


def _element(name: str, args: Arguments, tally: Tally) -> str:
    if name in _ALONE:
        tally.carried("shortcodes", name)
        return _ALONE[name](args)
    tally.carried("shortcodes", name)
    return _PAIRED[name][0](args)


def _unknown(name: str, args: Arguments, tally: Tally, *, may_speak: bool) -> str:
    """Return the text in an unknown shortcode's arguments, and name the other arguments."""
    spoken = [key for key in _WORDS if args.get(key, "").strip()] if may_speak else []
    lost = ", ".join(key for key in args if key not in spoken)
    if spoken:
        form = f"{name}: its words" + (f", without {lost}" if lost else "")
        tally.carried("shortcodes", form)
    elif lost:
        tally.dropped("shortcodes", f"{name}: made by the old site, with {lost}")
    else:
        tally.dropped("shortcodes", f"{name}: made by the old site, holds no text")
    return escape(
        " – ".join(" ".join(args[key].split()) for key in spoken), quote=False
    )
