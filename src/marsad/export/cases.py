"""The known cases for a terminal: a line each, or one case with its dated steps and where each is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from marsad.export.acts_table import known_day
from marsad.export.course_table import DAYS, STYLES, wrapped
from marsad.export.labels import label
from marsad.export.safe import for_terminal as safe
from marsad.export.table import Layout, padded
from marsad.knowledge.precedents import Precedent, Step, StepKind
from marsad.types import Name, Turn


def case_list(cases: Iterable[Precedent], layout: Layout, console: Console) -> Iterator[Text]:
    """A line or two a case: its id, the highest rung and signal, its name, what became of it."""
    cases, lang = list(cases), layout.lang
    wide = max((cell_len(one.id) for one in cases), default=0) + 2
    for one in cases:
        stage = f"L{one.stage}" if one.stage is not None else "–"
        signal = f"W{one.signal}" if one.signal is not None else "–"
        head = layout.isolated(f"{padded(one.id, wide)}{stage:<4} {signal:<4}", "en")
        told = Text.assemble(one.name.shown(lang), "  ", (label("outcome", one.outcome, lang), "dim"))
        for n, line in enumerate(wrapped(told, max(24, layout.width - wide - 11), console)):
            yield layout.of(Text.assemble((head, "bold") if n == 0 else " " * (wide + 9), "  ", line), lang)


def case_lines(case: Precedent, layout: Layout, console: Console) -> Iterator[Text]:
    """A case: who bought what from whom, what became of it, its steps with their sources, and what it teaches."""
    lang = layout.lang
    yield layout.of(
        Text.assemble((case.name.shown(lang), "bold"), ("  " + layout.isolated(case.id, "en"), "dim")), lang
    )
    for key, words in (
        ("buyer", case.buyer.shown(lang)),
        ("systems", case.systems.shown(lang)),
        ("seller", case.seller.shown(lang)),
        ("outcome", label("outcome", case.outcome, lang)),
    ):
        yield from _wrapped(_keyed(key, words, lang), layout, console)
    yield Text("")
    for step in case.steps:
        yield from _step(step, layout, console)
    notes = [one for one in (case.stage_note, case.uncounted, *case.lessons) if one]
    yield from [Text("")] if notes else []
    for note in notes:
        yield from _wrapped(Text(f"– {_shown(note, lang)}"), layout, console)


def _keyed(key: str, words: str, lang: str) -> Text:
    return Text.assemble((f"{label('precedent', key, lang)}: ", "dim"), safe(words))


def _step(step: Step, layout: Layout, console: Console) -> Iterator[Text]:
    """When, which rung, what happened; below it what sets the step apart, and the pages that it is from."""
    lang = layout.lang
    day = layout.isolated(known_day(step.day, step.precision), "en")
    rung = "–" if step.kind is StepKind.CONTEXT else step.rung
    style = f"bold {STYLES[step.ladder]}" if step.counts else "dim"
    head = Text.assemble(padded(day, DAYS), (padded(layout.isolated(rung, "en"), 5), style))
    for n, line in enumerate(_lines(Text(safe(step.text.shown(lang))), layout, console, DAYS + 5)):
        yield layout.of(Text.assemble(head, line) if n == 0 else line, lang, indent=DAYS + 5 if n else 0)
    facts = [label("voice", step.voice, lang)]
    facts += [label("branch", step.branch, lang)] if step.branch and step.branch != "executive" else []
    facts += [label("turn", step.turn, lang)] if step.turn is not Turn.REACHED else []
    facts += [_shown(step.doubted, lang)] if step.doubted else []
    for line in _lines(Text(" · ".join(facts), "dim"), layout, console, DAYS + 5):
        yield layout.of(line, lang, indent=DAYS + 5)
    for source in step.sources:  # on a line of its own, whole, so that it can be opened
        yield layout.of(Text(safe(source), "dim"), "en", indent=DAYS + 5)


def _shown(name: Name, lang: str) -> str:
    return safe(name.shown(lang))


def _lines(text: Text, layout: Layout, console: Console, indent: int) -> Iterator[Text]:
    yield from wrapped(text, max(24, layout.width - indent), console)


def _wrapped(text: Text, layout: Layout, console: Console) -> Iterator[Text]:
    for line in _lines(text, layout, console, 0):
        yield layout.of(line, layout.lang)
