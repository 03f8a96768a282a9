"""In whose words an event stands: verbatim, paraphrase, anonymous, report, or somebody's reading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from marsad.knowledge import lexicon
from marsad.text import fold, fold_text
from marsad.text.quotes import quotes
from marsad.types import Annotation, Evidence, Kind, Mention, Span, Trigger, Voice

IN_QUOTES, NAMED, UNNAMED, CUE, WRITER = "in-quotation", "named-speaker", "unnamed-speaker", "reading-cue", "no-speaker"
#: Words of a quotation from which on it is somebody's speech and not a word in inverted commas.
_SPEECH_WORDS = 4
#: A reading cue counts when it stands at most so many characters before the trigger, or after it.
_CUE_BEFORE, _CUE_AFTER = 60, 20
#: An office without the article, in English, or with the accusative of an indefinite one, in Arabic: «ضابطا مصريا».
_INDEFINITE = re.compile(r"(?:an?|one of|another) |[^ ]{3,}ا(?: |$)")
_ARTICLE = re.compile(r"\b(?:an?|one of|another) $")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Any word or phrase of a class, as whole words of folded text, with a conjunction before it."""
    words = sorted({*lexicon.words(name), *lexicon.phrases(name)}, key=lambda w: (-len(w), w))
    return re.compile(r"(?<!\w)[وف]?(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


class Voices:
    """The voices of one article's events."""

    def __init__(self, annotation: Annotation) -> None:
        self._text = annotation.article.text
        self._quotes = [q for q in quotes(self._text) if len(q.of(self._text).split()) >= _SPEECH_WORDS]

    def _quoted(self, span: Span) -> Span | None:
        k = bisect_right(self._quotes, span.start, key=lambda q: q.start) - 1
        return self._quotes[k] if k >= 0 and span.stop <= self._quotes[k].stop else None

    def _cue(self, trigger: Trigger, sentence: Span) -> Span | None:
        """The words that make the clause somebody's interpretation, near the trigger in its sentence."""
        start = max(sentence.start, trigger.span.start - _CUE_BEFORE)
        stop = min(sentence.stop, trigger.span.stop + _CUE_AFTER)
        folded = fold(self._text[start:stop])
        found = _pattern("READING").search(folded.text.lower())
        return folded.span(found.start(), found.end()).shift(start) if found else None

    def of(
        self, trigger: Trigger, speaker: Mention | None, actors: Sequence[Mention], sentence: Span
    ) -> tuple[Voice, list[Evidence]]:
        """The voice of the event that ``trigger`` names, and the evidence for it."""

        def because(span: Span, why: str) -> list[Evidence]:
            return [Evidence(part="voice", span=span, why=why)]

        quoted = self._quoted(trigger.span)
        named = speaker or next((m for m in actors if quoted and not quoted.overlap(m.span)), None)
        if quoted and named and not self._anonymous(named):
            return Voice.VERBATIM, because(quoted, IN_QUOTES)
        cue = speaker.span if speaker and self._interprets(speaker) else self._cue(trigger, sentence)
        if cue:
            return Voice.READING, because(cue, CUE)
        if speaker is None:
            return Voice.REPORT, because(trigger.span, WRITER)
        if self._anonymous(speaker):
            return Voice.ANONYMOUS, because(speaker.span, UNNAMED)
        return Voice.PARAPHRASE, because(speaker.span, NAMED)

    def _interprets(self, speaker: Mention) -> bool:
        """Whether a speaker is observers or analysts: what they say is their reading."""
        return _pattern("READING").search(fold_text(speaker.span.of(self._text)).lower()) is not None

    def _anonymous(self, speaker: Mention) -> bool:
        """Whether a speaker is unnamed sources, people, or an official without a name."""
        folded = fold_text(speaker.span.of(self._text)).lower()
        if speaker.kind is Kind.GROUP:
            return True
        if speaker.kind is not Kind.OFFICE or "'s " in folded or "’s " in folded:
            return False
        before = fold_text(self._text[max(0, speaker.span.start - 8) : speaker.span.start]).lower()
        return bool(_INDEFINITE.match(folded) or _ARTICLE.search(before) or _pattern("ANONYMOUS").search(folded))
