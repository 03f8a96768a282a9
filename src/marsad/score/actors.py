"""Whom mentions mean, on gold spans: the share with the right country and sector, and what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marsad.score.records import Record
from marsad.types import Mention


@dataclass(frozen=True, slots=True)
class Wrong:
    """A mention with another country or sector than gold says, in its sentence."""

    id: str
    what: str
    words: str
    gold: str
    found: str
    why: str


@dataclass(frozen=True, slots=True)
class Shares:
    """``shares``: by ``country`` and ``sector``, and each with `` KIND`` behind it, (right, of those that gold has).

    ``evidence``: by rule, how often it decided a country and was right.
    """

    shares: dict[str, tuple[int, int]]
    evidence: dict[str, tuple[int, int]]
    wrong: tuple[Wrong, ...]

    def value(self, name: str) -> float | None:
        """A share as a number; None where gold has no case of it."""
        right, of = self.shares.get(name, (0, 0))
        return right / of if of else None


def shares(gold: Sequence[Record], found: Iterable[Sequence[Mention]]) -> Shares:
    """Compare the mentions of each record with what was found for them, one to one."""
    count: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    evidence: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    wrong: list[Wrong] = []
    for record, mentions in zip(gold, found, strict=True):
        for want, got in zip(record.mentions, mentions, strict=True):
            for what, asked, given in (("country", want.code, got.country), ("sector", want.sector, got.sector)):
                if not asked:
                    continue
                for name in (what, f"{what} {want.kind}"):
                    count[name][0] += asked == given
                    count[name][1] += 1
                if what == "country":
                    evidence[got.why or "-"][0] += asked == given
                    evidence[got.why or "-"][1] += 1
                if asked != given:
                    words = want.span.of(record.text or "")
                    wrong.append(Wrong(record.id, what, words, asked, given or "—", got.why or "-"))
    return Shares(_pairs(count), _pairs(evidence), tuple(wrong))


def _pairs(rows: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, int]]:
    return {name: (row[0], row[1]) for name, row in rows.items()}
