"""A finding with what is shown beside it: its steps and signals, their sentences, precedents, measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from marsad.export.cited import Cited
from marsad.knowledge.instruments import Law, Measure
from marsad.knowledge.precedents import Tie
from marsad.relate.likeness import Aspect
from marsad.relate.precedents import Like
from marsad.types import Article, Ladder, Name, Reached, Source, Span, Voice
from marsad.types.law import Fact, Finding, Label, Version

#: So many precedents are shown.
CASES = 5
#: The label as it is sorted: the further an entity is, the later.
ORDER: Mapping[Label, int] = {one: number for number, one in enumerate(Label)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The words of a sentence, on one line, and who printed them."""

    words: str
    language: str
    publisher: str
    url: str | None = None
    published: date | None = None
    article: str | None = None

    @classmethod
    def of(cls, cited: Cited) -> Quoted:
        """The sentence of a rung."""
        article = cited.article
        return cls.at(cited.sentence, article, cited.publisher)

    @classmethod
    def at(cls, span: Span, article: Article, publisher: str = "", source: Source | None = None) -> Quoted:
        """The words of ``span`` in an article: the sentence of an event that denies something."""
        named = source.name or source.id if source else article.source
        named = named or article.url or str(article.given or article.id)
        return cls(
            words=" ".join(span.of(article.text).split()),
            language=article.language,
            publisher=publisher or named,
            url=article.url,
            published=article.published,
            article=article.id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A finding with what is shown beside it.

    ``reached`` are the entity's steps and the signals of the sanctioner; ``cited`` their sentences by the id of the
    rung, ``quotes`` those of other evidence (events) by its id. ``likes`` are the precedents, the likest first;
    ``measures`` the menu. ``name`` is what the entity is called where no table says it.
    """

    finding: Finding
    law: Law
    reached: tuple[Reached, ...] = ()
    cited: Mapping[str, Cited] = field(default_factory=dict)
    quotes: Mapping[str, Quoted] = field(default_factory=dict)
    likes: tuple[Like, ...] = ()
    measures: tuple[Measure, ...] = ()
    name: Name = Name()  # noqa: RUF009 (frozen)

    @property
    def version(self) -> Version | None:
        """The version of the law that the finding is under."""
        return self.law.instrument.at(self.finding.as_of, self.finding.known_on)

    @property
    def fact(self) -> Mapping[str, Fact]:
        """The facts by their elements."""
        return {fact.element: fact for fact in self.finding.facts}

    @property
    def steps(self) -> list[Reached]:
        """The steps of rapprochement, in order."""
        return [one for one in self.reached if one.rung.ladder is Ladder.L]

    @property
    def signals(self) -> list[Reached]:
        """The signals of the sanctioner that somebody gave, in order."""
        return [one for one in self.reached if one.rung.ladder is not Ladder.L and one.rung.voice is not Voice.READING]

    @property
    def readings(self) -> list[Reached]:
        """What others read into its words, in order."""
        return [one for one in self.reached if one.rung.ladder is not Ladder.L and one.rung.voice is Voice.READING]

    @property
    def cases(self) -> list[tuple[str, Like]]:
        """The precedents to show, each with what it is shown for.

        First the nearest that were carried through to a delivery, without measures (``spared``) and with them
        (``measures``); then those on the same rung (``stood``), or failing that the nearest (``near``). A case that is
        a part of the course itself is none.
        """
        others = [one for one in self.likes if not one.overlaps]
        spared = [one for one in others if one.precedent.delivered and one.precedent.outcome == "no-action"]
        spared.sort(key=_nearest)
        hit = sorted((one for one in others if one.precedent.sanctioned), key=_nearest)
        found = [("spared", one) for one in spared[:1]] + [("measures", one) for one in hit[:1]]
        there = [one for one in others if one.stood]
        rest = [("stood", one) for one in there] or [("near", one) for one in others]
        return found + [each for each in rest if each[1] not in [one for _, one in found]][:CASES]


def _nearest(one: Like) -> tuple[bool, float, bool, int, str]:
    """Those of the same state first, then the likest; of equal ones the nearest in their tie to the sanctioner."""
    ties = list(Tie)
    part = next((part for part in one.why if part.aspect is Aspect.TIE and part.ours and part.theirs), None)
    ours, theirs = (Tie(part.ours[0]), Tie(part.theirs[0])) if part else (Tie.OTHER, Tie.OTHER)
    foes = Tie.ADVERSARY in (ours, theirs) and ours is not theirs
    return not one.same_state, -one.score, foes, abs(ties.index(ours) - ties.index(theirs)), one.precedent.id


def by_label(shown: Iterable[Shown]) -> list[Shown]:
    """Findings, those furthest first, then by instrument and entity."""
    return sorted(shown, key=lambda one: (-ORDER[one.finding.label], one.finding.instrument, one.finding.entity))
