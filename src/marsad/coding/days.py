"""The day of each event: from the date tied to it in its sentence, else from the narrative, else the article's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marsad.coding.tie import ALSO, nearest
from marsad.knowledge import lexicon
from marsad.text import dates, fold_text, units
from marsad.types import Annotation, Article, Evidence, Precision, Span, Status, TimeMention

#: What the article's day and the narrative leave in ``Evidence.why``.
NARRATIVE = "day.narrative"
#: A verb of saying takes a date before an act does where it is nearer by more than this.
_SAYING = 15
#: A sentence that goes on with a story begins with one of these, or with و or ف and a verb.
_GOES_ON = frozenset({"ثم", "وبعدها", "وبعد", "وخلال", "وهناك", "then", "later", "there", "afterwards"})


@dataclass(frozen=True, slots=True)
class Day:
    """A day, how exactly it is known, and why."""

    day: date | None
    precision: Precision
    evidence: Evidence | None = None


def times(article: Article) -> list[TimeMention]:
    """The dates of an article. Without its day only those that do not depend on it."""
    if article.published:
        return dates(article.text, article.published, article.language)
    one, other = (dates(article.text, day, article.language) for day in (date(2000, 2, 3), date(2019, 9, 10)))
    return [found for found in one if found in other]


def _sayings(text: str, sentence: Span) -> list[Span]:
    """The words of saying of a sentence, which take a date too: «قال أمس إن العملية انتهت»."""
    words = lexicon.words("SPEECH")
    return [unit for unit in units(text, sentence.start, sentence.stop) if fold_text(unit.of(text)) in words]


def _tied(annotation: Annotation, found: Sequence[TimeMention]) -> dict[int, TimeMention]:
    """For each trigger the date that is tied to it, where there is one in its sentence."""
    text = annotation.article.text
    triggers = annotation.by_sentence(annotation.triggers)
    best: dict[int, tuple[float, TimeMention]] = {}
    for sentence, inside, here in zip(annotation.sentences, annotation.by_sentence(found), triggers, strict=True):
        if not inside or not here:
            continue
        acts = [annotation.triggers[t].span for t in here]
        said = [span for span in _sayings(text, sentence) if not any(span.overlap(act) for act in acts)]
        for time in (found[k] for k in inside):
            near = nearest(text, acts, time.span, ALSO)
            speech = nearest(text, said, time.span)
            if near and speech and speech[0][0] + _SAYING < near[0][0]:
                continue
            for cost, i in near:
                if here[i] not in best or cost < best[here[i]][0]:
                    best[here[i]] = (cost, time)
    return {t: time for t, (_, time) in best.items()}


def _goes_on(text: str, before: Span, sentence: Span) -> bool:
    """Whether a sentence goes on with what the one before it tells: in its paragraph, with a word that joins them."""
    if "\n" in text[before.start : sentence.start].strip("\n"):
        return False
    first = fold_text(sentence.of(text)[:40]).lower().split()
    return bool(first) and (first[0] in _GOES_ON or (first[0][:1] in "وف" and len(first[0]) > 3))


def days(annotation: Annotation) -> list[Day]:
    """The day of each trigger of an annotation."""
    article = annotation.article
    whole = Day(article.published, Precision.ARTICLE if article.published else Precision.UNKNOWN)
    found = times(article) if annotation.triggers else []
    if not found:
        return [whole] * len(annotation.triggers)
    tied = _tied(annotation, found)
    made: list[Day] = []
    told: tuple[int, TimeMention] | None = None  # the sentence of the last act that happened on a known day, and that
    dated = {annotation.sentence_of(time.span) for time in found}
    for t, trigger in enumerate(annotation.triggers):
        s = annotation.sentence_of(trigger.span)
        time, why = tied.get(t), ""
        if time:
            why = time.rule
            if trigger.status is Status.ACTUAL and time.precision is Precision.DAY:
                told = (s, time)
        elif (
            told
            and told[0] == s - 1
            and trigger.status is Status.ACTUAL
            and s not in dated
            and _goes_on(article.text, annotation.sentences[s - 1], annotation.sentences[s])
        ):
            time, why = told[1], NARRATIVE
        if time:
            made.append(Day(time.first, time.precision, Evidence(part="day", span=time.span, why=why)))
        else:
            made.append(whole)
    return made
