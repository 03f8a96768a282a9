"""How far apart two phrases of one sentence are in sense: what ties a date or an amount to the act that it is about.

Characters between them, a little more where the act comes second, and a step for each mark or word that opens another
clause. The steps were chosen on the training part of the corpus (``training/LOG.md``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from marsad.types import Span

#: What a character costs before the act; what a new clause costs; the most that ties at all.
_BEFORE, _CLAUSE, MOST = 1.25, 40, 120
#: An act ties too where it costs at most so much more than the nearest: «زار بغداد والتقى الرئيس أمس».
ALSO = 10
_OPENS = re.compile(
    r"[،,؛:]|(?<!\w)(?:[لكب]?[إأا]ن|الذي|التي|الذين|اللذين|that|which|who)(?!\w)",
)


def cost(text: str, act: Span, other: Span) -> float:
    """The distance of ``other`` from ``act`` in ``text``; 0 where they touch."""
    if other.start >= act.stop:
        gap, between = float(other.start - act.stop), text[act.stop : other.start]
    elif other.stop <= act.start:
        gap, between = _BEFORE * (act.start - other.stop), text[other.stop : act.start]
    else:
        return 0.0
    return gap + _CLAUSE * len(_OPENS.findall(between)) if gap <= MOST else gap


def nearest(text: str, acts: Sequence[Span], other: Span, also: float = 0.0) -> list[tuple[float, int]]:
    """Cost and index of the acts that ``other`` belongs to, the nearest first; none beyond :data:`MOST`."""
    costs = sorted((c, i) for i, act in enumerate(acts) if (c := cost(text, act, other)) <= MOST)
    return [found for found in costs if found[0] <= costs[0][0] + also]
