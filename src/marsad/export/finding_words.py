"""The words of a finding: its paragraph in Arabic or English, made from templates, and what its parts are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from marsad.export.acts_table import called
from marsad.export.labels import country, label, level
from marsad.knowledge.countries import countries
from marsad.knowledge.instruments import term, terms
from marsad.knowledge.listed import listed
from marsad.knowledge.precedents import precedents
from marsad.knowledge.templates import UNTOLD, places, sentence
from marsad.types import Ladder, Name, Reached, Voice
from marsad.types.law import Citation, Condition, Element, ElementKind, Fact, Label, Step, Truth, Version

if TYPE_CHECKING:
    from marsad.export.finding_shown import Shown
    from marsad.relate.precedents import Like

_UNNAMED = "?"
#: So many precedents are named in the paragraph.
_NAMED = 3
_ALIKE = {Truth.TRUE: 0, Truth.CONTESTED: 1, Truth.UNKNOWN: 2, Truth.FALSE: 3}
#: Labels under which no official act is known.
_OPEN = (Label.NOT_ENGAGED, Label.PARTLY_PRESENT, Label.ARGUABLY_MET)


def word(key: str, lang: str, **given: object) -> str:
    """A heading or a word of a finding."""
    return sentence("word", key, lang, **given)


# ------------------------------------------------------------------ what things are called


def entity_name(shown: Shown, lang: str) -> str:
    """What the entity is called; of one that nobody names, that nobody does."""
    entity = shown.finding.entity
    state, _, rest = entity.partition(".")
    if rest == _UNNAMED:
        return word("unnamed_agency", lang, state=country(state, lang))
    return called(entity, lang) or shown.name.shown(lang) or entity


def state_title(state: str, shown: Sequence[Shown], lang: str) -> str:
    """What the page of a state is called."""
    laws = list(dict.fromkeys(short(one.law.instrument.name.shown(lang)) for one in shown))
    named = country(state, lang) if state in countries() else state
    return word("state_page", lang, state=named, law=_comma(lang).join(laws))


def cited_as(cite: Citation) -> str:
    """A citation in one line: code, public law, section."""
    law = cite.public_law
    if cite.section:
        law = f"{law} s.{cite.section}" if law else cite.section
    return " · ".join(part for part in (cite.usc, law) if part)


def short(name: str) -> str:
    """The name of a law without what it is about: what stands before the colon.

    >>> short("CAATSA section 231: significant transactions")
    'CAATSA section 231'
    """
    return name.partition(":")[0]


def label_words(of: Label, lang: str) -> str:
    """What a label is called."""
    return sentence("label_text", of.value, lang)


def element_name(key: str, version: Version | None, lang: str) -> str:
    """What an element is called; its id where the version has none."""
    element = version.elements.get(key) if version else None
    return element.name.shown(lang) if element else key


def node_name(step: Step, shown: Shown, version: Version | None, lang: str) -> str:
    """What a node of the tree is called: an element, a rule, a relief, or how its parts are joined."""
    if step.op == "finding":
        return shown.law.instrument.name.shown(lang)
    if version and step.id in version.elements:
        return version.elements[step.id].name.shown(lang)
    if version and step.id in version.reliefs:
        return version.reliefs[step.id].name.shown(lang)
    if step.id in terms("rules"):
        return term("rules", step.id).name.shown(lang)
    return sentence("op", step.op, lang, **({"n": step.n} if step.op == "at_least" else {})) or step.id


def truth_words(truth: Truth, element: Element | None, version: Version | None, lang: str) -> str:
    """A value in words: of an open texture how it is argued; of an act that may still come, that it is not yet."""
    if element and element.kind is ElementKind.OPEN_TEXTURE:
        return sentence("truth_open", truth.value, lang)
    acts = _leaves(version, "act") if version else []
    open_ = element and element.can_become_true and (element.kind is ElementKind.OFFICIAL_ACT or element.id in acts)
    key = "false_open" if truth is Truth.FALSE and open_ else truth.value
    return sentence("truth", key, lang)


def claim_words(note: str, lang: str) -> str | None:
    """What a claim says, by its note: a key, or a key and what it is of, behind a colon."""
    key, _, of = note.partition(":")
    if not key:
        return None
    return sentence("claim", key, lang, **({"of": _of(key, of, lang)} if "of" in places("claim", key, lang) else {}))


def _of(key: str, of: str, lang: str) -> str:
    if key in ("listed", "public_list"):
        return next((entry.name.shown(lang) for entry in listed() if entry.id == of), of)
    if key.startswith("precedent"):
        return next((case.name.shown(lang) for case in precedents() if case.id == of), of)
    if key in ("tie", "class"):
        return label("tie" if key == "tie" else "item-class", of, lang)
    if key == "category":
        return sentence("category", of, lang)
    if key in ("signal", "warned"):
        return of
    return called(of, lang) or of


# ------------------------------------------------------------------ the paragraph


def paragraph(shown: Shown, lang: str) -> str:
    """The finding in one paragraph of plain sentences, each from a template."""
    return " ".join(_sentences(shown, lang))


def _sentences(shown: Shown, lang: str) -> Iterator[str]:
    finding, version = shown.finding, shown.version

    def told(key: str, **given: object) -> str:
        return sentence("paragraph", key, lang, **given)

    same = finding.as_of == finding.known_on
    yield told("when_same", day=finding.as_of) if same else told("when", day=finding.as_of, known=finding.known_on)
    law, who = short(shown.law.instrument.name.shown(lang)), entity_name(shown, lang)
    yield sentence("label", finding.label.value, lang, law=law, who=who)
    if version is None:
        yield told("no_version")
        return
    if finding.label in _OPEN:
        yield from _elements(shown, version, lang)
        yield from _missing(shown, version, lang)
        yield told("acts_none")
    for key in ("determined", "imposed"):
        fact = shown.fact.get(key)
        if fact and fact.truth in (Truth.TRUE, Truth.CONTESTED) and not _without(fact.note):
            yield told("official", act=element_name(key, version, lang), note=fact.note)
    if finding.reliefs:
        names = [version.reliefs[key].name.shown(lang) for key in finding.reliefs if key in version.reliefs]
        yield told("relief", list=_comma(lang).join(names))
    yield from _signals(shown, lang)
    yield from _precedents(shown, lang)
    if finding.deadline:
        yield told("deadline", day=finding.deadline)
    yield from (note.shown(lang) for note in finding.notes)


def _elements(shown: Shown, version: Version, lang: str) -> Iterator[str]:
    """What of the act, the person and the counterparty is known."""
    facts = shown.fact
    act = _first(_leaves(version, "act"), facts)
    if act is None or _without(act.note):
        yield sentence("paragraph", "act_unread", lang)
    else:
        yield sentence("paragraph", f"act_{act.truth.value}", lang, note=act.note)
    if shown.finding.entity.endswith(f".{_UNNAMED}"):
        yield sentence("paragraph", "person_unknown", lang)
    other = _first(_leaves(version, "counterparty"), facts)
    if other and other.truth is not Truth.UNKNOWN:
        yield sentence("paragraph", f"with_{other.truth.value}", lang, why=_why(other, lang))


def _why(fact: Fact, lang: str) -> str:
    """What the claims that a value rests on say, each once; what the fact itself says where there are none."""
    those = [one for one in fact.claims if fact.truth is Truth.CONTESTED or one.holds is (fact.truth is Truth.TRUE)]
    told = [words for one in those if (words := claim_words(one.note, lang))]
    told = told or [fact.note.shown(lang) or truth_words(fact.truth, None, None, lang)]
    return _semicolon(lang).join(dict.fromkeys(told))


def _missing(shown: Shown, version: Version, lang: str) -> Iterator[str]:
    missing = shown.finding.missing
    if not missing.to_hold or not missing.to_hold[0]:
        return
    first = [_would(key, value, version, lang) for key, value in missing.to_hold[0].items()]
    key = "missing" if missing.rule == "exposure" else "missing_duty"
    yield sentence("paragraph", key, lang, list=_semicolon(lang).join(first))
    others = len(missing.to_hold) - 1
    if others:
        yield sentence("paragraph", "missing_more" if missing.cut else "missing_others", lang, count=others)


def _would(key: str, value: bool, version: Version, lang: str) -> str:
    name = element_name(key, version, lang)
    told = f"«{name}»" if lang == "ar" else f"“{name}”"
    return told if value else f"{told} ({word('would_be_false', lang)})"


def _precedents(shown: Shown, lang: str) -> Iterator[str]:
    """The nearest cases that were carried through, and those on the same rung."""
    cases = shown.cases
    carried = [one for role, one in cases if role in ("spared", "measures")]
    there = [one for role, one in cases if role == "stood"][:_NAMED]
    if carried:
        told = [f"{one.precedent.name.shown(lang)} ({_outcome(one, lang)})" for one in carried]
        yield sentence("paragraph", "carried", lang, list=_semicolon(lang).join(told))
    if there:
        names = [one.precedent.name.shown(lang) for one in there]
        yield sentence("paragraph", "precedents", lang, list=_semicolon(lang).join(names))


def _outcome(one: Like, lang: str) -> str:
    return label("outcome", one.precedent.outcome, lang)


def _signals(shown: Shown, lang: str) -> Iterator[str]:
    """The highest signal in the sanctioner's own words, a higher one that is only reported, what is read into it."""
    sure = [one for one in shown.signals if one.rung.ladder is Ladder.W and one.confirmed]
    own = [one for one in sure if one.rung.voice in (Voice.VERBATIM, Voice.PARAPHRASE)]
    said = max(own, key=_height, default=None)
    told = max((one for one in sure if one not in own), key=_height, default=None)
    if said:
        voice = label("voice", said.rung.voice.value, lang)
        yield sentence("paragraph", "signal", lang, **_signal(said, lang), voice=voice)
    if told and (said is None or told.effective > said.effective):
        yield sentence("paragraph", "signal_told", lang, **_signal(told, lang))
    warned = [one for one in shown.readings if one.rung.ladder is Ladder.W]
    if warned:
        yield sentence("paragraph", "reading", lang, rung=f"W{max(one.effective for one in warned)}")


def _signal(one: Reached, lang: str) -> dict[str, object]:
    rung = one.rung
    return {
        "who": country(rung.sanctioner or "", lang),
        "rung": rung.name,
        "name": level(Ladder.W, rung.level, lang),
        "day": rung.day or UNTOLD,
    }


def _height(one: Reached) -> tuple[int, str, str]:
    return one.effective, one.rung.day.isoformat() if one.rung.day else "", one.id


def _first(keys: Sequence[str], facts: Mapping[str, Fact]) -> Fact | None:
    """Of the facts of some elements the one that speaks most for it."""
    return min((facts[key] for key in keys if key in facts), key=lambda fact: _ALIKE[fact.truth], default=None)


def _leaves(version: Version, rule: str) -> list[str]:
    """The elements that a rule names, itself or through rules that it names."""

    def walk(condition: Condition) -> Iterator[str]:
        if condition.op == "leaf" and condition.id in version.rules:
            yield from walk(version.rules[str(condition.id)])
        elif condition.op == "leaf":
            yield str(condition.id)
        for part in condition.parts:
            yield from walk(part)

    return list(dict.fromkeys(walk(version.rules[rule]))) if rule in version.rules else []


def _without(name: Name) -> bool:
    return not (name.ar or name.en)


def _semicolon(lang: str) -> str:
    return "؛ " if lang == "ar" else "; "


def _comma(lang: str) -> str:
    return "، " if lang == "ar" else ", "
