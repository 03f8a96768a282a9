"""What a rule of the ladders is, and a level: plain data, that :mod:`marsad.knowledge.ladders` reads from its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from marsad.errors import NotFoundError
from marsad.types import EventType, Kind, Ladder, Scope, Status, Turn, Voice

#: The levels that each ladder has.
LEVELS: Mapping[Ladder, range] = MappingProxyType({Ladder.W: range(-1, 10), Ladder.R: range(1, 5), Ladder.L: range(11)})
#: In a pattern: what the rule codes, in the patterns of ``told``.
ANCHOR = "$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What a rung means. Names, definitions, cues and examples have the keys ``ar`` and ``en``."""

    ladder: Ladder
    level: int
    name: Mapping[str, str]
    definition: Mapping[str, str]
    cues: Mapping[str, tuple[str, ...]]
    examples: Mapping[str, tuple[str, ...]]
    cameo: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """A place of a pattern: any of ``classes``, at most ``gap`` words after the element before it.

    ``either``: or before it; ``without``: with no word of these classes between; ``codes``: what the rule codes.
    """

    classes: frozenset[str]
    gap: int = 0
    either: bool = False
    without: frozenset[str] = frozenset()
    codes: bool = False


Pattern = tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTest:
    """What an event must be for a rule; what is empty is not asked.

    ``words``: classes of which one must stand in its trigger; ``both``: its two sides are known and differ;
    ``who``: somebody of such a kind takes part;
    ``least``: its score is no less; ``first``: its trigger begins
    among so many first words of the sentence.
    """

    types: frozenset[EventType] = frozenset()
    modes: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    contexts: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    both: bool = False
    least: float = 0.0
    first: int = 0
    who: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """Another rung where a word of the class ``words`` stands in the clause."""

    words: str
    id: str
    level: int
    scope: Scope | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule; without ``level`` it takes words and gives no rung (head of ``ladders.yaml``)."""

    id: str
    ladder: Ladder | None = None
    level: int | None = None
    match: tuple[Pattern, ...] = ()
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    event: EventTest | None = None
    own: bool = False
    topic: bool = False
    negated: bool = False
    scope: Scope | None = None
    instead: Instead | None = None
    voice: Voice | None = None
    past: bool = False
    turned: bool = False
    rest: bool = False
    general: bool = False
    planned: bool = False
    bare: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law by its id: who issued it, whose dealings it is about, its names (folded)."""

    id: str
    issuer: str
    side: str | None
    phrases: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladders:
    """All that ``ladders.yaml`` says. ``words``: the folded phrases of each class, ``*`` and ``/`` as written there.

    ``sanctioned``: since when dealings with a side may bring penalties; ``sides``: the phrases that name it;
    ``bywords``: those that a text means a sanctioner by. ``claims``: classes whose words a rule takes beside its own.
    ``guard``: the frames of a denial and of a reservation, by the level of W that they make of a warning.
    """

    levels: Mapping[tuple[Ladder, int], Level]
    words: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    told: Mapping[Status | Turn, tuple[Pattern, ...]]
    laws: tuple[Law, ...]
    sanctioners: frozenset[str]
    sanctioned: Mapping[str, date] = field(default_factory=dict)
    sides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    claims: frozenset[str] = frozenset()
    guard: Mapping[int, tuple[Pattern, ...]] = field(default_factory=dict)

    def level(self, ladder: Ladder, level: int) -> Level:
        """What a rung means. Raises :class:`~marsad.errors.NotFoundError` where the ladder has no such level."""
        found = self.levels.get((ladder, level))
        if found is None:
            had = f"{LEVELS[ladder][0]} to {LEVELS[ladder][-1]}"
            raise NotFoundError(f"ladder {ladder} has no level {level}", do=f"give one of {had}")
        return found
