"""A course for a terminal: where the pair stands, then both ladders side by side, each rung with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from marsad.export.acts_table import called, flat, known_day
from marsad.export.cited import Cited
from marsad.export.labels import country, direction, label, level
from marsad.export.safe import for_terminal as safe
from marsad.export.table import LRI, PDI, RLI, Layout, padded
from marsad.knowledge.countries import is_arabic
from marsad.types import Course, Ladder, Reached, Rung, Standing, Turn

#: Cells of the column of days; the sentence of a rung stands under it, so far in.
DAYS = 12
STYLES = {Ladder.L: "blue", Ladder.W: "red", Ladder.R: "green"}
#: Before a rung that does not count as having happened, that is put off, that is called off.
OPEN, OFF, GONE = "○", "‖", "✕"
#: How much of a day is told, where no more of it is known.


#: Cells from which on there is room for two columns, and for the sentences of rungs in them.
NARROW, WIDE = 72, 100


def course_lines(
    course: Course, cited: Mapping[str, Cited], layout: Layout, console: Console, *, left: int = 0
) -> Iterator[Text]:
    """The lines of a course: where the pair stands on each ladder, then its rungs; without any, one that says so.

    ``left`` is how many rungs are not among those of the course, since there were too many.
    """
    lang = layout.lang
    for ladder in Ladder:
        if ladder in course.standing:
            yield from _standing(course.standing[ladder], layout, console)
    if left:
        yield layout.of(Text(f"{label('word', 'not_read', lang)}: {left:,}", "bold yellow"), lang)
    if not course.reached:
        yield layout.of(Text(label("word", "no_rung", lang), "dim"), lang)
        return
    yield Text("")
    columns = _Columns.of(course.reached, layout)
    if columns.beside:
        yield layout.of(_head(columns, layout), lang)
    yield from rung_lines(course.reached, cited, layout, console)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where rungs stand: one ladder beside the other where there are both, and the sentences in them if these are wide.

    ``wide`` is the width of the first column in cells.
    """

    wide: int
    beside: bool
    split: bool

    @classmethod
    def of(cls, given: Iterable[Reached], layout: Layout) -> _Columns:
        """The columns for rungs."""
        beside = len({one.rung.ladder is Ladder.L for one in given}) > 1 and layout.width >= NARROW
        return cls((layout.width - DAYS) // 2, beside, beside and layout.width >= WIDE)

    def start(self, ladder: Ladder) -> int:
        """The cell in which the rungs of a ladder begin."""
        return DAYS + self.wide if self.beside and ladder is not Ladder.L else DAYS

    def text(self, ladder: Ladder, layout: Layout) -> tuple[int, int]:
        """The cell in which the sentences of its rungs begin, and how many cells they have."""
        indent = self.start(ladder) if self.split else DAYS
        room = self.wide - 2 if self.split and ladder is Ladder.L else layout.width - indent
        return indent, max(24, room)


def rung_lines(
    given: Iterable[Reached],
    cited: Mapping[str, Cited],
    layout: Layout,
    console: Console,
    *,
    alone: bool = False,
) -> Iterator[Text]:
    """The lines of rungs, each in the column of its ladder with the sentence that it rests on.

    ``alone`` they are those of one article, of whatever pairs: whom each is about is told, and not the publisher.
    """
    given = list(given)
    columns = _Columns.of(given, layout)
    for one in given:
        yield from _rung(one, cited.get(one.rung.id), columns, layout, console, alone)


def title(course: Course, lang: str) -> str:
    """Who with whom, and who watches."""
    pair = " – ".join(safe(called(side, lang) or side) for side in (course.near, course.counterpart))
    return f"{pair} · {country(course.sanctioner, lang)}" if course.sanctioner else pair


def _standing(one: Standing, layout: Layout, console: Console) -> Iterator[Text]:
    """One ladder: the highest rung that is confirmed, since when, and what is said beyond it."""
    lang = layout.lang
    parts = [label("ladder", one.ladder, lang)]
    if one.highest:
        told = _named(one.highest.rung, layout)
        if one.since:
            since = layout.isolated(one.since.isoformat(), "en")
            told += f" {label('word', 'since', lang)} {since} ({one.days} {label('unit', 'day', lang)})"
        parts.append(told)
    else:
        parts.append(label("word", "none_confirmed", lang))
    if one.unconfirmed:
        parts.append(f"{label('confirmed', 'no', lang)}: {_named(one.unconfirmed.rung, layout)}")
    if one.latest and one.latest != one.highest:
        rung = one.latest.rung
        turn = "" if rung.turn is Turn.REACHED else f" ({label('turn', rung.turn, lang)})"
        parts.append(f"{label('word', 'latest', lang)}: {_named(rung, layout)}{turn} {_day(rung, layout)}")
    for line in wrapped(Text(" · ".join(parts), STYLES[one.ladder]), layout.width, console):
        yield layout.of(line, lang)


def _named(rung: Rung, layout: Layout) -> str:
    return f"{layout.isolated(rung.name, 'en')} {level(rung.ladder, rung.level, layout.lang)}"


def _day(rung: Rung, layout: Layout) -> str:
    return layout.isolated(known_day(rung.day, rung.precision), "en") if rung.day else "–"


def _head(columns: _Columns, layout: Layout) -> Text:
    lang = layout.lang
    left = padded(f"  {label('ladder', Ladder.L, lang)}", columns.wide)
    warning, relief = (label("ladder", ladder, lang) for ladder in (Ladder.W, Ladder.R))
    both = f"  {warning} · {relief}"
    right = both if cell_len(both) <= columns.wide else f"  {warning}"
    return Text.assemble(padded(label("word", "day", lang), DAYS), (left, "bold blue"), (right, "bold red"))


def _rung(
    one: Reached, seen: Cited | None, columns: _Columns, layout: Layout, console: Console, alone: bool
) -> Iterator[Text]:
    """The line of a rung in the column of its ladder, below it who says so, and the sentence."""
    rung, lang = one.rung, layout.lang
    sign = {Turn.POSTPONED: OFF, Turn.CANCELLED: GONE}.get(rung.turn, " " if one.confirmed else OPEN)
    start = columns.start(rung.ladder)
    style = f"bold {STYLES[rung.ladder]}" if one.confirmed else STYLES[rung.ladder]
    day = padded(_day(rung, layout), DAYS) + " " * (start - DAYS)
    for n, line in enumerate(wrapped(Text(_named(rung, layout), style), max(24, layout.width - start - 2), console)):
        before = Text.assemble(day, (f"{sign} ", style)) if n == 0 else Text(" " * (start + 2))
        yield layout.of(Text.assemble(before, line), lang)
    indent, room = columns.text(rung.ladder, layout)
    for line in wrapped(Text(" · ".join(_facts(one, seen, layout, alone)), "dim"), room, console):
        yield layout.of(line, lang, indent=indent)
    if seen:
        for line in wrapped(Text(flat(seen.words)), room, console):
            yield _beside(line, seen.article.language, layout, indent, room)


def _beside(line: Text, language: str, layout: Layout, indent: int, room: int) -> Text:
    """A line of the article in its column, whose sides are those of the interface: it may run the other way."""
    if not layout.terminal or direction(language) == direction(layout.lang):
        return layout.of(line, language, indent=indent)
    if direction(language) == "rtl":  # it ends at the right edge of its column
        return Text.assemble(" " * indent, Layout(lang=language, width=room, terminal=True).of(line, language))
    return layout.of(line, language, indent=max(0, layout.width - indent - room))


def wrapped(text: Text, room: int, console: Console) -> Iterator[Text]:
    """``text`` in lines of at most ``room`` cells; what is isolated in it is so in each line that it comes to."""
    still = ""
    for line in text.wrap(console, room):
        line.rstrip()
        begin = still
        for mark in line.plain:
            still = still + mark if mark in (RLI, LRI) else still[:-1] if mark == PDI else still
        yield Text.assemble(begin, line, PDI * len(still))


def _whom(rung: Rung, lang: str) -> str:
    """Whom a rung is about: the two that draw near, or who signals to whom about whose dealings."""

    def name(side: str | None) -> str:
        return safe(called(side, lang) or side) if side else ""

    if rung.ladder is Ladder.L:
        return " – ".join(name(side) or "?" for side in (rung.near, rung.counterpart))
    meant = name(rung.near) or label("addressee", "all", lang)
    told = f"{name(rung.sanctioner) or '?'} {'←' if lang == 'ar' else '→'} {meant}"
    return f"{told} ({name(rung.counterpart)})" if rung.counterpart else told


def _facts(one: Reached, seen: Cited | None, layout: Layout, alone: bool) -> list[str]:
    """Who says so and how far it is to be believed."""
    rung, lang = one.rung, layout.lang
    voice = label("voice", rung.voice, lang)
    if rung.speaker and seen:
        words = safe(" ".join(rung.speaker.span.of(seen.article.text).split()))
        name = called(rung.speaker.actor, lang) if rung.speaker.actor else ""
        voice += f": {layout.isolated(name or words, 'ar' if is_arabic(name or words) else 'en')}"
    facts = [_whom(rung, lang), voice] if alone else [voice]
    facts += [label("turn", rung.turn, lang)] if rung.turn is not Turn.REACHED else []
    facts += [] if one.confirmed else [label("confirmed", "no", lang)]
    facts += [label("branch", rung.branch, lang)] if rung.branch and rung.branch != "executive" else []
    facts += [f"{label('word', 'denial', lang)}: {label('scope', rung.scope, lang)}"] if rung.scope else []
    facts += [label("word", "recalled", lang)] if rung.past else []
    facts += [layout.isolated(rung.law, "en")] if rung.law else []
    facts += [layout.isolated(safe(item), "ar" if is_arabic(item) else "en") for item in rung.items[:3]]
    if seen and not alone:
        facts.append(layout.isolated(safe(seen.publisher), "ar" if is_arabic(seen.publisher) else "en"))
    if len(one.rungs) > 1:
        facts.append(f"{label('word', 'reports', lang)}: {len(one.rungs)}")
    return [fact for fact in facts if cell_len(fact)]
