"""How much passed between two, period by period: cooperation above the line, conflict below, deeds full, words hatched.

What was only planned, possible, denied or contested stands apart in a row of its own. A period of which nothing was
read is hatched grey: unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from markupsafe import Markup

from marsad.export.picture import EDGE, SIDE, WIDTH, Axis
from marsad.types import Relation
from marsad.web.charts.drawing import head, months, text
from marsad.web.view import number

#: The classes of the code book from the line outwards: the class of style, the side of the line.
_QUADS = (
    ("verbal-cooperation", "vc", 1),
    ("material-cooperation", "mc", 1),
    ("verbal-conflict", "vx", -1),
    ("material-conflict", "mx", -1),
)
#: Pixels of the tallest column on either side, of the row of what did not happen, and between them.
_HIGH, _LOW, _GAP = 84, 26, 22
#: The most periods that are drawn, the latest.
MOST = 420


def counts_picture(
    periods: Sequence[Relation], axis: Axis, lang: str, said: Mapping[str, str], *, first: bool = True
) -> Markup:
    """The picture as SVG. ``said`` are its words: ``name``, and for the rows ``up``, ``down`` and ``others``.

    The ``first`` of a page has the patterns, which all use.
    """
    shown = [one for one in periods if one.last >= axis.first and one.first <= axis.last][-MOST:]
    ups = max((_sum(one, 1) for one in shown), default=0)
    downs = max((_sum(one, -1) for one in shown), default=0)
    rest = max((sum(one.others.values()) for one in shown), default=0)
    scale = _HIGH / max(ups, downs, 1)
    zero = 12 + max(ups * scale, 16)
    bottom = zero + max(downs * scale, 16)
    floor = bottom + _GAP + _LOW
    parts = [
        head("counts", WIDTH, floor + 24, said["name"]),
        _PATTERNS if first else "",
        months(axis, 8, floor, lang),
        f'<path class="unknown" d="{_unknown(shown, axis, 8, floor)}"/>',
        *(f'<path class="quad {style}" d="{_columns(shown, axis, n, zero, scale)}"/>'
          for n, (_, style, _) in enumerate(_QUADS)),
        f'<path class="zero" d="M{SIDE} {zero:g}H{WIDTH - EDGE}M{SIDE} {floor:g}H{WIDTH - EDGE}"/>',
        f'<path class="others" d="{_others(shown, axis, floor, _LOW / max(rest, 1))}"/>',
        text(SIDE - 12, zero - 6, said["up"], lang, "end"),
        text(SIDE - 12, zero + 14, said["down"], lang, "end"),
        text(SIDE - 12, floor - 4, f"{said['others']} ({number(rest, lang)})" if rest else said["others"], lang, "end"),
        *(text(SIDE - 4, y, number(n, lang), "en", "start", "soft")
          for y, n in ((zero - ups * scale - 2, ups), (bottom + 10, downs)) if n),
        "</svg>",
    ]  # fmt: skip
    return Markup("\n".join(part for part in parts if part))


#: How words are told from deeds, and what is not known: hatched. Once in a page.
_PATTERNS = (
    '<defs><pattern id="p-vc" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="vc-t" width="5" height="5"/><path class="vc-s" d="M0 0V5"/></pattern>'
    '<pattern id="p-vx" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="vx-t" width="5" height="5"/><path class="vx-s" d="M0 0V5"/></pattern>'
    '<pattern id="p-unknown" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<path class="unknown-s" d="M0 0V7"/></pattern></defs>'
)


def _sum(one: Relation, way: int) -> int:
    return sum(one.quads.get(quad, 0) for quad, _, of in _QUADS if of == way)


def _edges(one: Relation, axis: Axis) -> tuple[float, float]:
    """Where a period begins, and how wide it is, with a gap where there is room for one."""
    start, stop = axis.x(one.first), axis.x(one.last + timedelta(1))
    wide = max(0.8, stop - start)
    return start, wide - (1 if wide > 3 else 0)


def _columns(periods: Sequence[Relation], axis: Axis, which: int, zero: float, scale: float) -> str:
    quad, _, way = _QUADS[which]
    inner = [name for name, _, of in _QUADS[:which] if of == way]
    path = []
    for one in periods:
        if n := one.quads.get(quad, 0):
            x, wide = _edges(one, axis)
            base = zero - way * scale * sum(one.quads.get(name, 0) for name in inner)
            path.append(f"M{x:g} {base:.1f}h{wide:.1f}v{-way * n * scale:.1f}h{-wide:.1f}z")
    return "".join(path)


def _others(periods: Sequence[Relation], axis: Axis, floor: float, scale: float) -> str:
    path = []
    for one in periods:
        if n := sum(one.others.values()):
            x, wide = _edges(one, axis)
            path.append(f"M{x:g} {floor:g}h{wide:.1f}v{-n * scale:.1f}h{-wide:.1f}z")
    return "".join(path)


def _unknown(periods: Sequence[Relation], axis: Axis, top: float, bottom: float) -> str:
    path = []
    for one in periods:
        if one.acts is None:
            x, stop = axis.x(one.first), axis.x(one.last + timedelta(1))
            path.append(f"M{x:g} {top:g}h{max(1.0, stop - x):.1f}v{bottom - top:g}h{-max(1.0, stop - x):.1f}z")
    return "".join(path)
