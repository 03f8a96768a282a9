"""Whom a name means, for a terminal: each answer with its id and score, below it what is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from marsad.export.labels import country, label
from marsad.export.meant import held
from marsad.export.safe import for_terminal as safe
from marsad.export.table import Layout, padded
from marsad.knowledge.countries import is_arabic
from marsad.types import Holding

#: What is told of an answer: the keys of the words before the values, in this order.
_KEYS = ("actors", "office", "country", "sector", "held", "evidence", "source")


def _days(holding: Holding, layout: Layout) -> str:
    """From – to, either left open; with a word where that was last checked long before."""
    if not holding.since and not holding.until:
        return ""
    days = f"{holding.since or '…'} – {holding.until or '…'}"
    return " · ".join([layout.isolated(days, "en"), *([label("word", "stale", layout.lang)] if holding.stale else [])])


def _facts(holding: Holding, layout: Layout) -> Iterator[tuple[str, str]]:
    lang = layout.lang

    def name(words: str) -> str:
        return layout.isolated(safe(words), "ar" if is_arabic(words) else "en")

    person = holding.person.shown(lang) if holding.person else ""
    office = held(holding.office.shown(lang) if holding.office else "", holding.former, lang)
    yield "actors", name(person or office)
    yield "office", name(office) if person else ""
    code, sector = holding.country, holding.sector
    yield "country", f"{layout.isolated(safe(code), 'en')} {safe(country(code, lang))}" if code else ""
    yield "sector", f"{layout.isolated(sector.value, 'en')} {label('sector', sector.value, lang)}" if sector else ""
    yield "held", _days(holding, layout)
    yield "evidence", layout.isolated(safe(holding.why), "en")
    yield "source", layout.isolated(safe(holding.source), "en")


def answers(found: Sequence[Holding], layout: Layout) -> Iterator[Text]:
    """The lines of ``found``, in its order, with a blank line between two answers."""
    lang = layout.lang
    words = {key: label("word", key, lang) for key in _KEYS}
    column = max(map(cell_len, words.values())) + 2
    for number, holding in enumerate(found):
        if number:
            yield Text("")
        score = f"{holding.score:.2f}"
        head = Text.assemble((f"{layout.isolated(safe(holding.actor), 'en')}", "bold"), "  ", (score, "dim"))
        yield layout.of(head, lang)
        for key, value in _facts(holding, layout):
            if value:
                yield layout.of(Text.assemble("  ", (padded(words[key], column), "dim"), value), lang)
