"""Character references of HTML, such as `&amp;`."""

import html
import re

# Python refuses to read a decimal number of several thousand digits; no character has more
# than seven.
_NO_CHARACTER = re.compile(r"&#[0-9]{20,};?")


def unescape(text: str) -> str:
    """Replace character references by their characters, whatever somebody wrote."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text))
