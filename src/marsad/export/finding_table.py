"""A finding for a terminal, made from the object of JSON: label, paragraph, tree with clauses and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from marsad.export.finding import finding_record, state_record
from marsad.export.finding_shown import Shown
from marsad.export.finding_words import word
from marsad.export.labels import label
from marsad.export.safe import for_terminal as safe
from marsad.export.table import Layout, Lines
from marsad.knowledge.countries import is_arabic

SIGNS = {"true": "●", "false": "✕", "unknown": "○", "contested": "◐"}
STYLES = {"true": "bold cyan", "false": "dim", "unknown": "yellow", "contested": "magenta"}
LABELS = {
    "not engaged": "dim", "elements partly present": "bold yellow", "determination made": "bold red",
    "elements arguably met, no determination": "bold magenta", "sanctions imposed": "bold red",
    "waived or delayed": "bold green",
}  # fmt: skip
#: Cells by which a level of the tree stands in.
STEP = 2
_Record = Mapping[str, Any]


def finding_lines(shown: Shown, layout: Layout, console: Console) -> Iterator[Text]:
    """The lines of one finding; the first ones say what it is, the last that it is research."""
    record = finding_record(shown, layout.lang)
    yield from _Lines(layout, console).finding(record)
    yield from _Lines(layout, console).wrapped(Text(record["disclaimer"], "italic dim"))


def state_lines(state: str, shown: Sequence[Shown], layout: Layout, console: Console) -> Iterator[Text]:
    """The lines of a state: its entities with their labels, then the finding of each; nothing is added up."""
    record = state_record(state, shown, layout.lang)
    lines = _Lines(layout, console)
    yield from lines.wrapped(Text(safe(record["title"]), "bold"))
    for one in record["entities"]:
        name = Text.assemble(
            (one["label_text"], LABELS[one["label"]]),
            f" · {safe(one['entity_name'])} · ",
            (lines.latin(one["entity"]), "dim"),
            f" · {safe(one['law'].partition(':')[0])}",
        )
        yield from lines.wrapped(name, 2)
    yield from lines.wrapped(Text(record["note"], "dim"), 2)
    for one in record["findings"]:
        yield Text("")
        yield from _Lines(layout, console).finding(one)
    yield from lines.wrapped(Text(record["disclaimer"], "italic dim"))


class _Lines(Lines):
    """Lines in a layout; what was shown already is not shown again."""

    def __init__(self, layout: Layout, console: Console) -> None:
        super().__init__(layout, console)
        self.quoted: dict[str, int] = {}
        self.reliefs: set[str] = set()

    def finding(self, record: _Record) -> Iterator[Text]:
        """The lines of a finding without its last one."""
        head = Text.assemble((safe(record["entity_name"]), "bold"), "  ", (self.latin(record["entity"]), "dim"))
        yield from self.wrapped(head)
        yield from self.wrapped(Text.assemble(safe(record["law"]), (f" · {self.cite(record['cite'])}", "dim")))
        yield from self.wrapped(Text(record["label_text"], LABELS[record["label"]]))
        yield Text("")
        yield from self.wrapped(Text(safe(record["paragraph"][self.lang])))
        yield from self.section("tree", (line for part in record["tree"]["parts"] for line in self.node(part, 2)))
        yield from self.section("missing", self.missing(record["missing"]))
        yield from self.section("decides", self.items(record["decides"]["lines"]))
        if record["measures"]:
            yield from self.section("menu", self.measures(record["measures"]))
        yield from self.section("precedents", self.cases(record))
        for key, nothing in (("signals", "no_signals"), ("readings", ""), ("steps", "no_steps")):
            if record[key] or nothing:
                yield from self.section(key, self.rungs(record[key], nothing))
        yield Text("")

    def section(self, key: str, lines: Iterable[Text]) -> Iterator[Text]:
        """Lines under a heading; nothing where there are none."""
        told = list(lines)
        if told:
            yield Text("")
            yield from self.wrapped(Text(word(key, self.lang), "bold underline"))
            yield from told

    def items(self, given: Iterable[str]) -> Iterator[Text]:
        """One line or more for each."""
        for one in given:
            yield from self.wrapped(Text(f"– {safe(one)}"), 2)

    def cite(self, cite: _Record | None) -> str:
        """A clause, the words quoted from it, and how it was checked."""
        if cite is None or not cite["text"]:
            return ""
        quote = f" {self.latin('“' + cite['quote'] + '”')}" if cite["quote"] else ""
        return f"{self.latin(cite['text'])}{quote} [{cite['verified_text']}]"

    # -- the tree

    def node(self, node: _Record, indent: int, before: str = "") -> Iterator[Text]:
        """A node, then its facts, its parts and its exceptions, each further in."""
        truth = node["truth"]
        cite = self.cite(node["cite"])
        yield from self.wrapped(
            Text.assemble(
                (f"{before} ", "dim") if before else "",
                (f"{SIGNS[truth]} {node['truth_text']}", STYLES[truth]),
                f"  {safe(node['name'])}",
                (f"  {cite}", "dim") if cite else "",
            ),
            indent,
        )
        joins = "." in node["id"]
        if (not node["told"] and not joins) or node["id"] in self.reliefs:
            return
        if before:
            self.reliefs.add(node["id"])
        for fact in node["facts"]:
            yield from self.fact(fact, indent + STEP)
        for part in node["parts"]:
            yield from self.node(part, indent + STEP)
        for part in node["exceptions"]:
            yield from self.node(part, indent + STEP, word("exceptions", self.lang))

    def fact(self, fact: _Record, indent: int) -> Iterator[Text]:
        """What set a fact, and what each claim says with its sentence."""
        style = "bold magenta" if fact["by"] in ("judgement", "what-if") else "dim"
        note = f"{safe(fact['note'])} · " if fact["note"] else ""
        yield from self.wrapped(Text.assemble(note, (fact["by_text"], style)), indent)
        weighed = {(one["note"], tuple(one["evidence"])) for each in fact["factors"] for one in each["claims"]}
        for claim in fact["claims"]:
            if (claim["note"], tuple(claim["evidence"])) not in weighed:
                yield from self.claim(claim, indent + STEP)
        for factor in fact["factors"]:
            yield from self.wrapped(Text(f"{safe(factor['name'])}:", "dim"), indent + STEP)
            for claim in factor["claims"]:
                yield from self.claim(claim, indent + 2 * STEP, word(f"factor_{claim['weighs']}", self.lang))

    def claim(self, claim: _Record, indent: int, weighs: str = "") -> Iterator[Text]:
        """What a claim says, when, in whose words, and the first sentence that says so."""
        told = [part for part in (weighs, safe(claim["note_text"] or "")) if part]
        told += [self.latin(claim["day"])] if claim["day"] else []
        shown = next((one for one in claim["sentences"] if one["kind"] == "sentence"), None)
        told += [claim["voice_text"]] if shown else []
        yield from self.wrapped(Text(f"· {' · '.join(told)}"), indent)
        if shown:
            yield from self.quote(shown["words"], shown["publisher"], shown["published"], indent + STEP)

    def quote(self, words: str, publisher: str | None, published: object, indent: int) -> Iterator[Text]:
        """A sentence with its number and who printed it; the second time only the number."""
        number = self.quoted.get(words)
        if number is not None:
            yield from self.wrapped(Text(f"[{number}]", "dim"), indent)
            return
        number = self.quoted[words] = len(self.quoted) + 1
        language = "ar" if is_arabic(words) else "en"
        yield from self.wrapped(Text(f"[{number}] {safe(words)}", "italic"), indent, language)
        by = " · ".join(safe(str(part)) for part in (publisher, published) if part)
        yield from self.wrapped(Text(by, "dim"), indent, "ar" if is_arabic(by) else "en")

    # -- below the tree

    def missing(self, missing: _Record) -> Iterator[Text]:
        """Each set of what is missing, with the question to ask for each part of it."""
        for number, given in enumerate(missing["sets"], 1):
            if len(missing["sets"]) > 1:
                yield from self.wrapped(Text(word("set", self.lang, n=number), "bold"), 2)
            for one in given:
                yield from self.wrapped(Text(f"– {one['value_text']}: {safe(one['name'])}"), 2)
                if one["ask"]:
                    yield from self.wrapped(Text(safe(one["ask"]), "dim"), 4)
        if missing["note"]:
            yield from self.wrapped(Text(missing["note"], "dim"), 2)

    def measures(self, measures: _Record) -> Iterator[Text]:
        """What may or must be chosen, by its numbers."""
        yield from self.wrapped(Text.assemble(measures["text"], (f" {self.cite(measures['cite'])}", "dim")), 2)
        for one in measures["list"]:
            number = f"{one['id']:>2}  " if one["id"] else "–  "
            yield from self.wrapped(Text(f"{number}{safe(one['name'])}"), 2)
            for part in one["parts"]:
                yield from self.wrapped(Text(f"{part['id']}  {safe(part['name'])}"), 6)

    def cases(self, record: _Record) -> Iterator[Text]:
        """The precedents, each with what it is shown for, its outcome, and what came next."""
        for one in record["precedents"]:
            yield from self.wrapped(Text.assemble((safe(one["title"]), "bold"), (f"  {one['role_text']}", "dim")), 2)
            yield from self.wrapped(Text(f"{word('outcome', self.lang)}: {one['outcome_text']}"), 4)
            told = [
                f"{self.latin(step['rung'])} {self.latin(step['day'])} {safe(step['text'])}" for step in one["next"]
            ]
            after = f"{word('next', self.lang)}: {' · '.join(told)}" if told else word("nothing_next", self.lang)
            yield from self.wrapped(Text(after), 4)
        note = record["precedents_note"] or word("no_precedents", self.lang)
        yield from self.wrapped(Text(note, "dim"), 2)

    def rungs(self, given: Sequence[_Record], nothing: str) -> Iterator[Text]:
        """Steps or signals, each with its sentence."""
        if not given and nothing:
            yield from self.wrapped(Text(word(nothing, self.lang), "dim"), 2)
        for one in given:
            parts = [f"{self.latin(one['rung'])} {safe(one['name'])}"]
            parts += [self.latin(one["day"])] if one["day"] else []
            voice = label("voice", one["voice"], self.lang)
            parts.append(f"{voice}: {safe(one['speaker'])}" if one["speaker"] else voice)
            parts += [label("turn", one["turn"], self.lang)] if one["turn"] != "reached" else []
            parts += [word("unconfirmed", self.lang)] if not one["confirmed"] else []
            yield from self.wrapped(Text(" · ".join(parts)), 2)
            if one["sentence"]:
                yield from self.quote(one["sentence"], one["source"], one["published"], 4)
