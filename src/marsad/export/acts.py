"""Occurrences and articles as flat rows: what an answer becomes as a table, beside the events of :mod:`.rows`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from marsad.export.labels import quad
from marsad.export.rows import Column, Row, rows
from marsad.knowledge import ontology
from marsad.types import Article, Judgement, Occurrence, Report

#: The columns of an occurrence.
ACTS: Mapping[str, Column] = {
    "occurrence": Column("string", "Id of the act in the world", "معرّف الفعل في الواقع"),
    "story": Column("string", "Id of the story that it happened in", "معرّف القصة التي وقع فيها"),
    "type": Column("string", "Type of PLOVER: what was done", "النوع في PLOVER: ما الذي فُعل"),
    "mode": Column("string", "Mode: how it was done", "طريقة الفعل"),
    "quad": Column("string", "Words or deeds, cooperation or conflict", "بالقول أو بالفعل، تعاون أو خصومة"),
    "intensity": Column("number", "From conflict (-10) to cooperation (10)", "من الخصومة (-10) إلى التعاون (10)"),
    "status": Column(
        "string",
        "ACTUAL, PLANNED, POSSIBLE or DENIED; CONTESTED where independent sources contradict each other",
        "ACTUAL واقع، PLANNED مخطَّط له، POSSIBLE محتمل، DENIED منفي، CONTESTED متنازَع فيه بين مصادر مستقلة",
    ),
    "actors": Column(
        "list", "Who did it: ids of actors, else codes of countries", "مَن قام به: معرّفات الفاعلين أو رموز الدول"
    ),
    "recipients": Column("list", "To whom, or with whom", "تجاه مَن أو مع مَن"),
    "day": Column("date", "When", "متى"),
    "day_precision": Column("string", "How exactly that is known", "بأي دقة يُعرف ذلك"),
    "country": Column("string", "Country where it happened", "الدولة التي وقع فيها"),
    "reports": Column("integer", "How many events report it", "عدد الأحداث التي تخبر به"),
    "events": Column("list", "Their ids, the earliest first", "معرّفاتها، أقدمها أولًا"),
}
#: The columns of an article.
ARTICLES: Mapping[str, Column] = {
    "article": Column("string", "Id of the article", "معرّف المقال"),
    "title": Column("string", "Title of the article", "عنوان المقال"),
    "url": Column("string", "Address of the article", "رابط المقال"),
    "source": Column("string", "The source as the input named it", "المصدر كما سمّاه الدخل"),
    "author": Column("string", "Author", "الكاتب"),
    "published": Column("date", "Day of publication", "يوم النشر"),
    "published_from": Column("string", "Why that day", "من أين عُرف اليوم"),
    "language": Column("string", "Language, ISO 639-1", "اللغة، ISO 639-1"),
    "text": Column("string", "The text: title, blank line, body", "النص: العنوان ثم سطر فارغ ثم المتن"),
}


def act_rows(occurrences: Iterable[Occurrence]) -> Iterator[Row]:
    """One row an occurrence, with the columns of :data:`ACTS`."""
    for one in occurrences:
        yield {
            "occurrence": one.id,
            "story": one.story,
            "type": one.type.value,
            "mode": one.mode,
            "quad": quad(one.type),
            "intensity": ontology.types()[one.type].intensity,
            "status": one.status.value,
            "actors": list(one.actors),
            "recipients": list(one.recipients),
            "day": one.day,
            "day_precision": one.precision.value,
            "country": one.country,
            "reports": len(one.reports),
            "events": list(one.reports),
        }


def article_rows(articles: Iterable[Article]) -> Iterator[Row]:
    """One row an article, with the columns of :data:`ARTICLES`."""
    for one in articles:
        yield {
            "article": one.id,
            "title": one.title.of(one.text) if one.title else None,
            "url": one.url,
            "source": one.source,
            "author": one.author,
            "published": one.published,
            "published_from": one.published_from,
            "language": one.language,
            "text": one.text,
        }


Judged = Mapping[str, Mapping[str, Judgement]]


def judged_record(judged: Mapping[str, Judgement]) -> Row:
    """What persons hold of something, by field."""
    return {
        field: {"value": one.value, "name": one.name, "reason": one.reason, "at": one.at}
        for field, one in judged.items()
    }


def report_record(row: Row, judged: Judged) -> Row:
    """A row of an event with what persons hold of it, where they hold anything."""
    return row | ({"judged": judged_record(judged[row["event"]])} if row["event"] in judged else {})


def act_records(
    occurrences: Iterable[Occurrence], told: Mapping[str, Report], judged: Judged
) -> Iterator[dict[str, Any]]:
    """One object an occurrence: its row, with ``events`` in full and not their ids, and what persons hold of it.

    ``told`` are the reports by the id of their event; ``judged`` is by the id of an occurrence or event.
    """
    for one in occurrences:
        (row,) = act_rows([one])
        reports = [told[id] for id in one.reports if id in told]  # noqa: A001 (the field's word)
        known = {one.id: len(one.reports)}
        made = row | {"events": [report_record(each, judged) for each in rows(reports, known)]}
        yield made | ({"judged": judged_record(judged[one.id])} if one.id in judged else {})
