"""Alerts as flat rows, as objects of JSON, and for a terminal; watches as objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from rich.console import Console
from rich.text import Text

from marsad.export.course_table import wrapped
from marsad.export.labels import label
from marsad.export.rows import Column, Row
from marsad.export.safe import for_terminal as safe
from marsad.export.table import Layout
from marsad.types import Alert, Watch

ALERTS: Mapping[str, Column] = {
    "id": Column("string", "Its id", "معرّف التنبيه"),
    "watch": Column("string", "The watch that told it", "المراقبة التي أخبرت به"),
    "trigger": Column("string", "What the watch waits for", "ما تنتظره المراقبة"),
    "subject": Column("string", "What it is about", "موضوعه"),
    "stage": Column("string", "Stage of a rung, new label of a finding", "مرحلة الدرجة، أو الوصف الجديد"),
    "day": Column("date", "When it happened", "متى وقع"),
    "found": Column("time", "When it was told", "متى أُخبر به"),
    "said_en": Column("string", "What is told, in English", "ما يقال بالإنجليزية"),
    "said_ar": Column("string", "What is told, in Arabic", "ما يقال بالعربية"),
    "articles": Column("list", "Ids of the articles that it rests on", "معرّفات المقالات التي يستند إليها"),
    "events": Column("list", "Ids of the events in them", "معرّفات الأحداث فيها"),
    "quotation": Column("string", "The first sentence that it rests on", "أولى الجمل التي يستند إليها"),
    "link": Column("string", "Its page in the observatory", "صفحته في المرصد"),
    "held": Column("boolean", "Told while the watch was muted", "أُخبر به والمراقبة مكتومة"),
    "acked": Column("time", "When somebody saw it", "متى رآه أحد"),
    "acked_by": Column("string", "Who saw it", "مَن رآه"),
}


def alert_rows(given: Iterable[Alert]) -> Iterator[Row]:
    """One row an alert, with the columns of :data:`ALERTS`."""
    for one in given:
        yield {
            "id": one.id,
            "watch": one.watch,
            "trigger": one.trigger.value,
            "subject": one.subject,
            "stage": one.stage,
            "day": one.day,
            "found": one.found,
            "said_en": one.said.en,
            "said_ar": one.said.ar,
            "articles": list(dict.fromkeys(each.article for each in one.because)),
            "events": list(dict.fromkeys(each.event for each in one.because if each.event)),
            "quotation": " ".join(one.because[0].quotation.split()) if one.because else None,
            "link": one.link,
            "held": one.held,
            "acked": one.acked,
            "acked_by": one.acked_by,
        }


def alert_record(one: Alert) -> dict[str, Any]:
    """The object of JSON: the fields of :class:`~marsad.types.Alert`."""
    made: dict[str, Any] = msgspec.to_builtins(one)
    return made


def watch_record(one: Watch) -> dict[str, Any]:
    """The object of JSON: the fields of :class:`~marsad.types.Watch`."""
    made: dict[str, Any] = msgspec.to_builtins(one)
    return made


def alert_lines(given: Iterable[Alert], layout: Layout, console: Console, *, sentences: int = 2) -> Iterator[Text]:
    """Each alert with some of the sentences that it rests on; a ring stands before what nobody has seen yet."""
    lang = layout.lang
    for one in given:
        found = layout.isolated(one.found.strftime("%Y-%m-%d %H:%M"), "en")
        head = Text.assemble(
            ("● " if one.acked is None else "  ", "bold"), (found, "dim"), "  ", (safe(one.watch), "cyan"), "  ",
            (one.id[:8], "dim"),
        )  # fmt: skip
        yield layout.of(head, lang)
        for line in wrapped(Text(safe(one.said.shown(lang)), "bold"), max(24, layout.width - 2), console):
            yield layout.of(line, lang, indent=2)
        for each in one.because[:sentences]:
            who = [each.source] if each.source else []
            who += [label("voice", each.voice, lang)] if each.voice else []
            who += [label("status", each.status, lang)] if each.status else []
            for line in wrapped(Text(safe(" ".join(each.quotation.split()))), max(24, layout.width - 4), console):
                yield layout.of(line, each.language, indent=4)
            yield layout.of(Text(safe(" · ".join(who)), "dim"), lang, indent=4)
