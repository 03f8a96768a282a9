"""A law for a terminal: its history, its elements with their questions and citations, its rules, its ways out.

Everything that is said of a law carries where it stands and how that was checked. Names are those of the law's file,
the words around them are in ``law.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from rich.console import Console
from rich.text import Text

from marsad.assess.difference import Difference
from marsad.export.labels import country
from marsad.export.law_record import DISCLAIMER, change
from marsad.export.safe import for_terminal as safe
from marsad.export.table import Layout
from marsad.knowledge.instruments import Law, Measure, Term
from marsad.knowledge.listed import Registered
from marsad.types import Name
from marsad.types.law import Citation, Condition, Consequence, Element, Relief, Version

#: Terms by group and id.
Terms = Mapping[str, Mapping[str, Term]]
#: How a part that was added, removed or changed is marked.
_MARKS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow")}
#: Parts of which a version has one only.
_SINGLE = ("consequence", "standard")


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("marsad.export").joinpath("law.toml").read_text(encoding="utf-8"))


def word(key: str, lang: str, **values: object) -> str:
    """A word of the page in one language.

    >>> word("at_least", "en", n=2)
    'at least 2 of these'
    """
    return _words()[key][lang].format(**values)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before it is set: how far in, what it says, in which style."""

    indent: int
    words: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Sets laws as lines; ``console`` is asked only how wide a word is, ``terms`` are those of the laws."""

    layout: Layout
    console: Console
    terms: Terms

    # ------------------------------------------------------------ what it gives

    def law(self, law: Law, on: date | None = None, menu: Sequence[Measure] = ()) -> Iterator[Text]:
        """A law as it reads on a day, by default in its last version; ``menu`` is the one on which it draws."""
        version = law.instrument.at(on) if on else law.instrument.versions[-1]
        yield from self._set(self._head(law))
        yield from self._set(self._history(law, version))
        if version is None:
            yield from self._set([_Line(0, word("none", self.lang, day=self._left(f"{on}")), "bold yellow")])
        else:
            yield from self._set(self._version(version, law, menu))
        yield from self._set(self._end(law))

    def differences(
        self, law: Law, days: tuple[date, date], found: Sequence[Difference], menu: Sequence[Measure] = ()
    ) -> Iterator[Text]:
        """What differs between a law on two days."""
        yield from self._set(self._changes(law, days, found, menu))

    # ------------------------------------------------------------ how lines are set

    @property
    def lang(self) -> str:
        """The language of the page."""
        return self.layout.lang

    def _set(self, lines: Sequence[_Line] | Iterator[_Line]) -> Iterator[Text]:
        for line in lines:
            if not line.words:
                yield Text("")
                continue
            width = max(20, self.layout.width - line.indent)
            for part in Text(line.words, line.style).wrap(self.console, width):
                part.rstrip()
                yield self.layout.of(part, self.lang, line.indent)

    def _left(self, words: str) -> str:
        """What runs from left to right, whatever the page does: dates, ids, citations."""
        return self.layout.isolated(safe(words), "en")

    def _say(self, name: Name) -> str:
        return safe(name.shown(self.lang))

    def _term(self, group: str, key: str) -> str:
        found = self.terms.get(group, {}).get(key)
        return self._say(found.name) if found else self._left(key)

    def _cite(self, cite: Citation | None) -> str:
        """Where it stands, what of it is quoted, and how it was checked."""
        if cite is None:
            return ""
        place = cite.usc or " ".join(part for part in (cite.public_law, cite.section and f"s. {cite.section}") if part)
        if not cite.usc and not cite.public_law:
            place = cite.section or ""
        parts = [self._left(place)]
        parts += [self._left(f"“{cite.quote}”")] if cite.quote else []
        return " · ".join([*parts, self._term("verified", cite.verified.value)])

    def _title(self, key: str) -> Iterator[_Line]:
        yield _Line(0, "")
        yield _Line(0, word(key, self.lang), "bold")

    # ------------------------------------------------------------ the parts of a law

    def _head(self, law: Law) -> Iterator[_Line]:
        one = law.instrument
        yield _Line(0, self._say(one.name), "bold")
        yield _Line(0, f"{self._left(one.id)} · {self._cite(one.cite)}", "dim")
        facts = [f"{word('binds', self.lang)}: {self._term('subjects', one.subject)}"]
        facts.append(f"{word('between', self.lang)}: {country(one.sanctioner, self.lang)}")
        if one.counterpart:
            facts.append(f"{word('counterpart', self.lang)}: {country(one.counterpart, self.lang)}")
        yield _Line(0, " · ".join(facts))

    def _history(self, law: Law, version: Version | None) -> Iterator[_Line]:
        yield from self._title("versions")
        for one in law.instrument.versions:
            note, cite = law.changes[one.valid_from]
            ends = self._left(str(one.valid_to)) if one.valid_to else word("still", self.lang)
            here = f" ({word('shown', self.lang)})" if one is version else ""
            yield _Line(2, f"{self._left(str(one.valid_from))} – {ends}{here}", "bold" if one is version else "")
            yield _Line(4, self._say(note))
            known = f"{word('known_from', self.lang)} {self._left(str(one.known_from))}"
            yield _Line(4, f"{self._cite(cite)} · {known}", "dim")

    def _version(self, version: Version, law: Law, menu: Sequence[Measure]) -> Iterator[_Line]:
        if version.elements:
            yield from self._title("elements")
        for element in version.elements.values():
            yield from self._element(element, law.on_or_after.get(element.id))
        if version.standard and version.consequence:
            yield from self._title("standard")
            standard = self.terms.get("standards", {}).get(version.standard)
            yield _Line(2, self._say(standard.means) if standard else self._left(version.standard))
        if version.rules:
            yield from self._title("rules")
        for key, rule in version.rules.items():
            yield _Line(2, f"{self._term('rules', key)}  [{self._left(key)}]", "bold")
            yield from self._condition(rule, version, 4)
        if version.reliefs:
            yield from self._title("reliefs")
        for relief in version.reliefs.values():
            yield from self._relief(relief, version)
        if version.consequence:
            yield from self._title("consequence")
            yield from self._consequence(version.consequence, menu)
        if law.menu:
            yield from self._title("menu")
            yield from self._menu(law.menu)
        yield from self._lists(version)

    def _element(self, element: Element, on_or_after: date | None = None) -> Iterator[_Line]:
        kind = self._term("kinds", element.kind.value)
        yield _Line(2, f"{self._say(element.name)}  [{self._left(element.id)}]", "bold")
        yield _Line(4, f"{kind} · {self._cite(element.cite)}", "dim")
        yield _Line(4, f"{word('ask', self.lang)}: {self._say(element.ask)}")
        for key, group, names in (
            ("by", "officials", element.by),
            ("list", "lists", (element.listed,) if element.listed else ()),
            ("factors", "factors", element.factors),
        ):
            if names:
                told = " · ".join(self._term(group, one) for one in names)
                yield _Line(4, f"{word(key, self.lang)}: {told}")
        about = self.terms.get("lists", {}).get(element.listed or "")
        if about and self._say(about.warning):
            yield _Line(4, self._say(about.warning), "yellow")
        if on_or_after:
            yield _Line(4, f"{word('on_or_after', self.lang)}: {self._left(str(on_or_after))}")
        if not element.can_become_true:
            yield _Line(4, word("fixed", self.lang))

    def _named(self, key: str, version: Version) -> str:
        """What an element, a rule or a relief is called."""
        if key in version.elements:
            return self._say(version.elements[key].name)
        if key in version.reliefs and key not in version.rules:
            return self._say(version.reliefs[key].name)
        return f"{self._term('rules', key)}  [{self._left(key)}]"

    def _condition(self, given: Condition, version: Version, indent: int, before: str = "· ") -> Iterator[_Line]:
        """A condition as a tree of names."""
        if given.op == "leaf":
            yield _Line(indent, before + self._named(given.id or "", version))
        elif given.op == "not" and given.parts[0].op == "leaf":
            yield _Line(indent, f"{before}{word('not', self.lang)}: {self._named(given.parts[0].id or '', version)}")
        elif not given.parts:
            yield _Line(indent, before + word("never", self.lang))
        else:
            yield _Line(indent, f"{before}{word(given.op, self.lang, n=given.n)}:")
            for part in given.parts:
                yield from self._condition(part, version, indent + 2)
        if given.unless:
            told = " · ".join(self._named(label, version) for label in given.unless)
            yield _Line(indent, f"{before}{word('unless', self.lang)}: {told}")

    def _relief(self, relief: Relief, version: Version) -> Iterator[_Line]:
        yield _Line(2, f"{self._say(relief.name)}  [{self._left(relief.id)}]", "bold")
        yield _Line(4, f"{self._term('reliefs', relief.kind)} · {self._cite(relief.cite)}", "dim")
        yield from self._condition(relief.condition, version, 4)
        if relief.days:
            yield _Line(4, word("days", self.lang, n=relief.days))
        if self._say(relief.notes):
            yield _Line(4, self._say(relief.notes))

    def _consequence(self, given: Consequence, menu: Sequence[Measure]) -> Iterator[_Line]:
        how = word("least", self.lang, n=given.least) if given.least else word("choice", self.lang)
        yield _Line(2, f"{self._term('modals', given.modal)}: {how} · {self._cite(given.cite)}")
        yield from (_Line(4, f"· {self._say(one)}") for one in given.measures)
        if given.menu:
            yield _Line(4, f"{word('menu', self.lang)}: {self._left(given.menu)}", "dim")
            yield from self._menu(menu)

    def _menu(self, menu: Sequence[Measure]) -> Iterator[_Line]:
        for one in menu:
            yield _Line(4, f"({self._left(one.id)}) {self._say(one.name)} · {self._cite(one.cite)}")
            yield from (_Line(6, f"({self._left(part.id)}) {self._say(part.name)}") for part in one.parts)

    def _end(self, law: Law) -> Iterator[_Line]:
        if law.calendar:
            one = law.calendar
            yield from self._title("calendar")
            first, last = (self._left("{:02}-{:02}".format(*day)) for day in (one.first, one.last))
            values = {"days": one.days, "long": one.long_days, "first": first, "last": last}
            values |= {"disapproval": one.after_disapproval, "veto": one.after_veto}
            yield _Line(2, word("review", self.lang, **values))
        if law.notes:
            yield from self._title("notes")
            yield from (_Line(2, f"· {self._say(note)}") for note in law.notes)
        if law.sources:
            yield from self._title("sources")
            yield from (_Line(2, f"· {self._left(source)}", "dim") for source in law.sources.values())
        yield _Line(0, "")
        yield _Line(0, DISCLAIMER[self.lang], "italic")

    # ------------------------------------------------------------ who is on a list

    def _lists(self, version: Version) -> Iterator[_Line]:
        """The dated lists that elements look at: when they grew, and how that is known."""
        for key in dict.fromkeys(one.listed for one in version.elements.values() if one.listed):
            about = self.terms.get("lists", {}).get(key)
            if about is None or not (about.rounds or about.notes):
                continue
            yield from self._title("lists")
            yield _Line(2, f"{self._say(about.name)} · {self._cite(about.cite)}", "bold")
            yield _Line(4, self._say(about.warning), "yellow")
            for one in about.rounds:
                status = word(one.status, self.lang)
                added = self._left(f"{one.day} +{one.added}")
                yield _Line(4, f"{added} · {self._say(one.name)} · {status}")
            yield from (_Line(4, f"· {self._say(note)}") for note in about.notes)

    def names(self, given: Registered) -> Iterator[Text]:
        """The names of the list of specified persons on a day, each with its date and how it is known."""
        yield from self._set(self._names(given))

    def _names(self, given: Registered) -> Iterator[_Line]:
        yield _Line(0, self._say(given.warning), "bold yellow")
        counts = " · ".join(f"{word(key, self.lang)}: {n}" for key, n in sorted(given.statuses.items()))
        yield _Line(0, f"{self._left(str(given.day))}: {len(given.entries)} · {counts}")
        yield _Line(0, "")
        for one in given.entries:
            status = word(one.status, self.lang)
            yield _Line(0, f"{self._left(f'{one.id}  {one.since}')}  {self._say(one.name)} · {status}")
        yield _Line(0, "")
        yield from (_Line(0, f"· {self._say(note)}") for note in given.notes)

    # ------------------------------------------------------------ what an amendment changed

    def _changes(
        self, law: Law, days: tuple[date, date], found: Sequence[Difference], menu: Sequence[Measure]
    ) -> Iterator[_Line]:
        yield from self._head(law)
        before, after = map(law.instrument.at, days)
        for day, version in zip(days, (before, after), strict=True):
            yield _Line(0, "")
            if version is None:
                yield _Line(0, word("none", self.lang, day=self._left(str(day))), "yellow")
                continue
            note, cite = law.changes[version.valid_from]
            held = word("held", self.lang, day=self._left(str(day)), first=self._left(str(version.valid_from)))
            yield _Line(0, held, "bold")
            yield _Line(2, self._say(note))
            yield _Line(2, self._cite(cite), "dim")
        yield _Line(0, "")
        if not found:
            yield _Line(0, word("same", self.lang))
        for one in found:
            yield from self._change(one, law, before, after, menu)
        yield _Line(0, "")
        yield _Line(0, DISCLAIMER[self.lang], "italic")

    def _change(
        self, one: Difference, law: Law, before: Version | None, after: Version | None, menu: Sequence[Measure]
    ) -> Iterator[_Line]:
        became = change(one)
        sign, style = _MARKS[became]
        head = f"{sign} {word(one.part, self.lang)} {word(became, self.lang)}"
        version = before if became == "removed" else after
        name = f": {self._named(one.id, version)}" if version and one.part not in _SINGLE else ""
        if one.part in ("element", "relief"):
            name += f"  [{self._left(one.id)}]"
        yield _Line(0, head + name, style)
        both = became == "changed"
        for key, side, version in (("before", one.before, before), ("after", one.after, after)):
            if side is None or version is None:
                continue
            if both:
                yield _Line(2, f"{word(key, self.lang)}:", "dim")
            if isinstance(side, Condition):
                yield from self._condition(side, version, 4)
            elif isinstance(side, Relief):
                yield from [*self._relief(side, version)][1:]
            elif isinstance(side, Element):
                yield from [*self._element(side, law.on_or_after.get(side.id))][1:]
            elif isinstance(side, Consequence):
                yield from self._consequence(side, menu)
            else:
                yield _Line(4, self._term("standards", side))
