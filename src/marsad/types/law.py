"""Law as data, the facts that it is asked about, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from marsad.types.actors import Name
from marsad.types.labels import Voice


class Truth(StrEnum):
    """A value of logic. *Contested* behaves like unknown, but what rests on it stays contested."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"
    CONTESTED = "contested"


class ElementKind(StrEnum):
    """What decides an element: a fact, a status (a list), argument (open texture), an official act."""

    FACT = "fact"
    STATUS = "status"
    OPEN_TEXTURE = "open_texture"
    OFFICIAL_ACT = "official_act"


class Verified(StrEnum):
    """How a provision was checked: against its text, a summary, or from memory only."""

    TEXT = "text"
    SUMMARY = "summary"
    MEMORY = "memory"


class Label(StrEnum):
    """What a finding says; never a percentage."""

    NOT_ENGAGED = "not engaged"
    PARTLY_PRESENT = "elements partly present"
    ARGUABLY_MET = "elements arguably met, no determination"
    DETERMINED = "determination made"
    IMPOSED = "sanctions imposed"
    WAIVED = "waived or delayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where something stands: US Code, public law, section; ``quote`` has at most 25 words of the text."""

    usc: str | None = None
    public_law: str | None = None
    section: str | None = None
    quote: str | None = None
    verified: Verified = Verified.MEMORY
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing that must hold. ``ask`` is the question to put to whoever may know it.

    ``can_become_true``: where it is false today, it may be true tomorrow. ``factors`` are what is weighed for an open
    texture, ``listed`` the id of the list for a status, ``by`` who can perform an official act.
    """

    id: str
    name: Name
    kind: ElementKind
    cite: Citation
    ask: Name
    can_become_true: bool = True
    factors: tuple[str, ...] = ()
    listed: str | None = None
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A node of logic: ``all`` or ``any`` of ``parts``, ``at_least`` ``n`` of them, ``not`` the one, or a ``leaf``.

    A leaf names an element, or another rule of the same version, by ``id``. ``unless`` are labels of exceptions: rules
    or reliefs that, where they hold, make the node false.
    """

    op: str
    id: str | None = None
    n: int = 0
    parts: tuple[Condition, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """A waiver, a delay, an exemption or a termination: its condition, and for how many days it holds (None: until
    ended)."""

    id: str
    name: Name
    kind: str
    condition: Condition
    cite: Citation
    days: int | None = None
    notes: Name = Name()  # noqa: RUF009 (frozen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What follows: whether it ``shall`` or ``may``, at least how many measures of which menu (id of an instrument)."""

    modal: str
    menu: str | None = None
    least: int = 0
    measures: tuple[Name, ...] = ()
    cite: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How a provision reads from ``valid_from`` to ``valid_to``, both inside, and since when that is known.

    ``rules`` are named conditions (``exposure``, ``duty``); ``standard`` is the knowledge that it asks for.
    """

    valid_from: date
    valid_to: date | None
    known_from: date
    elements: Mapping[str, Element]
    rules: Mapping[str, Condition]
    reliefs: Mapping[str, Relief] = field(default_factory=dict)
    consequence: Consequence | None = None
    standard: str | None = None
    notes: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One provision. ``subject`` says who is bound: ``person``, ``state`` or ``bank``; ``versions`` in their order."""

    id: str
    name: Name
    cite: Citation
    sanctioner: str
    subject: str
    versions: tuple[Version, ...]
    counterpart: str | None = None
    sources: tuple[str, ...] = ()

    def at(self, day: date, known_on: date | None = None) -> Version | None:
        """The version in force at ``day``, as it was known on ``known_on``; None where there was none.

        Of the last version that was known then nobody knew yet that it would end.
        """
        seen = [v for v in self.versions if known_on is None or v.known_from <= known_on]
        for version in seen:
            last = None if version is seen[-1] and version is not self.versions[-1] else version.valid_to
            if version.valid_from <= day and (last is None or day <= last):
                return version
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One who says that something holds, or that it does not: in whose words, and by which evidence.

    ``evidence`` are ids of rungs, events or articles, or the key of a curated source; ``official`` where the speaker
    acts for a state in it.
    """

    holds: bool
    evidence: tuple[str, ...]
    voice: Voice = Voice.REPORT
    speaker: str | None = None
    official: bool = False
    day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is held of one element about one entity: from ``since`` to ``until`` (both inside), known from ``known``.

    ``entity`` is the id of an actor; ``IRQ.?`` is an agency of a state that nobody names. ``by`` says what set it:
    ``events``, ``list``, ``curated``, ``judgement`` (a user's, which wins), ``calendar`` (counted from another fact),
    or ``what-if`` (assumed, to see what would come of it). For an open texture ``factors`` has the claims for and
    against each factor.
    """

    element: str
    entity: str
    truth: Truth
    by: str
    since: date | None = None
    until: date | None = None
    known: date | None = None
    claims: tuple[Claim, ...] = ()
    factors: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    note: Name = Name()  # noqa: RUF009 (frozen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A node of the tree that explains a finding: what it is, its value, its clause, the facts it rests on.

    ``id`` is that of a rule, a relief or an element; a part without a name has its place, ``duty.2`` the second part of
    the condition of ``duty``. ``op`` is that of :class:`Condition` (``leaf`` where an exception or a name is all that
    it adds), ``element``, or ``finding`` for the root; ``n`` is how many of the parts an ``at_least`` asks for.
    """

    id: str
    op: str
    truth: Truth
    n: int = 0
    cite: Citation | None = None
    facts: tuple[Fact, ...] = ()
    parts: tuple[Step, ...] = ()
    exceptions: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The smallest sets of facts (ids of elements, and the value each would need) that decide a question.

    ``to_hold`` would make ``rule`` true, ``to_fail`` false, each the shortest first; ``cut`` where there were more. One
    empty set: it is so already. No set: nothing that may still change can bring it about.
    """

    rule: str = ""
    to_hold: tuple[Mapping[str, bool], ...] = ()
    to_fail: tuple[Mapping[str, bool], ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What an instrument comes to for an entity at a day, as it was known on another.

    ``tree`` explains ``label``; ``reliefs`` in force by id; ``deadline`` is the last day of a review that runs.
    """

    instrument: str
    entity: str
    as_of: date
    known_on: date
    label: Label
    tree: Step
    missing: Missing
    facts: tuple[Fact, ...]
    reliefs: tuple[str, ...] = ()
    deadline: date | None = None
    notes: tuple[Name, ...] = ()
