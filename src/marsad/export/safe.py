"""Text from the world made safe to show: in a page, where it must not become markup, and in a terminal, where it
must not become a command."""

from __future__ import annotations

import re
from html import escape

# Characters that HTML forbids however they are written; half a surrogate pair cannot be encoded at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# Escape sequences begin with controls; the overrides and isolates of the bidirectional algorithm (U+202A to U+202E,
# U+2066 to U+2069) would turn round what stands behind them on the line, and we set our own.
_TERMINAL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def for_html(text: str) -> str:
    """``text`` as it may stand in an element or a quoted attribute.

    >>> for_html('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return escape(_FORBIDDEN.sub("\ufffd", text))


def for_terminal(text: str) -> str:
    r"""``text`` on one line, without anything that a terminal would obey.

    >>> for_terminal("red \x1b[31m line\n next")
    'red  [31m line  next'
    """
    return _TERMINAL.sub(" ", text)
