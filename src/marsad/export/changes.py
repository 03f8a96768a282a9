"""Changes as rows, as objects of JSON, and for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from marsad.export.acts_table import called
from marsad.export.course_table import DAYS, wrapped
from marsad.export.labels import label
from marsad.export.rows import Column, Row
from marsad.export.safe import for_terminal as safe
from marsad.export.table import STYLES, Layout
from marsad.types import Change

CHANGES: Mapping[str, Column] = {
    "source": Column("string", "Who acts", "مَن يفعل"),
    "target": Column("string", "To whom, or with whom", "تجاه مَن أو مع مَن"),
    "quad": Column("string", "Words or deeds, cooperation or conflict", "بالقول أو بالفعل، تعاون أو خصومة"),
    "day": Column("date", "From when on", "منذ متى"),
    "found": Column("date", "When that was known", "متى عُرف ذلك"),
    "before": Column("number", "Acts a day before", "الأفعال في اليوم قبله"),
    "after": Column("number", "Acts a day since", "الأفعال في اليوم بعده"),
    "strength": Column("number", "Probability that the rate has turned", "احتمال أن المعدل تغيّر"),
    "occurrences": Column("list", "Ids of the acts that made it", "معرّفات الأفعال التي أحدثته"),
}


def change_rows(given: Iterable[Change]) -> Iterator[Row]:
    """One row a change, with the columns of :data:`CHANGES`."""
    for one in given:
        yield {
            "source": one.source,
            "target": one.target,
            "quad": one.quad,
            "day": one.day,
            "found": one.found,
            "before": round(one.before, 3),
            "after": round(one.after, 3),
            "strength": round(one.strength, 3),
            "occurrences": list(one.occurrences),
        }


def change_records(given: Iterable[Change]) -> Iterator[dict[str, Any]]:
    """One object of JSON a change."""
    for one in given:
        yield msgspec.to_builtins(one)


def change_lines(given: Iterable[Change], layout: Layout, console: Console) -> Iterator[Text]:
    """A line a change: since when, between whom, of what, from which rate to which."""
    lang = layout.lang
    arrow, way = (" ← ", "←") if lang == "ar" else (" → ", "→")
    for one in given:
        day = layout.isolated(one.day.isoformat(), "en")
        pair = arrow.join(called(side, lang) or layout.isolated(safe(side), "en") for side in (one.source, one.target))
        more = "more" if one.after > one.before else "less"
        rates = f"{layout.isolated(f'{one.before:.2f}', 'en')} {way} {layout.isolated(f'{one.after:.2f}', 'en')}"
        told = Text.assemble(
            f"{day}  ",
            (label("change", more, lang), "bold"),
            f"  {pair}  ",
            (label("quad", one.quad, lang), STYLES[one.quad]),
            f"  {rates} {label('word', 'a_day', lang)}",
            (f"  {label('word', 'known', lang)} {layout.isolated(one.found.isoformat(), 'en')}", "dim"),
        )
        whole = cell_len(told.plain) <= layout.width
        for n, line in enumerate(wrapped(told, layout.width - (0 if whole else DAYS), console)):
            yield layout.of(line, lang, indent=DAYS if n else 0)
