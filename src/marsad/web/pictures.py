"""Small pictures in a line of text, as SVG: the browser shapes their words, and style sheets their colours."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

#: Width of a bar with its gap, and height of all, in pixels.
STEP, HEIGHT = 9, 26


def spark(counts: Sequence[int], told: str) -> Markup:
    """One bar a period, the earliest at the left in either language, the last one marked; ``told`` says it in words.

    >>> str(spark([0, 2], "acts"))[:40]
    '<svg class="spark" viewBox="0 0 18 28" w'
    """
    most = max(counts, default=0) or 1
    bars = []
    for n, count in enumerate(counts):
        high = max(2, round(count / most * HEIGHT)) if count else 1
        kind = "none" if not count else "now" if n == len(counts) - 1 else "then"
        bars.append(f'<rect class="{kind}" x="{n * STEP}" y="{HEIGHT + 1 - high}" width="{STEP - 2}" height="{high}"/>')
    width = STEP * len(counts)
    return Markup(
        f'<svg class="spark" viewBox="0 0 {width} {HEIGHT + 2}" width="{width}" height="{HEIGHT + 2}" role="img">'
        f"<title>{escape(told)}</title>{''.join(bars)}</svg>"
    )
