"""Whether somebody stands on a list: the nearest entries, how near each is and why, and what speaks against it.

A decision is no finding of law. ``match`` says that a name is held to be the same (:data:`~marsad.text.names.SAME`),
``possible`` that a person should look. A weak alias counts :data:`WEAK` of its score and is never more than possible;
neither is a single name of a person, nor a name that is only a part of the other. A date of birth, a country or a type
that contradicts lowers the decision by one step each, and is told: nothing is left out silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from marsad.assess.names import Lists, Near
from marsad.knowledge.countries import countries
from marsad.text.names import SAME, Part, name_score
from marsad.text.names.words import named
from marsad.types.lists import Asked, Birth, EntryType, ListedName, ListEntry, ListVersion, NameKind

#: What a weak alias counts, and how far below the threshold a score is still possible.
WEAK, BELOW = 0.85, 0.05
#: Least score of a name that is a part of the other, word for word, and least likeness of these words; how many.
_PART, _ALIKE, _WORDS = 0.6, 0.9, 2
#: What a word that is left over may be without counting.
_SLIGHT = frozenset({"title", "link", "form"})
#: Dates of birth that are no further apart are told, and do not contradict: one of them may be mistaken.
_CLOSE = timedelta(days=366)
#: How far a date that is a guess may be off, on either side.
_GUESS = timedelta(days=2 * 366)
#: Entries told for a name.
MOST = 5

_READABLE = re.compile(
    "[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0400-\u052f\u0621-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufefc]"
)


class Decision(StrEnum):
    """What screening says of a name; ``not screened`` where there was no name, or none in a script that is read."""

    MATCH = "match"
    POSSIBLE = "possible"
    NONE = "no match"
    UNREAD = "not screened"


class Verdict(StrEnum):
    """What two values of one kind say to each other."""

    AGREES = "agrees"
    CLOSE = "close"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Check:
    """A date of birth (``born``), a ``country`` or a ``type`` beside what the list has, and what that says."""

    what: str
    asked: str
    listed: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that may be meant: by which of its names, how near that is, what each word says, what else was checked.

    ``score`` is that of the names; ``counted`` what is decided on. ``limits`` say what kept the decision below a
    match: ``weak`` (a weak alias), ``single`` (a single name), ``contained`` (one name is a part of the other);
    ``born``, ``country`` and ``type`` contradict.
    """

    version: ListVersion
    entry: ListEntry
    name: ListedName
    score: float
    counted: float
    parts: tuple[Part, ...]
    checks: tuple[Check, ...]
    limits: tuple[str, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Screened:
    """Who was asked for, the decision, and the entries that it rests on, the likeliest first."""

    asked: Asked
    decision: Decision
    hits: tuple[Hit, ...]


def screen(asked: Asked, lists: Lists, threshold: float = SAME, most: int = MOST) -> Screened:
    """What the lists say of one: ``match`` from ``threshold`` on, ``possible`` from :data:`BELOW` under it.

    At most ``most`` entries are given, and every match beyond.
    """
    if not any(letter.isalnum() for letter in asked.name):
        return Screened(asked, Decision.UNREAD, ())
    best: dict[tuple[int, int], Near] = {}
    for near in lists.near(asked.name, threshold - BELOW, min(_PART, threshold - BELOW)):
        key = (near.listing, near.entry)
        if key not in best or _counted(near, lists) > _counted(best[key], lists):
            best[key] = near
    found = [hit for near in best.values() if (hit := _hit(asked, near, lists, threshold))]
    found.sort(key=lambda hit: (_ORDER[hit.decision], -hit.counted, -_agreed(hit), hit.version.list, hit.entry.uid))
    if not found and not _READABLE.search(asked.name):
        return Screened(asked, Decision.UNREAD, ())
    matches = sum(hit.decision is Decision.MATCH for hit in found)
    return Screened(asked, found[0].decision if found else Decision.NONE, tuple(found[: max(most, matches)]))


_ORDER = {Decision.MATCH: 0, Decision.POSSIBLE: 1, Decision.NONE: 2}
_LOWER = {Decision.MATCH: Decision.POSSIBLE, Decision.POSSIBLE: Decision.NONE, Decision.NONE: Decision.NONE}


def _name(near: Near, lists: Lists) -> ListedName:
    return lists.listings[near.listing].entries[near.entry].names[near.name]


def _counted(near: Near, lists: Lists) -> float:
    return near.score * (WEAK if _name(near, lists).kind is NameKind.WEAK else 1.0)


def _agreed(hit: Hit) -> int:
    return sum(check.verdict is Verdict.AGREES for check in hit.checks)


def _hit(asked: Asked, near: Near, lists: Lists, threshold: float) -> Hit | None:
    listing = lists.listings[near.listing]
    entry, name = listing.entries[near.entry], _name(near, lists)
    counted, parts = round(_counted(near, lists), 4), name_score(asked.name, name.text).parts
    limits: list[str] = []
    if counted < threshold - BELOW:
        if name.kind is NameKind.WEAK or not _contained(parts):
            return None
        limits.append("contained")
    checks = tuple(_checks(asked, entry))
    decision = Decision.MATCH if counted >= threshold else Decision.POSSIBLE
    for limit, holds in (("weak", name.kind is NameKind.WEAK), ("single", _single(asked.name, name.text, entry))):
        if holds:
            limits.append(limit)
            decision = Decision.POSSIBLE
    for check in checks:
        if check.verdict is Verdict.CONTRADICTS:
            limits.append(check.what)
            decision = _LOWER[decision]
    return Hit(
        version=listing.version, entry=entry, name=name, score=near.score, counted=counted,
        parts=parts, checks=checks, limits=tuple(limits), decision=decision,
    )  # fmt: skip


def _contained(parts: Sequence[Part]) -> bool:
    """Whether one name is a part of the other, word for word, as «Gulf Pearl» is of «Gulf Pearl Trading»."""
    met = [part for part in parts if part.a is not None and part.b is not None]
    left = {part.a is None for part in parts if part not in met and part.why not in _SLIGHT}
    return len(met) >= _WORDS and len(left) == 1 and all(part.score >= _ALIKE for part in met)


def _single(asked: str, listed: str, entry: ListEntry) -> bool:
    """Whether a person is told by one name alone, on either side: too many people bear it."""
    if entry.type is not EntryType.PERSON:
        return False
    return min(sum(word.kind not in ("title", "link") for word in named(one).words) for one in (asked, listed)) < 2


# --- what else is known ----------------------------------------------------------------------------------------------


def _checks(asked: Asked, entry: ListEntry) -> Iterator[Check]:
    if asked.born and entry.born:
        listed = ", ".join(map(str, entry.born))
        yield Check(
            "born", str(asked.born), listed, max((_births(asked.born, one) for one in entry.born), key=_RANK.index)
        )
    known = [code for code in entry.countries if code in countries()]
    if asked.country and known:
        verdict = Verdict.AGREES if asked.country in known else Verdict.CONTRADICTS
        yield Check("country", asked.country, ", ".join(known), verdict)
    if asked.type:
        verdict = Verdict.AGREES if asked.type is entry.type else Verdict.CONTRADICTS
        yield Check("type", asked.type, entry.type, verdict)


_RANK: Sequence[Verdict] = (Verdict.CONTRADICTS, Verdict.CLOSE, Verdict.AGREES)


def _births(asked: Birth, listed: Birth) -> Verdict:
    """What two dates of birth say to each other; a date that is a guess is taken more widely."""
    wide = _GUESS if asked.about or listed.about else timedelta()
    if asked.first <= listed.last + wide and listed.first <= asked.last + wide:
        return Verdict.AGREES
    turned = asked.first == asked.last and listed.first == listed.last and _turned(asked, listed)
    apart = max(listed.first - asked.last, asked.first - listed.last) - wide
    return Verdict.CLOSE if turned or apart <= _CLOSE else Verdict.CONTRADICTS


def _turned(asked: Birth, listed: Birth) -> bool:
    """Whether day and month stand the other way round."""
    one, other = asked.first, listed.first
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)
