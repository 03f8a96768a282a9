"""Events as flat rows, one an event: what CSV, JSON lines, Parquet, tables and data packages are made of.

:data:`COLUMNS` says of each column what it holds, in both languages; the writers, the schema of a data package and its
code book are made from that one list. The names are those of the line format (``docs/*/lines.md``).
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TextIO

import msgspec

from marsad.export.labels import quad
from marsad.export.lines import PLACES
from marsad.export.meant import code, value
from marsad.knowledge import ontology, places
from marsad.text import sentences
from marsad.types import Event, Mention, Occurrence, Report, Span, Voice

Type = Literal["string", "date", "time", "number", "integer", "boolean", "list", "month"]
#: A row: the value of each column, None where it is not known. A list holds strings.
Row = dict[str, Any]

#: Stands between the elements of a list in one cell of CSV; within an element it becomes ``/``.
BETWEEN = "|"
#: Code points of a sentence that are written at most: what a broken page takes for one can be a whole book.
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: its type, and what it is in English and in Arabic."""

    type: Type
    en: str
    ar: str


COLUMNS: Mapping[str, Column] = {
    "event": Column(
        "string",
        "Id of the event: a digest of article, trigger and type, the same whatever coder found it",
        "معرّف الحدث: بصمة المقال واللفظ والنوع، ولا يتغير بتغير المرمّز",
    ),
    "occurrence": Column(
        "string",
        "Id of the act in the world that the event reports; all its reports have the same",
        "معرّف الفعل في الواقع، وهو واحد لكل الأحداث التي تخبر به",
    ),
    "reports": Column(
        "integer", "How many events report that act, this one included", "عدد الأحداث التي تخبر بذلك الفعل، وهذا منها"
    ),
    "article": Column("string", "Id of the article", "معرّف المقال"),
    "url": Column("string", "Address of the article", "رابط المقال"),
    "title": Column("string", "Title of the article", "عنوان المقال"),
    "source": Column("string", "Id of the source: its host, else its name", "معرّف المصدر: اسم مضيفه، وإلا فاسمه"),
    "source_name": Column("string", "Name of the source", "اسم المصدر"),
    "source_country": Column("string", "Country of the source, ISO 3166 alpha-3", "دولة المصدر، ISO 3166 alpha-3"),
    "published": Column("date", "Day of publication", "يوم النشر"),
    "language": Column("string", "Language of the article, ISO 639-1", "لغة المقال، ISO 639-1"),
    "sentence": Column("string", "The sentence that names the act", "الجملة التي تسمّي الفعل"),
    "trigger": Column("string", "The words that name the act", "اللفظ الذي يسمّي الفعل"),
    "quotation": Column(
        "string",
        "The words between quotation marks that it stands in, where the voice is verbatim",
        "الكلام بين علامتي التنصيص إن كان حرفيًا",
    ),
    "type": Column("string", "Type of PLOVER: what was done", "النوع في PLOVER: ما الذي فُعل"),
    "mode": Column("string", "Mode: how it was done", "طريقة الفعل"),
    "quad": Column("string", "Words or deeds, cooperation or conflict", "بالقول أو بالفعل، تعاون أو خصومة"),
    "intensity": Column(
        "number",
        "From conflict (-10) to cooperation (10); that of the type",
        "من الخصومة (-10) إلى التعاون (10)، وهي شدة النوع",
    ),
    "status": Column(
        "string",
        "Whether it happened: ACTUAL, PLANNED, POSSIBLE or DENIED",
        "هل وقع: ACTUAL واقع، PLANNED مخطَّط له، POSSIBLE محتمل، DENIED منفي",
    ),
    "voice": Column(
        "string",
        "In whose words: verbatim, paraphrase, anonymous, report or reading",
        "بلسان مَن: verbatim حرفي، paraphrase بالمعنى، anonymous بلا اسم، report خبر الكاتب، reading قراءة",
    ),
    "speaker": Column("string", "The words that name the speaker", "اللفظ الذي يسمّي القائل"),
    "speaker_actor": Column("string", "Whom the speaker is, or acts for", "مَن القائل أو عمّن يتكلم"),
    "speaker_country": Column("string", "Country of the speaker", "دولة القائل"),
    "actors": Column(
        "list",
        "Who did it: ids of actors, else codes of countries, empty where neither is known",
        "مَن قام به: معرّفات الفاعلين، وإلا فرموز الدول، والفارغ مجهول",
    ),
    "actor_countries": Column("list", "Their countries, in the same order", "دولهم بالترتيب نفسه"),
    "actor_sectors": Column("list", "Their sectors, in the same order", "قطاعاتهم بالترتيب نفسه"),
    "actor_words": Column("list", "The words that name them, in the same order", "ألفاظهم في النص بالترتيب نفسه"),
    "recipients": Column(
        "list",
        "To whom, or with whom: ids of actors, else codes of countries, empty where neither is known",
        "تجاه مَن أو مع مَن: معرّفات الفاعلين، وإلا فرموز الدول، والفارغ مجهول",
    ),
    "recipient_countries": Column("list", "Their countries, in the same order", "دولهم بالترتيب نفسه"),
    "recipient_sectors": Column("list", "Their sectors, in the same order", "قطاعاتهم بالترتيب نفسه"),
    "recipient_words": Column("list", "The words that name them, in the same order", "ألفاظهم في النص بالترتيب نفسه"),
    "day": Column(
        "date", "When; the first day, where only a longer time is known", "متى، وأول الأيام إن لم يُعرف اليوم"
    ),
    "day_precision": Column(
        "string",
        "How exactly that is known; `article` is the day of publication, for want of a better",
        "بأي دقة يُعرف ذلك، وarticle يوم النشر حيث لا يُعرف خير منه",
    ),
    "place": Column("string", "The words that name the place", "اللفظ الذي يسمّي المكان"),
    "place_country": Column("string", "Country of the place", "دولة المكان"),
    "latitude": Column("number", "Degrees north, where the place is known", "درجات العرض شمالًا إن عُرف المكان"),
    "longitude": Column("number", "Degrees east, where the place is known", "درجات الطول شرقًا إن عُرف المكان"),
    "contexts": Column("list", "What it has to do with", "مجال الفعل"),
    "items": Column("list", "Words for the weapons and laws tied to it", "ألفاظ ما يتصل به من سلاح وقانون"),
    "amounts": Column("list", "The sums, counts and shares tied to it", "ما يتصل به من مبالغ وأعداد ونسب"),
    "about": Column(
        "string",
        "Id of the event that a denial, a threat or a demand is about",
        "معرّف الحدث الذي يخصّه النفي أو التهديد أو المطالبة",
    ),
    "score": Column(
        "number", "Estimated probability that the event is of its type", "الاحتمال المقدَّر لأن يكون الحدث من نوعه"
    ),
    "coder": Column(
        "string", "What coded it, with the versions of program and model", "المرمّز بنسختي البرنامج والنموذج"
    ),
    "withdrawn": Column(
        "boolean",
        "The article was replaced by a newer version at its address",
        "استُبدلت بالمقال نسخة أحدث منه في رابطه",
    ),
    "updated": Column(
        "time", "When this version of the article was fetched, in UTC", "متى جُلبت هذه النسخة من المقال بتوقيت UTC"
    ),
}

# White space and controls, which no cell needs; line separators of Unicode too.
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""``text`` on one line: white space and controls are one space, what UTF-8 cannot write is U+FFFD.

    >>> clean(" a\tb\n\x00c ")
    'a b c'
    """
    if text.isprintable() and "  " not in text:  # most are, and this takes a third of the time or less
        return text.strip()
    return _BROKEN.sub("\ufffd", _BLANK.sub(" ", text)).strip()


def located(mention: Mention, text: str) -> places.Place | None:
    """The place that a mention of ``text`` names, with where it lies; None where it is not known, or in another state.

    The country of the mention decides between places of one name.
    """
    near = (mention.country,) if mention.country else ()
    found = places.place(mention.span.of(text), near)
    return found if found and mention.country in (None, found.country) else None


def counts(occurrences: Iterable[Occurrence]) -> dict[str, int]:
    """How many events report each occurrence, by its id."""
    return {occurrence.id: len(occurrence.reports) for occurrence in occurrences}


class Sentences:
    """The sentences that events stand in; those of the last article are kept, so give its reports one after another."""

    def __init__(self) -> None:
        self._article: str | None = None
        self._spans: list[Span] = []

    def of(self, report: Report) -> str:
        """The sentence that the trigger begins in, cut to :data:`LONGEST` around it."""
        article, trigger = report.article, report.event.trigger
        if article.id != self._article:
            self._article, self._spans = article.id, sentences(article.text, article.title)
        at = bisect_right(self._spans, trigger.start, key=lambda span: span.stop)
        span = self._spans[at] if at < len(self._spans) else trigger
        if len(span) > LONGEST:
            start = max(span.start, trigger.start - LONGEST // 2)
            span = Span(start, min(span.stop, start + LONGEST))
        return clean(span.of(article.text))


def _parties(name: str, mentions: Iterable[Mention], text: str) -> Row:
    """The four columns of those who act, or are acted on, each as long as the others."""
    found = tuple(mentions)
    return {
        f"{name}s": ["" if code(one) == "—" else clean(code(one)) for one in found],
        f"{name}_countries": [one.country or "" for one in found],
        f"{name}_sectors": [one.sector.value if one.sector else "" for one in found],
        f"{name}_words": [clean(one.span.of(text)) for one in found],
    }


def _of_event(event: Event, text: str) -> Row:
    """What the event itself says, by column."""
    speaker, place = event.speaker, event.place
    point = located(place, text) if place else None
    quoted = [part.span for part in event.evidence if part.part == "voice"] if event.voice is Voice.VERBATIM else []
    return {
        "event": event.id,
        "trigger": clean(event.trigger.of(text)),
        "quotation": clean(quoted[0].of(text)) if quoted else None,
        "type": event.type.value,
        "mode": event.mode,
        "quad": quad(event.type),
        "intensity": ontology.types()[event.type].intensity,
        "status": event.status.value,
        "voice": event.voice.value,
        "speaker": clean(speaker.span.of(text)) if speaker else None,
        "speaker_actor": speaker.actor if speaker else None,
        "speaker_country": speaker.country if speaker else None,
        **_parties("actor", event.actors, text),
        **_parties("recipient", event.recipients, text),
        "day": event.day,
        "day_precision": event.precision.value,
        "place": clean(place.span.of(text)) if place else None,
        "place_country": place.country if place else None,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "contexts": list(event.contexts),
        "items": [clean(item.span.of(text)) for item in event.items],
        "amounts": [value(amount, "en") for amount in event.amounts],
        "about": event.about,
        "score": round(event.score, PLACES),
        "coder": clean(event.coder),
    }


def _of_article(report: Report) -> Row:
    """What the article and its source say, by column."""
    article, source = report.article, report.source
    return {
        "article": article.id,
        "url": clean(article.url) if article.url else None,
        "title": clean(article.title.of(article.text)) if article.title else None,
        "source": clean(source.id if source else article.source or "") or None,
        "source_name": clean(source.name if source else article.source or "") or None,
        "source_country": source.country if source else None,
        "published": article.published,
        "language": article.language,
        "withdrawn": report.withdrawn,
        "updated": article.fetched,
    }


def rows(reports: Iterable[Report], reported: Mapping[str, int] | None = None) -> Iterator[Row]:
    """One flat row an event, in the order of ``reports``, with the keys of :data:`COLUMNS` in that order.

    ``reported`` is how many events report an occurrence, by its id (:func:`counts`); without it ``reports`` is None.
    Texts are on one line. Reports of one article are best given one after the other (:class:`Sentences`).
    """
    within = Sentences()
    for report in reports:
        found = _of_event(report.event, report.article.text) | _of_article(report)
        found["sentence"] = within.of(report)
        found["occurrence"] = report.occurrence
        found["reports"] = reported.get(report.occurrence) if reported and report.occurrence else None
        yield {name: found[name] for name in COLUMNS}


# What makes a spreadsheet take a text for a formula, in its wide forms too; a number is none.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def cell(given: object) -> str:
    """A value as a cell of CSV that no spreadsheet takes for a formula: such a text has an apostrophe before it.

    >>> [cell(one) for one in (None, True, -5.0, "=1+1", ["a|b", "c"])]
    ['', 'true', '-5.0', "'=1+1", 'a/b|c']
    """
    if given is None:
        return ""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, (int, float)):
        return str(given)
    if isinstance(given, datetime):
        return given.isoformat().replace("+00:00", "Z")
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, (list, tuple)):
        text = BETWEEN.join(str(part).replace(BETWEEN, "/") for part in given)
    else:
        text = str(given)
    if not text.isprintable():
        text = _BROKEN.sub("\ufffd", text.replace("\0", " "))
    return f"'{text}" if text[:1] in _FORMULA else text


class Csv:
    """A table of CSV that is written row by row: RFC 4180 with ``\\n``, the header first.

    With ``bom`` it begins with a byte order mark, without which Excel takes Arabic for another encoding.
    """

    def __init__(self, out: TextIO, columns: Iterable[str] = COLUMNS, *, bom: bool = False) -> None:
        self._columns = tuple(columns)
        if bom:
            out.write("\ufeff")
        self._writer = csv.writer(out, lineterminator="\n")
        self._writer.writerow(self._columns)

    def write(self, row: Mapping[str, object]) -> None:
        """Write one row; a column that it lacks is empty."""
        self._writer.writerow([cell(row.get(name)) for name in self._columns])


def write_csv(
    given: Iterable[Mapping[str, object]], out: TextIO, *, bom: bool = False, columns: Iterable[str] = COLUMNS
) -> int:
    """Write rows as CSV, and give how many; see :class:`Csv` and :func:`cell`. Open ``out`` with ``newline=""``."""
    table, number = Csv(out, columns, bom=bom), 0
    for row in given:
        table.write(row)
        number += 1
    return number


_encoder = msgspec.json.Encoder()


def write_jsonl(given: Iterable[Mapping[str, object]], out: TextIO) -> int:
    """Write rows as JSON lines, lists as arrays and what is not known as null, and give how many."""
    number = 0
    for row in given:
        out.write(_encoder.encode(row).decode() + "\n")
        number += 1
    return number
