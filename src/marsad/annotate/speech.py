"""Who says it: verbs of saying and their subjects, also where the subject stands a sentence before («وأضاف أن»).

The model finds the speakers that a sentence names. This rule adds the one whom it leaves out: where a verb of saying
opens the sentence without a subject, the last one who was speaking; likewise the actor of a speech act.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from marsad.annotate.words import bare, folded
from marsad.knowledge import lexicon
from marsad.text import units
from marsad.types import ACTING, Annotation, EventType, Link, Role, Span

ELIDED = "elided-subject"
#: Speech acts: their subject is their actor, so an elided subject fills that role.
_ACTS = frozenset(
    {
        EventType.ACCUSE,
        EventType.REQUEST,
        EventType.REJECT,
        EventType.THREATEN,
        EventType.SUPPORT,
        EventType.AGREE,
    }
)
#: A subject begins at most so many characters after its verb of saying, or ends so many before it (English).
_AFTER, _BEFORE = 30, 12
#: Between a verb of saying and its subject stands none of these: they open what is said.
_OPENING = frozenset({"ان", "بان", "that", ":", "«", '"', "“", "،", ","})
#: An elided subject is looked for among the speakers of so many sentences before.
_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying, and the mention that is its subject (None: not named in the sentence)."""

    span: Span
    subject: int | None
    opens: bool  # it is the first word of its sentence


def _sayings(annotation: Annotation, sentence: Span) -> list[Saying]:
    text, mentions = annotation.article.text, annotation.mentions
    words = lexicon.words("SPEECH", "content")
    starts = [m.span.start for m in mentions]
    found = []
    for k, unit in enumerate(units(text, sentence.start, sentence.stop)):
        word = folded(unit.of(text))
        if word not in words and bare(word) not in words:
            continue
        i = bisect_left(starts, unit.stop)
        after = i if i < len(mentions) and _subject_follows(text, unit.stop, starts[i]) else None
        before = i - 1 if i and 0 <= unit.start - mentions[i - 1].span.stop <= _BEFORE else None
        subject = next(
            (
                m
                for m in (after, before)
                if m is not None
                and mentions[m].kind in ACTING
                and sentence.start <= mentions[m].span.start < sentence.stop
            ),
            None,
        )
        found.append(Saying(unit, subject, k == 0))
    return found


def _subject_follows(text: str, stop: int, start: int) -> bool:
    """Whether a mention at ``start`` can be the subject of the verb of saying that ends at ``stop``."""
    if start - stop > _AFTER:
        return False
    return not any(folded(unit.of(text)) in _OPENING for unit in units(text, stop, start))


def speakers(annotation: Annotation) -> Annotation:
    """The annotation with the speakers, and the actors of speech acts, that elided subjects leave out."""
    if len(annotation.sentences) < 2:  # nobody spoke before
        return annotation
    links = list(annotation.links)
    filled = {(k.trigger, k.role) for k in links}
    by_sentence = annotation.by_sentence(annotation.triggers)
    last: tuple[int, int] | None = None  # sentence and mention of the last one who spoke
    for s, sentence in enumerate(annotation.sentences):
        sayings = _sayings(annotation, sentence)
        for t in by_sentence[s]:
            trigger = annotation.triggers[t]
            under = [x for x in sayings if x.span.stop <= trigger.span.start]
            recent = last[1] if last and s - last[0] <= _SENTENCES else None
            link = None
            if under and under[-1].subject is None and under[-1].opens and recent is not None:
                link = _said(t, recent, filled, links)
            elif (
                not under
                and recent is not None
                and trigger.type in _ACTS
                and _opens(annotation, trigger.span, sentence)
            ):
                link = _acted(t, recent, filled)
            if link:
                links.append(link)
        named = [x.subject for x in sayings if x.subject is not None]
        if named:
            last = (s, named[-1])
        elif sayings and sayings[0].opens and last and s - last[0] <= _SENTENCES:
            last = (s, last[1])
    return replace(annotation, links=tuple(sorted(links, key=lambda k: (k.trigger, k.mention, k.role))))


def _said(t: int, mention: int, filled: set[tuple[int, Role]], links: Sequence[Link]) -> Link | None:
    """The speaker of trigger ``t``, unless it has one or the mention is its actor."""
    if (t, Role.SPEAKER) in filled or any(k.trigger == t and k.mention == mention for k in links):
        return None
    return Link(trigger=t, mention=mention, role=Role.SPEAKER, why=ELIDED)


def _acted(t: int, mention: int, filled: set[tuple[int, Role]]) -> Link | None:
    """The actor of a speech act that opens its sentence without a subject."""
    if (t, Role.ACTOR) in filled:
        return None
    return Link(trigger=t, mention=mention, role=Role.ACTOR, why=ELIDED)


def _opens(annotation: Annotation, trigger: Span, sentence: Span) -> bool:
    """Whether the trigger is the first word of its sentence, with a conjunction: «وطالب بـ…»."""
    word = folded(trigger.of(annotation.article.text).split()[0])
    return trigger.start == sentence.start and bare(word) != word
