"""A precedent as the course of a pair, for tables and plots that know courses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from marsad.knowledge.precedents import Precedent, Step
from marsad.relate.course import course
from marsad.types import Article, Course, Ladder, Reached, Rung, Span, Status, Voice

#: A reading counts for no more than this on W (section 5 of the research on sanctions: a label is no rung of its own).
_READING = 3


def course_of(precedent: Precedent, *, lang: str = "en") -> Course:
    """The course of a case as that of any pair, for tables and plots: its rungs in order, and where it stands.

    The sentence of each rung stands in :func:`article_of` in the same ``lang``. Steps under another law and context are
    no rungs; doubted ones are not confirmed.
    """
    reached = _reached(precedent, lang)
    until = max((step.day for step in precedent.steps), default=date.min)
    made = course(reached, precedent.near, precedent.counterpart, precedent.sanctioner, until)
    return replace(made, reached=reached)


def article_of(precedent: Precedent, *, lang: str = "en") -> Article:
    """The name and the steps of a case, one a line, as a text that the rungs of :func:`course_of` point into."""
    name = precedent.name.shown(lang)
    text = "\n".join((name, "", *(step.text.shown(lang) for step in precedent.steps)))
    return Article(id=precedent.id, text=text, title=Span(0, len(name)), language=lang, given=precedent.id)


def effective(step: Step) -> int:
    """The level that a step counts for: that of a reading is capped on W."""
    capped = step.voice is Voice.READING and step.ladder is Ladder.W
    return min(step.level, _READING) if capped else step.level


def _reached(case: Precedent, lang: str) -> tuple[Reached, ...]:
    """The steps of a case that are rungs, those in doubt too, each pointing at its line of :func:`article_of`."""
    made, start = [], len(case.name.shown(lang)) + 2
    for number, step in enumerate(case.steps, 1):
        words = step.text.shown(lang)
        span, start = Span(start, start + len(words)), start + len(words) + 1
        if step.counts or step.doubted:
            made.append(_one(case, number, step, span))
    return tuple(made)


def _one(case: Precedent, number: int, step: Step, span: Span) -> Reached:
    name = f"{case.id}.{number}"
    rung = Rung(
        id=name,
        article=case.id,
        ladder=step.ladder,
        level=step.level,
        sentence=number,
        span=span,
        rule="precedent",
        turn=step.turn,
        near=case.near,
        counterpart=case.counterpart,
        sanctioner=None if step.ladder is Ladder.L else case.sanctioner,
        party=case.party,
        status=Status.ACTUAL,
        day=step.day,
        precision=step.precision,
        branch=step.branch,
        voice=step.voice,
        items=case.items,
    )
    why = "precedent.doubted" if step.doubted else "precedent.recorded"
    return Reached(
        id=name,
        rung=rung,
        effective=effective(step),
        confirmed=step.counts,
        why=why,
        rungs=(name,),
        origins=step.sources,
        official=step.voice is Voice.PARAPHRASE,
    )
