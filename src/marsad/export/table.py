"""Codings for a terminal: each sentence once with its triggers marked, below it what was done, and by whom to whom.

Terminals treat Arabic in two ways: some reorder each line by the bidirectional algorithm, some show the letters as
they come. So that neither scrambles a column, no line has two Arabic parts side by side: codes and signs come first,
the Arabic last. On a terminal each Arabic part is isolated (RLI … PDI, U+2067 and U+2069), which a terminal that
reorders needs to set a full stop or a Latin word right, and which the others do not show (LRI, U+2066, likewise for
what is no Arabic in an Arabic line). In a pipe there are no
isolates: what comes out can be searched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from marsad.export.labels import act, direction, label, quad
from marsad.export.marks import pieces
from marsad.export.meant import code, others, value, whom
from marsad.export.safe import for_terminal as safe
from marsad.knowledge.countries import is_arabic
from marsad.types import Amount, Article, Coding, Event, Mention, Precision, Span, Status, Voice

RLI, LRI, PDI = "\u2067", "\u2066", "\u2069"
#: Widest line, in cells: longer ones are hard to read.
WIDEST = 110
#: Code points of a sentence that are shown before its first trigger and behind its last.
AROUND = 300

STYLES = {
    "verbal-cooperation": "cyan",
    "material-cooperation": "blue",
    "verbal-conflict": "yellow",
    "material-conflict": "red",
    Status.ACTUAL: "bold green",
    Status.PLANNED: "bold cyan",
    Status.POSSIBLE: "bold yellow",
    Status.DENIED: "bold red",
}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Layout:
    """How lines are set: the interface's language, the width in cells, and whether a terminal shows them.

    ``ids``: each event is told with its id, by which it can be asked for.
    """

    lang: str = "en"
    width: int = 80
    terminal: bool = False
    ids: bool = False

    def of(self, text: Text, language: str, indent: int = 0) -> Text:
        """A line in ``language``: from right to left set to the right edge and isolated, if a terminal shows it."""
        if direction(language) == "ltr" or not self.terminal:
            return Text.assemble(" " * indent, text)
        room = self.width - indent - cell_len(text.plain)
        return Text.assemble(" " * max(0, room), RLI, text, PDI)

    def isolated(self, words: str, language: str) -> str:
        """``words`` in ``language`` within a line of the interface's. A date is English: Arabic turns it round."""
        way = direction(language)
        if not self.terminal or way == direction(self.lang):
            return words
        return f"{RLI if way == 'rtl' else LRI}{words}{PDI}"


class Lines:
    """Lines in a layout: what tables that write several kinds of them share."""

    def __init__(self, layout: Layout, console: Console) -> None:
        self.layout, self.console, self.lang = layout, console, layout.lang

    def latin(self, words: object) -> str:
        """What is written from left to right, in a line that may not be."""
        return self.layout.isolated(safe(str(words)), "en")

    def wrapped(self, text: Text, indent: int = 0, language: str | None = None) -> Iterator[Text]:
        """A text in lines of the layout's width."""
        for line in text.wrap(self.console, max(24, self.layout.width - indent)):
            line.rstrip()
            yield self.layout.of(line, language or self.lang, indent=indent)


def padded(words: str, cells: int) -> str:
    """``words`` with spaces to ``cells``: vowel marks take no cell, so the number of code points will not do."""
    return words + " " * (cells - cell_len(words))


def _word(key: str, lang: str) -> str:
    return label("word", key, lang)


def _sentence(article: Article, span: Span, events: Sequence[tuple[int, Event]]) -> Text:
    """A sentence with its triggers in brackets, each with the number of its event."""
    first = min(event.trigger.start for _, event in events)
    last = max(event.trigger.stop for _, event in events)
    start, stop = max(span.start, first - AROUND), min(span.stop, last + AROUND)
    opens: dict[int, int] = defaultdict(int)
    closes: dict[int, list[int]] = defaultdict(list)
    for number, event in events:
        opens[event.trigger.start] += 1
        closes[event.trigger.stop].append(number)
    text = Text("…" if start > span.start else "")
    for piece in pieces(Span(start, stop), [(event.trigger, event) for _, event in events]):
        text.append("[" * opens[piece.span.start])
        text.append(safe(piece.span.of(article.text)), "bold underline" if piece.marks else "")
        text.append("".join(f"]{str(number).translate(_RAISED)}" for number in closes[piece.span.stop]))
    text.append("…" if stop < span.stop else "")
    return text


def joined(parts: Sequence[str], layout: Layout, room: int) -> Iterator[str]:
    """``parts`` joined to lines of at most ``room`` cells where that can be.

    In an interface of Latin letters the parts in Arabic ones come last.
    """
    line, cells = "", 0
    for part in parts if layout.lang == "ar" else sorted(parts, key=is_arabic):
        shown = layout.isolated(safe(part), "ar" if is_arabic(part) else "en")
        if line and cells + 3 + cell_len(part) > room:
            yield line
            line, cells = "", 0
        line, cells = (f"{line} · {shown}", cells + 3) if line else (shown, cells)
        cells += cell_len(part)
    if line:
        yield line


def _said(span: Span, article: Article, layout: Layout) -> str:
    return layout.isolated(safe(span.of(article.text)), article.language)


def _mention(mention: Mention, article: Article, layout: Layout) -> str:
    """The id and the words of a mention."""
    who = safe(code(mention))
    gap = " " * max(2, 5 - len(who))
    return f"{layout.isolated(who, 'en')}{gap}{_said(mention.span, article, layout)}"


def _amount(amount: Amount, article: Article, layout: Layout) -> str:
    told = value(amount, layout.lang)
    return f"{told if is_arabic(told) else layout.isolated(told, 'en')}  {_said(amount.span, article, layout)}"


def _meant(mention: Mention, article: Article, layout: Layout) -> Iterator[str]:
    """Whom it means in words, and who else may be meant."""
    room = layout.width - _indent(layout.lang) - 2
    for number, line in enumerate(joined(whom(mention, article.text, layout.lang), layout, room)):
        yield f"{' ' if number else '='} {line}"
    for actor, score in others(mention):
        yield f"{_word('candidates', layout.lang)} {layout.isolated(f'{safe(actor)} {score:.2f}', 'en')}"


def _party(
    key: str, mention: Mention, article: Article, layout: Layout, told: set[Mention], before: str = ""
) -> Iterator[tuple[str, str]]:
    """A mention and whom it means; that is said the first time that it comes, and the mention put into ``told``."""
    yield key, f"{before}{_mention(mention, article, layout)}"
    if mention not in told:
        told.add(mention)
        yield from ((key, line) for line in _meant(mention, article, layout))


def _facts(
    event: Event, numbers: dict[str, int], told: set[Mention], article: Article, layout: Layout
) -> Iterator[tuple[str, str]]:
    """What is known of an event: the key of a label, and a value, in the order of the line format."""
    lang = layout.lang
    for key, mentions in (("actors", event.actors), ("recipients", event.recipients)):
        for mention in mentions:
            yield from _party(key, mention, article, layout, told)
    voice = label("voice", event.voice, lang)
    if event.speaker:
        yield from _party("voice", event.speaker, article, layout, told, before=f"{voice}: ")
    elif event.voice is not Voice.REPORT:
        yield "voice", voice
    if event.place:
        yield "place", f"{event.place.country or '—':<4} {_said(event.place.span, article, layout)}"
    if event.day and event.precision is not Precision.ARTICLE:
        precision = label("precision", event.precision, lang)
        yield "day", f"{layout.isolated(event.day.isoformat(), 'en')} {precision}".strip()
    for mention in event.items:
        yield from _party("items", mention, article, layout, told)
    yield from (("amounts", _amount(amount, article, layout)) for amount in event.amounts)
    if event.contexts:
        yield "contexts", " · ".join(label("context", context, lang) for context in event.contexts)
    if event.about in numbers:
        yield "about", str(numbers[event.about])


def _indent(lang: str) -> int:
    """The cells before a value: a margin, and the widest of the words that stand before values."""
    return 5 + max(cell_len(_word(key, lang)) for key in _KEYS) + 2


def _event(
    number: int, event: Event, numbers: dict[str, int], told: set[Mention], article: Article, layout: Layout
) -> Iterator[Text]:
    lang = layout.lang
    column = _indent(lang) - 5
    status = f"{label('sign', event.status, lang)} {label('status', event.status, lang)}"
    head = Text.assemble(
        (f"{number:>3}  ", "bold"),
        (padded(status, 13), STYLES[event.status]),
        (padded(act(event.type, event.mode, lang), 28), f"bold {STYLES[quad(event.type)]}"),
        (f" {event.score:.2f}", "dim"),
        (f"  {layout.isolated(event.id, 'en')}" if layout.ids else "", "dim"),
    )
    yield layout.of(head, lang)
    before = ""
    for key, fact in _facts(event, numbers, told, article, layout):
        word = "" if key == before else _word(key, lang)
        yield layout.of(Text.assemble("     ", (padded(word, column), "dim"), fact), lang)
        before = key


_KEYS = ("actors", "recipients", "voice", "place", "day", "items", "amounts", "contexts", "about")


def _head(coding: Coding, layout: Layout, console: Console) -> Iterator[Text]:
    """What is known about the article, and its title, unless that comes below with the events in it."""
    article, lang = coding.article, layout.lang
    parts = [layout.isolated(safe(str(article.given)), "en")] if article.given else []
    parts += [layout.isolated(article.published.isoformat(), "en")] if article.published else []
    parts += [layout.isolated(safe(article.source), article.language)] if article.source else []
    parts.append(f"{_word('events', lang)}: {len(coding.events)}")
    parts += [_word("unmeasured", lang)] if not coding.measured else []
    yield layout.of(Text(" · ".join(parts), "dim"), lang)
    title = article.title
    if title and not any(title.overlap(coding.sentences[event.sentence]) for event in coding.events):
        text = Text(safe(title.of(article.text)), "bold")
        yield from (layout.of(line, article.language) for line in text.wrap(console, layout.width))


def table(coding: Coding, layout: Layout, console: Console) -> Iterator[Text]:
    """The lines of one article. ``console`` is asked only how wide a word is."""
    article, lang = coding.article, layout.lang
    yield from _head(coding, layout, console)
    if not coding.events:
        yield layout.of(Text(f"  {_word('none', lang)}"), lang)
    numbers = {event.id: number for number, event in enumerate(coding.events, start=1)}
    sentences: dict[int, list[tuple[int, Event]]] = defaultdict(list)
    for number, event in enumerate(coding.events, start=1):
        sentences[event.sentence].append((number, event))
    for sentence, events in sentences.items():
        yield Text("")
        text = _sentence(article, coding.sentences[sentence], events)
        for line in text.wrap(console, max(20, layout.width - 2)):
            line.rstrip()
            yield layout.of(line, article.language, indent=2)
        told: set[Mention] = set()
        for number, event in events:
            yield from _event(number, event, numbers, told, article, layout)


def show(codings: Iterable[Coding], console: Console, lang: str, *, every: bool = True) -> None:
    """Print the tables of ``codings`` as they come; unless ``every`` one is wanted, only of those with an event."""
    # Asked of the file: `console.is_terminal` is also true where colours are forced into a pipe.
    layout = Layout(lang=lang, width=min(console.width, WIDEST), terminal=console.file.isatty())
    left_out = 0
    for coding in codings:
        if not every and not coding.events:
            left_out += 1
            continue
        for line in table(coding, layout, console):
            console.print(line, soft_wrap=True)
        console.print("")
    if left_out:
        console.print(layout.of(Text(f"{_word('left_out', lang)}: {left_out}", "dim"), lang), soft_wrap=True)
