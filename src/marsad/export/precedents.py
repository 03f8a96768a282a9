"""Precedents for a terminal and as objects of JSON: which earlier deals a course is like, why, and what came next.

Counts stand with the number of cases that they are of, and are never made into shares: the cases are few and chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from marsad.export.acts_table import flat, known_day
from marsad.export.labels import label
from marsad.export.rows import Column, Row
from marsad.export.safe import for_terminal as safe
from marsad.export.table import Layout
from marsad.knowledge.precedents import Precedent, Step
from marsad.relate.likeness import Aspect, Part
from marsad.relate.precedents import After, Like, Next
from marsad.types import Name

#: The columns of a case that was compared.
LIKES: Mapping[str, Column] = {
    "rank": Column("integer", "1 for the most like", "1 للأشبه"),
    "id": Column("string", "Id of the case", "معرّف الحالة"),
    "name": Column("string", "What the case is called", "اسم الحالة"),
    "near": Column("string", "Who drew near", "مَن تقارب"),
    "counterpart": Column("string", "Whom it drew near to", "مع مَن"),
    "sanctioner": Column("string", "Who signalled", "صاحب الإشارة"),
    "points": Column("number", "Points of likeness", "نقاط الشبه"),
    "most": Column("number", "The most points that there are", "أكثر ما يمكن من النقاط"),
    "stage": Column("string", "The rung that it is compared on", "الدرجة التي قورنت عندها"),
    "stood": Column("boolean", "Whether that is the rung asked about", "هل هي الدرجة المسؤول عنها"),
    "day": Column("date", "Day of its last rung up to then", "يوم آخر درجة لها حتى ذلك الحين"),
    "next_stage": Column("string", "The next rung of rapprochement", "الدرجة التالية في التقارب"),
    "next_stage_days": Column("integer", "Days until the next rung", "بعد كم يوم الدرجة التالية"),
    "next_signal": Column("string", "The next signal", "الإشارة التالية"),
    "next_signal_days": Column("integer", "Days until the next signal", "بعد كم يوم الإشارة التالية"),
    "outcome": Column("string", "What became of it", "المآل"),
    "same_state": Column("boolean", "A case of the state asked about", "حالة للدولة المسؤول عنها نفسها"),
    "overlaps": Column("boolean", "A part of the course asked about", "جزء من المسار المسؤول عنه"),
}
#: Cells before the second and the further lines of a case.
INDENT = 4
#: Steps of an order that are told, the last.
_STEPS = 4
#: The group of labels that the sides of a part are told by; the rungs of the others are codes.
_GROUPS = {Aspect.ORDER: "coarse", Aspect.ITEMS: "item-class", Aspect.TIE: "tie"}


def table(likes: Iterable[Like], afters: Sequence[After], layout: Layout, console: Console) -> Iterator[Text]:
    """The lines of the cases in the order given, each with its reasons and what came next; then the counts.

    ``afters`` are those of :func:`marsad.relate.precedents.after`. The last line says how little the counts show.
    """
    lang = layout.lang
    for number, one in enumerate(likes, 1):
        yield from [Text("")] if number > 1 else []
        yield from _case(number, one, layout, console)
    for of in afters:
        yield Text("")
        yield from _after(of, layout, console)
    yield Text("")
    yield from _wrapped(Text(_word("small", lang), "dim"), layout, console, 0)


def lines(likes: Iterable[Like], afters: Iterable[After], lang: str = "en") -> Iterator[dict[str, Any]]:
    """The objects of JSON, one a line: a ``precedent`` for each case in the order given, then an ``after`` for each
    count, with the note on what it is worth in ``lang``; every text of a case stands in both languages.
    """
    for rank, one in enumerate(likes, 1):
        yield like_record(one, rank)
    for of in afters:
        yield after_record(of, lang)


def like_record(one: Like, rank: int) -> dict[str, Any]:
    """The object of JSON for a case that was compared."""
    return {
        "kind": "precedent",
        "rank": rank,
        **_brief(one.precedent),
        "points": one.score,
        "most": one.most,
        "why": [
            {"aspect": part.aspect.value, "points": part.points, "most": part.most, "ours": part.ours,
             "theirs": part.theirs}
            for part in one.why
        ],
        "asked": _rung(one.asked),
        "stage": _rung(one.stage),
        "stood": one.stood,
        "rungs_taken": one.taken,
        "day": one.day,
        "same_state": one.same_state,
        "overlaps": one.overlaps,
        "next_stage": _next_record(one.next_stage),
        "next_signal": _next_record(one.next_signal),
    }  # fmt: skip


def like_rows(likes: Iterable[Like], lang: str = "en") -> Iterator[Row]:
    """One flat row a case in the order given, with the columns of :data:`LIKES`."""
    for rank, one in enumerate(likes, 1):
        case, stage, signal = one.precedent, one.next_stage, one.next_signal
        yield {
            "rank": rank,
            "id": case.id,
            "name": case.name.shown(lang),
            "near": case.near,
            "counterpart": case.counterpart,
            "sanctioner": case.sanctioner,
            "points": one.score,
            "most": one.most,
            "stage": _rung(one.stage),
            "stood": one.stood,
            "day": one.day,
            "next_stage": stage.step.rung if stage else None,
            "next_stage_days": stage.days if stage else None,
            "next_signal": signal.step.rung if signal else None,
            "next_signal_days": signal.days if signal else None,
            "outcome": case.outcome,
            "same_state": one.same_state,
            "overlaps": one.overlaps,
        }


def after_record(of: After, lang: str = "en") -> dict[str, Any]:
    """The object of JSON for what came after a rung, counted."""
    return {
        "kind": "after",
        "rung": of.rung or None,
        "exact": of.exact,
        "n": of.n,
        "cases": of.cases,
        "left_out": of.left_out,
        "next_stage": _keyed(of.stages),
        "next_signal": _keyed(of.signals) if of.exact else None,
        "outcome": dict(of.outcomes),
        "note": _word("small", lang),
    }


def precedent_record(case: Precedent) -> dict[str, Any]:
    """The object of JSON for a whole case with its dated steps, each with its sources."""
    return {
        **_brief(case),
        "seller": _both(case.seller),
        "sellers": case.sellers,
        "law": case.law,
        "highest": {
            "stage": _rung(case.stage),
            "signal": _rung(case.signal, "W"),
            "legislature": _rung(case.legislature, "W"),
        },
        "stage_note": _both(case.stage_note) if case.stage_note else None,
        "uncounted": _both(case.uncounted) if case.uncounted else None,
        "steps": [step_record(step) for step in case.steps],
        "lessons": [_both(lesson) for lesson in case.lessons],
    }


def step_record(step: Step) -> dict[str, Any]:
    """The object of JSON for a step; ``dated`` is how its day is known, ``status`` how the step itself is."""
    return {
        "day": step.day,
        "precision": step.precision.value,
        "kind": step.kind.value,
        "rung": step.rung,
        "turn": step.turn.value,
        "counts": step.counts,
        "doubted": _both(step.doubted) if step.doubted else None,
        "denied": _both(step.denied) if step.denied else None,
        "voice": step.voice.value,
        "branch": step.branch.value if step.branch else None,
        "status": step.status,
        "dated": step.dated,
        "text": _both(step.text),
        "sources": step.sources,
    }


def _brief(case: Precedent) -> dict[str, Any]:
    return {
        "id": case.id,
        "name": _both(case.name),
        "near": case.near,
        "party": case.party,
        "buyer": _both(case.buyer),
        "counterpart": case.counterpart,
        "sanctioner": case.sanctioner,
        "items": case.items,
        "systems": _both(case.systems),
        "classes": sorted(case.classes),
        "outcome": case.outcome,
        "delivered": case.delivered,
        "sanctioned": case.sanctioned,
    }


def _next_record(following: Next | None) -> dict[str, Any] | None:
    if following is None:
        return None
    return {**step_record(following.step), "days": following.days, "about": following.about}


def _both(name: Name) -> dict[str, str]:
    return {"ar": name.ar, "en": name.en}


def _keyed(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts by rung; ``unknown`` where no further one is known."""
    return {key or "unknown": count for key, count in counts.items()}


def _rung(level: int | None, ladder: str = "L") -> str | None:
    return None if level is None else f"{ladder}{level}"


def _word(key: str, lang: str) -> str:
    return label("precedent", key, lang)


def _case(number: int, one: Like, layout: Layout, console: Console) -> Iterator[Text]:
    lang, case = layout.lang, one.precedent
    points = layout.isolated(f"{one.score:.1f} / {one.most:g}", "en")
    head = Text.assemble(
        (f"{number:>2}. ", "bold"),
        (safe(case.name.shown(lang)), "bold"),
        ("  " + layout.isolated(safe(case.id), "en"), "dim"),
        f"  {points} {_word('points', lang)}",
    )
    yield layout.of(head, lang)
    for text in _facts(one, layout):
        yield from _wrapped(text, layout, console, INDENT)


def _facts(one: Like, layout: Layout) -> Iterator[Text]:
    """What a case was then, why it is like the course, what came next, and what became of it."""
    lang, case = layout.lang, one.precedent
    yield Text(_then(one, layout))
    flags = [key for key, set_ in (("same_state", one.same_state), ("overlaps", one.overlaps)) if set_]
    if flags:
        yield Text(" · ".join(_word(key, lang) for key in flags), "yellow")
    why = [_part(part, layout) for part in one.why if part.points]
    yield _keyed_line("why", " · ".join(why) or _word("nothing", lang), lang)
    yield _keyed_line("next_stage", _next(one.next_stage, layout), lang)
    yield _keyed_line("next_signal", _next(one.next_signal, layout), lang)
    yield _keyed_line("outcome", label("outcome", case.outcome, lang), lang)


def _keyed_line(key: str, words: str, lang: str) -> Text:
    return Text.assemble((f"{_word(key, lang)}: ", "dim"), words)


def _then(one: Like, layout: Layout) -> str:
    """On which rung it is compared, and when that was."""
    lang = layout.lang
    if not one.taken:
        return _word("no_rung_then", lang)
    last = one.precedent.rungs[one.taken - 1]
    rung = layout.isolated(_rung(one.stage) or "–", "en")
    key = "then" if one.stood else "then_nearest"
    return f"{_word(key, lang)}: {rung} · {_day(last, layout)}"


def _part(part: Part, layout: Layout) -> str:
    """One reason with its points: what both have, or what each has."""
    lang = layout.lang
    most = layout.isolated(f"{part.points:.1f}/{part.most:g}", "en")
    head = f"{label('aspect', part.aspect, lang)} {most}"
    if part.aspect is Aspect.BUYER:
        return head
    if part.aspect in (Aspect.RUNGS, Aspect.ITEMS):
        return f"{head} ({_sides(part.aspect, [one for one in part.ours if one in part.theirs], layout)})"
    ours, theirs = (_sides(part.aspect, side, layout) for side in (part.ours, part.theirs))
    return f"{head} ({ours if ours == theirs else f'{ours} / {theirs}'})"


def _sides(aspect: Aspect, side: Sequence[str], layout: Layout) -> str:
    lang = layout.lang
    if not side:
        return _word("nothing_known", lang)
    comma = "، " if lang == "ar" else ", "
    cut = aspect is Aspect.ORDER and len(side) > _STEPS
    told = comma.join(_side(aspect, one, layout) for one in (side[-_STEPS:] if cut else side))
    return f"… {told}" if cut else told


def _side(aspect: Aspect, one: str, layout: Layout) -> str:
    """A rung as its code, with a word for what sets it apart; all else by its label."""
    lang = layout.lang
    if aspect in _GROUPS:
        apart, _, step = one.rpartition(" ")
        told = label(_GROUPS[aspect], step, lang)
        return f"{told} ({label('branch', apart, lang)})" if apart else told
    rung, _, apart = one.partition(" ")
    told = layout.isolated(rung, "en")
    if not apart:
        return told
    return f"{told} ({label('turn' if apart == 'postponed' else 'branch', apart, lang)})"


def _next(following: Next | None, layout: Layout) -> str:
    lang = layout.lang
    if following is None:
        return _word("none_known", lang)
    step, days = following.step, following.days
    about = f"{_word('about', lang)} " if following.about else ""
    when = f"{_day(step, layout)} ({about}{days} {label('unit', 'day', lang)})"
    return f"{layout.isolated(step.rung, 'en')} · {when} · {flat(step.text.shown(lang))}"


def _day(step: Step, layout: Layout) -> str:
    return layout.isolated(known_day(step.day, step.precision), "en")


def _after(of: After, layout: Layout, console: Console) -> Iterator[Text]:
    """The counts after a rung, with how many cases they are of, and which."""
    lang = layout.lang
    rung = layout.isolated(of.rung or "–", "en")
    comma = "، " if lang == "ar" else ", "
    head = f"{_word('stood' if of.exact else 'stood_or_higher', lang)} {rung}: {layout.isolated(f'n = {of.n}', 'en')}"
    yield from _wrapped(Text(head, "bold"), layout, console, 0)
    if of.left_out:
        names = comma.join(layout.isolated(one, "en") for one in of.left_out)
        yield from _wrapped(_keyed_line("left_out", names, lang), layout, console, INDENT)
    if not of.n:
        return
    yield from _wrapped(
        _keyed_line("cases", comma.join(layout.isolated(one, "en") for one in of.cases), lang), layout, console, INDENT
    )
    for key, counts in (("next_stage", of.stages), ("next_signal", of.signals)):
        if counts:
            told = " · ".join(f"{_counted(one, layout)}: {count}" for one, count in counts.items())
            yield from _wrapped(_keyed_line(key, told, lang), layout, console, INDENT)
    told = " · ".join(f"{label('outcome', one, lang)}: {count}" for one, count in of.outcomes.items())
    yield from _wrapped(_keyed_line("outcome", told, lang), layout, console, INDENT)


def _counted(rung: str, layout: Layout) -> str:
    if not rung:
        return _word("none_known", layout.lang)
    return label("turn", rung, layout.lang) if rung == "postponed" else layout.isolated(rung, "en")


def _wrapped(text: Text, layout: Layout, console: Console, indent: int) -> Iterator[Text]:
    for line in text.wrap(console, max(20, layout.width - indent)):
        line.rstrip()
        yield layout.of(line, layout.lang, indent=indent)
