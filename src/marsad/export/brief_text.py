"""A brief of a pair for a terminal or a letter of plain text, in lines of at most a hundred cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rich.console import Console
from rich.text import Text

from marsad.export.brief import brief_record, word
from marsad.export.brief_shown import Brief
from marsad.export.course_table import OPEN, STYLES
from marsad.export.labels import country, label
from marsad.export.safe import for_terminal as safe
from marsad.export.table import Layout, Lines
from marsad.knowledge.countries import is_arabic
from marsad.types import Ladder

#: The widest line, in cells.
WIDEST = 100
#: At most so many rungs, changes, statements, denials and findings are told; the object of JSON has them all.
MOST: Mapping[str, int] = {"rungs": 12, "changes": 6, "statements": 8, "denials": 5, "findings": 6}
_Record = Mapping[str, Any]


def brief_lines(brief: Brief, layout: Layout, console: Console) -> Iterator[Text]:
    """The lines of a brief; ``console`` is asked only how wide a word is."""
    yield from _Lines(replace(layout, width=min(layout.width, WIDEST)), console).of(brief_record(brief, layout.lang))


def most(record: _Record, key: str, limits: Mapping[str, int] = MOST) -> tuple[Sequence[_Record], int]:
    """What is told of a list of the record, and how much of it is not; of rungs the highest, in the order of days."""
    given: Sequence[_Record] = record[key]
    if key == "rungs" and len(given) > limits[key]:
        ranked = sorted(given, key=lambda one: (one["confirmed"], one["effective"], str(one["day"])), reverse=True)
        chosen = {one["id"] for one in ranked[: limits[key]]}
        given = [one for one in given if one["id"] in chosen]
        return given, len(record[key]) - len(given)
    return given[: limits[key]], max(0, len(given) - limits[key])


class _Lines(Lines):
    """The lines of a brief."""

    def of(self, record: _Record) -> Iterator[Text]:
        """The lines of a whole record."""
        yield from self.head(record)
        yield from self.section("standing", (line for one in record["standing"] for line in self.standing(one)))
        yield from self.listed("moved", record, "rungs", self.rung)
        yield from self.listed("changes", record, "changes", self.change)
        yield from self.listed("statements", record, "statements", self.statement)
        yield from self.listed("denials", record, "denials", self.denial)
        yield from self.listed("findings", record, "findings", self.finding)
        yield from self.section("coverage", self.coverage(record))
        yield Text("")
        yield from self.wrapped(Text(record["disclaimer"], "italic dim"))

    def head(self, record: _Record) -> Iterator[Text]:
        """Whom it is about, and of which days."""
        time = word("time", self.lang, since=self.latin(record["since"]), until=self.latin(record["until"]))
        who = f" · {word('watched', self.lang, who=record['sanctioner_name'])}" if record["sanctioner"] else ""
        yield from self.wrapped(Text.assemble((safe(record["title"]), "bold"), f"  {word('brief', self.lang)}"))
        yield from self.wrapped(Text(f"{time}{who}", "dim"))
        if record["quiet"]:
            yield from self.wrapped(Text(word("lacks.quiet", self.lang), "bold"))

    def section(self, key: str, lines: Iterable[Text]) -> Iterator[Text]:
        """Lines under a heading; nothing where there are none."""
        told = list(lines)
        if told:
            yield Text("")
            yield from self.wrapped(Text(word(key, self.lang), "bold underline"))
            yield from told

    def listed(self, heading: str, record: _Record, key: str, lines: Any) -> Iterator[Text]:
        """A list of the record under its heading, and how much of it is not told; what there is none of is said."""
        shown, left = most(record, key)
        told = [line for one in shown for line in lines(one)]
        if left:
            told += self.wrapped(Text(word("more", self.lang, n=left), "dim"), 2)
        if not told:
            told = list(self.wrapped(Text(word(f"lacks.{key}", self.lang), "dim"), 2))
        yield from self.section(heading, told)

    def standing(self, one: _Record) -> Iterator[Text]:
        """One ladder: its highest confirmed rung, since when, and what stood there before."""
        highest = one["highest"]
        told = f"{self.latin(highest['rung'])} {highest['name']}" if highest else word("none_yet", self.lang)
        parts = [f"{one['name']}: {told}"]
        if one["since"]:
            parts.append(word("since", self.lang, day=self.latin(one["since"])))
        parts.append(word(one["moved"], self.lang) if one["moved"] != "none_yet" else "")
        if one["before"] and one["moved"] in ("up", "down"):
            before = f"{self.latin(one['before']['rung'])} {one['before']['name']}"
            parts.append(f"{word('before', self.lang)}: {before}")
        if one["unconfirmed"]:
            rung = f"{self.latin(one['unconfirmed']['rung'])} {one['unconfirmed']['name']}"
            parts.append(word("open_rung", self.lang, rung=rung))
        style = STYLES[Ladder(one["ladder"])]
        yield from self.wrapped(Text(" · ".join(part for part in parts if part), style), 2)

    def rung(self, one: _Record) -> Iterator[Text]:
        """A rung with its sentence."""
        sign = " " if one["confirmed"] else OPEN
        day = self.latin(one["day"] or word("unknown_day", self.lang))
        facts = [self.speaker(one)]
        facts += [one["status_text"]] if one["status"] != "ACTUAL" else []
        facts += [one["turn_text"]] if one["turn"] != "reached" else []
        facts += [label("confirmed", "no", self.lang)] if not one["confirmed"] else []
        facts += [word("reports", self.lang, n=one["reports"])] if one["reports"] > 1 else []
        style = f"bold {STYLES[Ladder(one['ladder'])]}"
        name = (f"{sign} {self.latin(one['rung'])} {one['name']}", style)
        yield from self.wrapped(Text.assemble(f"{day}  ", name, (f"  {' · '.join(facts)}", "dim")), 2)
        if one["sentence"]:
            yield from self.quoted(one["sentence"], one["source"], one["published"], one["url"])

    def change(self, one: _Record) -> Iterator[Text]:
        """A change: of what, between whom, since when."""
        since = word("change_since", self.lang, day=self.latin(one["day"]))
        yield from self.wrapped(Text(f"– {safe(one['text'])} · {since}"), 2)

    def statement(self, one: _Record) -> Iterator[Text]:
        """Who said it and how, then the words."""
        official = f" · {word('official', self.lang)}" if one["official"] else ""
        status = f" · {one['status_text']}" if one["status"] != "ACTUAL" else ""
        yield from self.wrapped(Text(f"– {self.speaker(one)}{official}{status}", "bold"), 2)
        yield from self.quoted(one["quotation"], one["source_name"], one["published"], one["url"])

    def denial(self, one: _Record) -> Iterator[Text]:
        """A denial, and the reports of what it denies."""
        yield from self.told(one["denial"], "denied")
        for claim in one["claims"]:
            yield from self.told(claim, "claimed")
        if not one["claims"]:
            yield from self.wrapped(Text(word("no_claim", self.lang), "dim"), 4)

    def told(self, one: _Record, key: str) -> Iterator[Text]:
        """One report."""
        yield from self.wrapped(Text(f"– {word(key, self.lang)} · {self.speaker(one)} · {safe(one['act'])}", "bold"), 2)
        yield from self.quoted(one["sentence"], one["source_name"], one["published"], one["url"])

    def finding(self, one: _Record) -> Iterator[Text]:
        """Whom it falls on, its label, what is missing, the next dates."""
        yield from self.wrapped(Text(f"– {safe(one['law'])} · {safe(one['entity_name'])}", "bold"), 2)
        yield from self.wrapped(Text(one["label_text"]), 4)
        if one["missing_text"]:
            yield from self.wrapped(Text(safe(one["missing_text"]), "dim"), 4)
        dates = " · ".join(safe(each["text"]) for each in one["dates"]) or word("no_dates", self.lang)
        yield from self.wrapped(Text(f"{word('dates', self.lang)}: {dates}", "dim"), 4)

    def coverage(self, record: _Record) -> Iterator[Text]:
        """What was read, and what was not."""
        read = record["coverage"]
        counts = [word("articles", self.lang, n=read["articles"]), word("sources", self.lang, n=read["sources"])]
        yield from self.wrapped(Text(" · ".join(counts)), 2)
        if read["countries"]:
            yield from self.wrapped(Text(countries(read["countries"], self.lang), "dim"), 2)
        for line in read["limits"]:
            yield from self.wrapped(Text(f"– {safe(line)}"), 2)

    def speaker(self, one: _Record) -> str:
        """In whose words, and who that is."""
        who = one["speaker_name"] or one.get("speaker_words") or one["speaker"]
        return f"{one['voice_text']}: {safe(who)}" if who else str(one["voice_text"])

    def quoted(self, words: str, publisher: str | None, published: object, url: str | None) -> Iterator[Text]:
        """A sentence, below it who printed it when, and its address on a line of its own: it can be opened."""
        yield from self.wrapped(Text(safe(words), "italic"), 4, "ar" if is_arabic(words) else "en")
        by = " · ".join(safe(str(part)) for part in (publisher, published) if part)
        yield from self.wrapped(Text(by, "dim"), 4, "ar" if is_arabic(by) else "en")
        if url:
            yield from self.wrapped(Text(safe(url), "dim"), 4, "en")


def countries(read: Mapping[str, int], lang: str, most_: int = 8) -> str:
    """The countries whose papers were read, those of most articles first, each with how many."""
    ranked = sorted(read.items(), key=lambda one: (-one[1], one[0]))
    told = [f"{country(code, lang) if code else word('unknown_country', lang)} {n}" for code, n in ranked[:most_]]
    rest = [word("more", lang, n=len(ranked) - most_)] if len(ranked) > most_ else []
    return " · ".join((*told, *rest))
