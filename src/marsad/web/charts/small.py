"""Small pictures: a year as a sketch beside a name, and a known case aligned at the rung that is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from marsad.export.picture import SHAPES
from marsad.export.safe import for_html as safe
from marsad.knowledge.precedents import Step
from marsad.types import Ladder
from marsad.web.charts.drawing import head, text

#: Pixels of a sketch.
_WIDE, _TALL = 120, 26
#: Pixels of a case, and the days before and after the rung that it shows.
_WIDTH, _HEIGHT, _BEFORE, _AFTER = 300, 132, 1460, 1460
_MIDDLE = 46


def sketch(values: Sequence[int | None], name: str, tall: int = _TALL) -> Markup:
    """A column for each number, the earliest at the left; a grey foot where nothing is known; ``name`` says what it is.

    >>> str(sketch([1, None], "acts")).count("M")
    2
    """
    most = max((n for n in values if n), default=1)
    step = _WIDE / max(1, len(values))
    bars, gaps = [], []
    for at, n in enumerate(values):
        x, wide = at * step, max(1.0, step - 1)
        if n is None:
            gaps.append(f"M{x:.1f} {tall - 1}h{wide:.1f}")
        else:
            high = max(1.0, (tall - 2) * n / most) if n else 0.6
            bars.append(f"M{x:.1f} {tall}h{wide:.1f}v{-high:.1f}h{-wide:.1f}z")
    return Markup(
        head("sketch", _WIDE, tall, name)
        + f'<path class="gaps" d="{"".join(gaps)}"/><path class="bars" d="{"".join(bars)}"/></svg>'
    )


def case_picture(steps: Sequence[Step], at: date, taken: int, lang: str, name: str, years: Sequence[str]) -> Markup:
    """A case as small marks over time, with the day ``at`` on one line for all: signals above, rapprochement below.

    The first ``taken`` steps lie before it. ``years`` are the words for four years before, the day itself, and four
    years after. What lies further off is left out.
    """
    marks, path = [], ""
    for number, step in enumerate(steps):
        days = (step.day - at).days
        if not -_BEFORE <= days <= _AFTER:
            continue
        above = step.ladder is not Ladder.L
        x, y = _x(days), _y(step.level, above)
        if not above:
            path += f"H{x:g}V{y:g}" if path else f"M{x:g} {y:g}"
        kind = f"in-{step.ladder.lower()}" + ("" if step.counts else " hollow") + ("" if number < taken else " after")
        marks.append(
            f'<g class="mark {kind}" transform="translate({x:g} {y:g}) scale(.7)">'
            f"<title>{safe(f'{step.rung} · {step.day}')}</title>{SHAPES[step.voice]}</g>"
        )
    ticks = zip((-_BEFORE, 0, _AFTER), years, strict=True)
    return Markup(
        head("case", _WIDTH, _HEIGHT + 16, name)
        + f'<path class="row" d="M0 {_MIDDLE}H{_WIDTH}M0 {_HEIGHT - 2}H{_WIDTH}"/>'
        f'<path class="here" d="M{_x(0):g} 0V{_HEIGHT}"/>'
        + text(2, 10, "W R", "en", "start", "soft")
        + text(2, _MIDDLE + 12, "L", "en", "start", "soft")
        + (f'<path class="stands in-l" d="{path}"/>' if path else "")
        + "".join(marks)
        + "".join(
            text(
                _x(days),
                _HEIGHT + 13,
                words,
                lang,
                "end" if days > 0 else "start" if days < 0 else "middle",
                "soft",
            )
            for days, words in ticks
        )
        + "</svg>"
    )


def _x(days: int) -> float:
    return round(8 + (_WIDTH - 16) * (days + _BEFORE) / (_BEFORE + _AFTER), 1)


def _y(level: int, above: bool) -> float:
    """Signals from -1 to 9 in the upper part, rapprochement from 0 to 10 in the lower."""
    if above:
        return round(_MIDDLE - 4 - (max(level, 0)) * (_MIDDLE - 10) / 9, 1)
    return round(_HEIGHT - 8 - level * (_HEIGHT - _MIDDLE - 16) / 10, 1)
