"""Whom a short phrase means that an earlier one of the article named in full: simple kinds, precise rather than bold.

«شويغو» after «سكرتير مجلس الأمن الروسي، سيرغي شويغو»; «الوزير», «الحركة», "the minister" where the last sentences name
one only; «الأخير»; «نظيره الروسي», who holds the same office on the Russian side. Where two could be meant, nobody is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from marsad.knowledge import grammar, holders
from marsad.knowledge.countries import NO_STATE
from marsad.knowledge.named import key
from marsad.resolve import office, who
from marsad.resolve.phrase import Reading, read
from marsad.types import ACTING, Annotation, Holding, Kind, Mention, Sector

SURNAME, SAME_OFFICE, LATTER, OF_KIND = "earlier.name", "earlier.office", "earlier.latter", "earlier.kind"
COUNTERPART = "earlier.counterpart"
#: Sentences before that a short phrase looks back over: an office, and the one named last.
_BACK, _LAST = 3, 1
#: A guess of who is meant that an earlier mention may overrule.
_LOOSE = frozenset({office.AROUND, office.NOWHERE, "people.country-of-context", "people.country-in-phrase",
                    "people", "name.country-of-context", "state.of-context"})  # fmt: skip
_DEFINITE = frozenset({"the", "his", "her", "its", "their"})
#: The sectors of officials, and of parties and armed groups.
_SERVES = frozenset({Sector.GOV, Sector.LEG, Sector.MIL, Sector.SPY, Sector.COP, Sector.JUD})
_POLITICAL = frozenset({Sector.PTY, Sector.REB})


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The earlier mention that one means. ``index`` is None for a counterpart, who was not named before."""

    index: int | None
    mention: Mention
    why: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mention with its place, reading and answer."""

    index: int
    sentence: int
    mention: Mention
    reading: Reading
    answer: Holding | None
    words: tuple[str, ...]


def antecedents(
    annotation: Annotation, mentions: Sequence[Mention], answers: Sequence[Holding | None], on: date
) -> dict[int, Antecedent]:
    """By the index of a mention whom it means, where an earlier mention tells.

    ``mentions`` are those of the annotation as far as they are known, ``answers`` what their phrases say themselves.
    """
    text = annotation.article.text
    seen: list[_Seen] = []
    found: dict[int, Antecedent] = {}
    for index, (mention, answer) in enumerate(zip(mentions, answers, strict=True)):
        if mention.kind not in ACTING:
            continue
        reading = read(mention.span.of(text)[: who.LONGEST])
        words = key(reading.phrase) if mention.kind is Kind.PERSON else ()
        here = _Seen(index, annotation.sentence_of(mention.span), mention, reading, answer, tuple(words))
        antecedent = _earlier(here, seen, on)
        if antecedent:
            found[index] = antecedent
            here = replace(here, mention=_as(mention, antecedent.mention))
        seen.append(here)
    return found


def _as(mention: Mention, earlier: Mention) -> Mention:
    return replace(earlier, span=mention.span, kind=mention.kind)


def _earlier(here: _Seen, seen: Sequence[_Seen], on: date) -> Antecedent | None:
    if here.mention.kind is Kind.PERSON:
        return _surname(here, seen)
    if here.answer is not None and here.answer.why not in _LOOSE:
        return None
    for rule in (_counterpart, _latter, _office, _kind):
        if antecedent := rule(here, seen, on):
            return antecedent
    return None


def _one(here: _Seen, seen: Sequence[_Seen], back: int, fits: Callable[[_Seen], bool], why: str) -> Antecedent | None:
    """The one actor that fits among the mentions of the last sentences; None where there are two."""
    near = [each for each in seen if here.sentence - each.sentence <= back and fits(each)]
    if not near or len({_who(each.mention) for each in near}) > 1:
        return None
    return Antecedent(near[-1].index, near[-1].mention, why)


def _who(mention: Mention) -> tuple[str | None, str | None]:
    return mention.actor, mention.person.en or mention.person.ar if mention.person else None


def _surname(here: _Seen, seen: Sequence[_Seen]) -> Antecedent | None:
    """A name whose words all stand in a longer name before, its last word being the last there too."""
    if not here.words or (here.answer is not None and here.answer.why not in _LOOSE and len(here.words) > 1):
        return None
    fits = [
        each
        for each in seen
        if len(each.words) > len(here.words)
        and each.words[-1:] == here.words[-1:]
        and set(here.words) <= set(each.words)
    ]
    if not fits or len({each.words[-2:] for each in fits}) > 1:
        return None
    return Antecedent(fits[-1].index, fits[-1].mention, SURNAME)


def _is(here: _Seen, name: str) -> bool:
    """Whether the phrase is a word of the class, with an article or a state beside it at most."""
    words = grammar.words(name)
    named = {at for piece in here.reading.pieces if piece.state for at in range(piece.first, piece.last)}
    rest = [
        w.text for at, w in enumerate(here.reading.words) if at not in named and w.text not in ("the", "his", "her")
    ]
    return len(rest) == 1 and rest[0] in words and not (here.reading.latin and not _definite(here.reading))


def _definite(reading: Reading) -> bool:
    return reading.words[0].text in _DEFINITE


def _state(here: _Seen) -> str | None:
    return next((p.state.code for p in here.reading.states if p.state and p.state.kind != "place"), None)


def _counterpart(here: _Seen, seen: Sequence[_Seen], on: date) -> Antecedent | None:
    """«نظيره الروسي»: the Russian holder of the office of the one named last before, whether he was named or not."""
    if not any(word.text in grammar.words("COUNTERPART") for word in here.reading.words):
        return None
    code = _state(here)
    of = next(
        (
            each
            for each in reversed(seen)
            if here.sentence - each.sentence <= _LAST and _personal(each) and _role(each) and _organ(each)
        ),
        None,
    )
    if code is None or of is None or code in NO_STATE or of.answer is None or of.mention.country == code:
        return None
    actor = f"{code}.{_organ(of)}"
    before = next((each for each in reversed(seen) if each.mention.actor == actor), None)
    if before:
        return Antecedent(before.index, before.mention, COUNTERPART)
    rows = holders.of_office(actor, of.answer.role, on)
    sure = rows if len({row.person_id for row in rows}) == 1 else ()
    made = replace(
        here.mention,
        actor=actor,
        country=code,
        sector=of.mention.sector,
        person=sure[0].person if sure else None,
        office=sure[0].office if sure else of.mention.office,
    )
    return Antecedent(None, made, COUNTERPART)


def _organ(each: _Seen) -> str:
    """The organ of an office-holder without the state: GOV.MFA."""
    code, _, organ = (each.mention.actor or "").partition(".")
    return organ if code == each.mention.country else ""


def _latter(here: _Seen, seen: Sequence[_Seen], on: date) -> Antecedent | None:
    """«الأخير»: the person named last before, in this sentence or the one before it."""
    if not _is(here, "LATTER") or not seen:
        return None
    last = next((each for each in reversed(seen) if each.mention.kind in (Kind.PERSON, Kind.OFFICE)), None)
    if last is None or here.sentence - last.sentence > _LAST or seen[-1] is not last:
        return None
    return Antecedent(last.index, last.mention, LATTER)


def _office(here: _Seen, seen: Sequence[_Seen], on: date) -> Antecedent | None:
    """«الوزير», «المسؤول الروسي», «الرئيس», "the minister": the one of that office in the last sentences."""
    code = _state(here)

    def agrees(each: _Seen) -> bool:
        return code is None or each.mention.country == code

    def personal(each: _Seen) -> bool:
        return _personal(each) and agrees(each)

    if _is(here, "MINISTER"):
        return _one(
            here, seen, _BACK, lambda e: personal(e) and _ministry(e) and _role(e) != "SPOKESPERSON", SAME_OFFICE
        )
    if _is(here, "MINISTRY"):
        return _one(here, seen, _BACK, lambda e: agrees(e) and _ministry(e), SAME_OFFICE)
    if _is(here, "OFFICIAL"):
        return _one(here, seen, _LAST, lambda e: personal(e) and e.mention.sector in _SERVES, SAME_OFFICE)
    held = office.of_reading(here.reading)
    if held is None or held.wide or here.reading.rest or len(here.reading.words) > 2 + (code is not None):
        return None
    if here.reading.latin and not _definite(here.reading):
        return None
    if held.head and held.role:
        role = held.role
        return _one(here, seen, _BACK, lambda e: personal(e) and _role(e) == role, SAME_OFFICE)
    if code is None:
        return _one(here, seen, _BACK, lambda e: _organ(e) == held.organ and not _personal(e), SAME_OFFICE)
    return None


def _ministry(each: _Seen) -> bool:
    return _organ(each).startswith("GOV.M") or _organ(each) in office.MINISTRIES


def _role(each: _Seen) -> str | None:
    return each.answer.role if each.answer else None


def _personal(each: _Seen) -> bool:
    """Whether somebody is meant, and not the organ."""
    return each.mention.kind in (Kind.PERSON, Kind.OFFICE)


def _kind(here: _Seen, seen: Sequence[_Seen], on: date) -> Antecedent | None:
    """«الحركة», «الحزب»: the one party or armed group that the last sentences name."""
    if not _is(here, "MOVEMENT"):
        return None
    return _one(
        here,
        seen,
        _BACK,
        lambda e: e.mention.kind is Kind.ORG and e.mention.sector in _POLITICAL and "." in (e.mention.actor or ""),
        OF_KIND,
    )
