"""Who is meant by a rung: the two sides that draw near, who sanctions, and whom that is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.relate.cues import BY, SIDE, Found, Range, named
from marsad.relate.scene import Part, Scene, side_of, sides
from marsad.types import ACTING, Event, EventType, Kind, Mention

#: Acts whose actor is the one who sanctions, or speaks of it.
_SIGNALS = frozenset(
    {
        EventType.SANCTION,
        EventType.THREATEN,
        EventType.REJECT,
        EventType.ACCUSE,
        EventType.REQUEST,
        EventType.CONCEDE,
        EventType.RETREAT,
        EventType.COERCE,
        EventType.AGREE,
        EventType.SUPPORT,
        EventType.AID,
    }
)
#: Acts that make any state a sanctioner, and not only those that often are.
_PENAL = frozenset({EventType.SANCTION, EventType.THREATEN})
#: A subject stands at most so many words before its verb, or after it.
_BEFORE, _AFTER = 6, 3


def _gap(one: Range, other: Range) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def subject(part: Part, words: Range, stop: int) -> Mention | None:
    """Who does what the verb ``words`` says: the nearest before it, or right behind it, but not behind ``stop``."""
    after = [(at[0] - words[1], m) for at, m in part.acting() if words[1] <= at[0] < stop]
    before = [(words[0] - at[1], m) for at, m in part.acting() if at[1] <= words[0]]
    near = [(gap, m) for gap, m in after if gap <= _AFTER][:1] + [(gap, m) for gap, m in before if gap <= _BEFORE][-1:]
    return min(near, key=lambda one: one[0])[1] if near else None


def sanctioner(
    scene: Scene, part: Part, fits: Found, event: Event | None, law: str | None
) -> tuple[str | None, Mention | None]:
    """Who gives the signal, and the mention that says so."""
    hit = set(sides(event.recipients)) if event else set()
    acting = [m for m in event.actors if not scene.relays(m)] if event and event.type in _SIGNALS else ()
    for mention in acting:
        if scene.is_sanctioner(side_of(mention)) and side_of(mention) not in hit:
            return side_of(mention), mention
    here = [(at, m) for at, m in part.acting() if scene.is_sanctioner(side_of(m)) and not scene.relays(m)]
    others = [one for one in here if side_of(one[1]) not in hit]
    if not others and not (event and event.type in _PENAL and sides(acting)):  # else what is hit would hit itself
        others = here
    if others:
        nearest = min(others, key=lambda one: (_gap(one[0], fits.whole), one[0]))[1]
        return side_of(nearest), nearest
    if event and event.type in _PENAL and not others:
        for mention in acting:
            if (side := side_of(mention)) and side not in hit:
                return side, mention
    if event and scene.is_sanctioner(side_of(event.speaker)):
        return side_of(event.speaker), event.speaker
    for known in scene.book.laws:
        if known.id == law:
            return known.issuer, None
    if law_mention := next((m for m in part.mentions if m.kind is Kind.LAW and scene.is_sanctioner(m.country)), None):
        return law_mention.country, law_mention
    for other in scene.before(part, 3):
        for _, mention in reversed(other.acting()):
            if scene.is_sanctioner(side_of(mention)) and not scene.relays(mention):
                return side_of(mention), mention
    for other in (part, *scene.before(part, 3)):
        if meant := named(other.words, BY):
            return meant[0], None
    return None, None


def about(
    scene: Scene,
    part: Part,
    fits: Found,
    event: Event | None,
    by: str | None,
    general: bool,
    law: str | None,
    main: str | None,
) -> tuple[str | None, str | None]:
    """The side that a signal is about, and the one whose dealings it is about."""
    direct = [side for side in sides(event.recipients) if side != by] if event else []
    if event and event.about:
        told = next((e for e in scene.coding.events if e.id == event.about), None)
        if told:
            direct += [side for side in sides((*told.recipients, *told.actors)) if side not in (by, *direct)]
    places: list[tuple[Range, str | None]] = [
        (at, side_of(m))
        for at, m in zip(part.at, part.mentions, strict=True)
        if m.kind in ACTING or m.kind is Kind.PLACE
    ]
    behind = sorted((at, side) for at, side in places if side and at[0] >= fits.anchor[0])
    ahead = sorted(((at, side) for at, side in places if side and at[0] < fits.anchor[0]), reverse=True)
    beside = [side for _, side in (*behind, *ahead) if side and side != by]
    chosen = next((s for s in (*direct, *beside) if not _other(scene, s)), None)
    if chosen is None and direct and not general:
        chosen = direct[0]
    if chosen is None and not general:
        chosen = main
        if chosen is None and event and event.type in _PENAL:
            chosen = next(iter(beside), None)
    if chosen == by:
        chosen = None
    known = next((one.side for one in scene.book.laws if one.id == law), None)
    makers = [side_of(m) for m in part.mentions if m.kind is Kind.ARMS]
    against = [
        s for s in (known, *beside, *makers, *named(part.words, SIDE)) if s and s != chosen and scene.is_sanctioned(s)
    ]
    if not against:
        for other in scene.before(part, 2):
            against = [s for s in sides(other.mentions) if s != chosen and scene.is_sanctioned(s)]
            if against:
                break
    return chosen, against[0] if against else None


def _other(scene: Scene, side: str) -> bool:
    """Whether a side is one that sanctions, or is sanctioned: not first thought of as the one that draws near."""
    return scene.is_sanctioner(side) or scene.is_sanctioned(side)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The two sides of a rung of L. ``party`` is the id of the body that buys, where it is not the state itself."""

    near: str
    counterpart: str
    party: str | None


def pair(
    scene: Scene, part: Part, fits: Found | None, event: Event | None, last: tuple[str, str] | None
) -> Pair | None:
    """Who draws near to whom; None where none of the two is a sanctioned side, or there are not two."""
    parties: Sequence[Mention] = (*event.actors, *event.recipients) if event else ()
    found = sides(parties)
    if (
        event
        and event.actors
        and event.recipients
        and len(found) < 2
        and sides(event.actors)
        and sides(event.recipients)
    ):
        return None  # an act at home
    if not _paired(scene, found):
        if len(found) > 1 and not (event and _makers(scene, event.items)):
            return None  # two others
        where = fits.whole if fits else (part.words.words(event.trigger) if event else (0, 0))
        found = _filled(scene, part, found, where, event)
    if not _paired(scene, found) and last:
        missing = [side for side in last if side not in found]
        if not found or (len(found) == 1 and len(missing) == 1):
            found = [*found, *missing]
    if not _paired(scene, found):
        return None
    return _ordered(scene, found, parties)


def _paired(scene: Scene, found: Sequence[str]) -> bool:
    return len(found) > 1 and any(map(scene.is_sanctioned, found))


def _makers(scene: Scene, items: Sequence[Mention]) -> list[str]:
    return [side for side in sides(m for m in items if m.kind is Kind.ARMS) if scene.is_sanctioned(side)]


def _filled(scene: Scene, part: Part, found: list[str], where: Range, event: Event | None) -> list[str]:
    """The sides with those that the sentence names beside: the nearest first, sanctioners last, makers of arms too."""
    have = list(found)
    beside = []
    for at, mention in zip(part.at, part.mentions, strict=True):
        side = side_of(mention)
        if side and side not in have and (mention.kind in ACTING or mention.kind is Kind.PLACE):
            beside.append((scene.is_sanctioner(side), _gap(at, where), side))
    makers = _makers(scene, event.items if event else ()) or _makers(scene, part.mentions)
    if event and any(m.kind in ACTING for m in event.recipients) and not found and not beside:
        return have
    order = list(dict.fromkeys(side for _, _, side in sorted(beside)))
    if not any(map(scene.is_sanctioned, have)):
        worded = filter(scene.is_sanctioned, named(part.words, SIDE))
        have += [side for side in (*filter(scene.is_sanctioned, order), *makers, *worded) if side not in have][:1]
    if len(have) < 2 or all(map(scene.is_sanctioned, have)):
        have += [side for side in order if side not in have and not scene.is_sanctioned(side)][:1]
    return have


def _ordered(scene: Scene, found: Sequence[str], parties: Sequence[Mention]) -> Pair:
    near = next((side for side in found if not scene.is_sanctioned(side)), found[0])
    counterpart = next(side for side in found if side != near and scene.is_sanctioned(side))
    bodies = [m.actor for m in parties if m.actor and side_of(m) == near and m.kind is Kind.ORG and "." in m.actor]
    return Pair(near=near, counterpart=counterpart, party=bodies[0] if bodies else None)
