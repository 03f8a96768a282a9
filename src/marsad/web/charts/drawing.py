"""What the pictures share: text that runs as its language does, months on the axis of time, patterns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from marsad.export.labels import direction
from marsad.export.picture import Axis
from marsad.export.safe import for_html as safe
from marsad.web.view import number

#: How a mark or a column says what it is, in the reader's language, with its places filled.
Said = Callable[..., str]


def text(x: float, y: float, words: str, lang: str, anchor: str = "start", name: str = "") -> str:
    """Words at a place. ``anchor`` is start (left), middle or end (right), in either language."""
    rtl = direction(lang) == "rtl"
    if rtl:
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    way = ' direction="rtl"' if rtl else ""
    kind = f' class="{name}"' if name else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{way}{kind}>{safe(words)}</text>'


def months(axis: Axis, top: float, bottom: float, lang: str, *, named: bool = True) -> str:
    """Lines at the beginnings of months or years, and their numbers below."""
    lines, names = [], []
    for day, told in axis.ticks():
        x = axis.x(day)
        lines.append(f"M{x:g} {top:g}V{bottom:g}")
        if named:
            names.append(text(x, bottom + 17, number(told.replace(".", "/").lstrip("0"), lang), "en", "middle"))
    return f'<path class="tick" d="{"".join(lines)}"/><g class="soft">{"".join(names)}</g>'


def iso(day: date) -> str:
    """A day as in an address."""
    return day.isoformat()


def head(kind: str, width: float, height: float, name: str, *, role: str = "img") -> str:
    """The beginning of a picture of a kind, which its style knows; ``name`` is for those who do not see it.

    A picture of links has the ``role`` of a group. Left is left in both languages.
    """
    return (
        f'<svg class="{kind}" direction="ltr" viewBox="0 0 {width:g} {height:g}" role="{role}" '
        f'aria-label="{safe(name)}">'
    )
