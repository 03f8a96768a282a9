"""How a rung is told: by whom, in whose words, from which branch, to whom, through what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.relate.cues import Found, Range
from marsad.relate.scene import READERS, Part, Scene, side_of
from marsad.types import Addressee, Branch, Event, Kind, Medium, Mention, Sector, Span, Voice

#: The subject of a verb of saying stands at most so many words off.
_SUBJECT = 4
#: Speech that is caught up over so many sentences, where a sentence opens with a verb of saying.
_CAUGHT_UP = 2
_MEDIA: tuple[tuple[str, Medium], ...] = (
    ("leaked", Medium.LEAKED),
    ("hearing", Medium.HEARING),
    ("podium", Medium.PODIUM),
    ("written", Medium.WRITTEN),
)
_SPEAKING = frozenset({Kind.PERSON, Kind.OFFICE, Kind.ORG, Kind.STATE, Kind.GROUP})
_READING = frozenset({"reading", "redline"})


@dataclass(frozen=True, slots=True)
class Said:
    """Who speaks in a sentence, and in which words of it that is told."""

    speaker: Mention
    at: Range


def speakers(part: Part) -> list[Said]:
    """Who is named as speaking, with the verb of saying, in the order of the text."""
    found = []
    addressed = set(part.words.of("address"))
    unsaid = part.words.of("unsaid")
    for verb in part.words.of("say", "warned"):
        if any(start <= verb[0] < stop for start, stop in unsaid):
            continue
        # Where two stand as near, the subject is behind the verb in Arabic, and before it in English.
        arabic = part.words.arabic(verb)
        near: list[tuple[int, bool, int, Mention]] = []
        for at, mention in zip(part.at, part.mentions, strict=True):
            behind = at[0] >= verb[1]
            if behind and verb in addressed:
                continue
            gap = at[0] - verb[1] if behind else verb[0] - at[1]
            if mention.kind in _SPEAKING and gap <= _SUBJECT:
                near.append((max(gap - arabic * behind, 0), behind is not arabic, at[0], mention))
        if near:
            found.append(Said(min(near, key=lambda one: one[:3])[3], verb))
    return found


def speaker_of(scene: Scene, part: Part, fits: Found, event: Event | None) -> Mention | None:
    """Who says what a rung is read from; also who spoke before, where this sentence opens with «وأضاف» or "he"."""
    if event and event.speaker:
        return event.speaker
    named = speakers(part)
    before = [one for one in named if one.at[0] <= fits.anchor[0]]
    if before or named:
        return (before[-1] if before else named[0]).speaker
    opens = any(words[0] == 0 for words in part.words.of("say", "pronoun"))
    for other in scene.before(part, _CAUGHT_UP) if opens else ():
        if said := speakers(other):
            return said[-1].speaker
    return None


def is_reader(part: Part, mention: Mention | None) -> bool:
    """Whether somebody is an observer: what they hold of another's words is a reading."""
    if mention is None:
        return False
    if part.words.has(frozenset({"reading"}), part.words.words(mention.span)):
        return mention.sector not in (Sector.GOV, Sector.LEG, Sector.MIL)
    return mention.sector in READERS and mention.kind in (Kind.GROUP, Kind.PERSON, Kind.OFFICE)


def is_reading(scene: Scene, part: Part, fits: Found, speaker: Mention | None, event: Event | None) -> bool:
    """Whether words are somebody's interpretation, and no one's signal."""
    if is_reader(part, speaker):
        return True
    if scene.is_sanctioner(side_of(speaker)):
        return False
    clause = part.words.clause(fits.anchor)
    cue = [hit for name in _READING for hit in part.words.hits.get(name, ()) if clause[0] <= hit[0] < clause[1]]
    if event and event.voice is Voice.READING:
        return bool(cue) or speaker is None
    return any(hit[0] <= fits.anchor[1] for hit in cue) or bool(part.words.hits.get("redline"))


def voice_of(scene: Scene, span: Span, speaker: Mention | None, event: Event | None, anonymous: bool) -> Voice:
    """In whose words a rung is told, where it is no reading."""
    if event and event.voice in (Voice.VERBATIM, Voice.ANONYMOUS):
        return event.voice
    if anonymous:
        return Voice.ANONYMOUS
    if speaker is None:
        return Voice.REPORT
    if any(quote.start <= span.start and span.stop <= quote.stop for quote in scene.quotes):
        return Voice.VERBATIM
    return event.voice if event and event.voice is not Voice.READING else Voice.PARAPHRASE


def is_anonymous(part: Part, speaker: Mention | None) -> bool:
    """Whether the one who speaks is not named."""
    hits = part.words.of("anonymous")
    if speaker is None:
        return False
    at = part.words.words(speaker.span)
    overlap = any(start < at[1] and at[0] < stop for start, stop in hits)
    if speaker.kind is Kind.PERSON:
        return False
    return overlap or bool(part.words.hits.get("anonymity"))


def branch_of(part: Part, who: Sequence[Mention | None], anonymous: bool) -> Branch | None:
    """Which power of its state speaks or acts."""
    mentions = [mention for mention in who if mention]
    for mention in mentions:
        at = part.words.words(mention.span)
        if mention.sector is Sector.LEG or part.words.has(frozenset({"congress"}), at):
            return Branch.LEGISLATURE
    if anonymous:
        return Branch.ANONYMOUS
    for mention in mentions:
        at = part.words.words(mention.span)
        if mention.sector is Sector.MIL or part.words.has(frozenset({"military"}), at):
            return Branch.MILITARY
    return Branch.EXECUTIVE if mentions else None


def addressee_of(part: Part, fits: Found) -> Addressee | None:
    """Whom a signal is meant for, where that is nobody by name."""
    clause = part.words.clause(fits.anchor)
    if part.words.has(frozenset({"everyone"}), clause):
        return Addressee.ALL
    if part.words.has(frozenset({"partners"}), clause):
        return Addressee.CLASS
    return None


def medium_of(part: Part) -> Medium | None:
    """Through what a signal was given."""
    return next((medium for name, medium in _MEDIA if part.words.hits.get(name)), None)


def condition_of(part: Part, fits: Found) -> Span | None:
    """The words of the condition: from «إذا» to the end of its clause."""
    clause = part.words.clause(fits.anchor)
    for start, _ in part.words.of("condition"):
        if clause[0] <= start < clause[1]:
            stop = fits.whole[0] if start < fits.whole[0] else clause[1]
            return part.words.span((start, max(stop, start + 1)))
    return None


def measure_of(part: Part) -> Span | None:
    """The words that name a particular measure."""
    hits = part.words.of("measures")
    return part.words.span(hits[0]) if hits else None
