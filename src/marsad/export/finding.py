"""A finding as an object of JSON, from which the lines of a terminal and the page are made: all three say the same.

Each node of the tree has its clause and how that was checked; each fact its claims, and each claim the sentences that
it rests on, with their articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from marsad.assess.factors import AGAINST
from marsad.export.course import rung_record
from marsad.export.finding_shown import Quoted, Shown, by_label
from marsad.export.finding_words import (
    cited_as,
    claim_words,
    element_name,
    entity_name,
    label_words,
    node_name,
    paragraph,
    state_title,
    truth_words,
    word,
)
from marsad.export.labels import label
from marsad.export.precedents import like_record
from marsad.knowledge.instruments import review, term
from marsad.knowledge.listed import listed
from marsad.knowledge.precedents import precedents
from marsad.relate.precedents import Like
from marsad.types.law import Citation, Claim, Element, ElementKind, Fact, Step, Truth, Version

#: So many of the sets of what is missing are shown.
SETS = 10


def finding_record(shown: Shown, lang: str = "en") -> dict[str, Any]:
    """The object of JSON for a finding; names and sentences in ``lang``, the paragraph in both languages."""
    finding, version = shown.finding, shown.version
    return {
        "kind": "finding",
        "instrument": finding.instrument,
        "law": shown.law.instrument.name.shown(lang),
        "cite": citation_record(shown.law.instrument.cite, lang),
        "entity": finding.entity,
        "entity_name": entity_name(shown, lang),
        "as_of": finding.as_of,
        "known_on": finding.known_on,
        "label": finding.label.value,
        "label_text": label_words(finding.label, lang),
        "paragraph": {each: paragraph(shown, each) for each in ("ar", "en")},
        "version": _version(shown, version, lang),
        "tree": _node(finding.tree, shown, version, lang),
        "facts": [fact_record(fact, shown, lang) for fact in finding.facts],
        "missing": _missing(shown, version, lang),
        "decides": _decides(shown, version, lang),
        "measures": _measures(shown, version, lang),
        "steps": [rung_record(one, shown.cited, lang) for one in shown.steps],
        "signals": [rung_record(one, shown.cited, lang) for one in shown.signals],
        "readings": [rung_record(one, shown.cited, lang) for one in shown.readings],
        "precedents": [_case(role, one, rank, lang) for rank, (role, one) in enumerate(shown.cases, 1)],
        "precedents_note": label("precedent", "small", lang) if shown.likes else None,
        "notes": [note.shown(lang) for note in finding.notes],
        "sources": list(shown.law.instrument.sources),
        "disclaimer": word("disclaimer", lang),
    }


def state_record(state: str, shown: Sequence[Shown], lang: str = "en") -> dict[str, Any]:
    """The object of JSON for a state: each of its entities for itself, the furthest first; nothing is added up."""
    ordered = by_label(shown)
    return {
        "kind": "state",
        "state": state,
        "title": state_title(state, ordered, lang),
        "entities": [
            {
                "entity": one.finding.entity,
                "entity_name": entity_name(one, lang),
                "instrument": one.finding.instrument,
                "law": one.law.instrument.name.shown(lang),
                "label": one.finding.label.value,
                "label_text": label_words(one.finding.label, lang),
            }
            for one in ordered
        ],
        "note": word("unsummed", lang),
        "findings": [finding_record(one, lang) for one in ordered],
        "disclaimer": word("disclaimer", lang),
    }


def citation_record(cite: Citation | None, lang: str) -> dict[str, Any] | None:
    """Where something stands, in words, and how that was checked."""
    if cite is None:
        return None
    return {
        "text": cited_as(cite),
        "usc": cite.usc,
        "public_law": cite.public_law,
        "section": cite.section,
        "quote": cite.quote,
        "verified": cite.verified.value,
        "verified_text": term("verified", cite.verified.value).name.shown(lang),
        "sources": list(cite.sources),
    }


def _version(shown: Shown, version: Version | None, lang: str) -> dict[str, Any] | None:
    if version is None:
        return None
    changed = shown.law.changes.get(version.valid_from)
    return {
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "known_from": version.known_from,
        "note": changed[0].shown(lang) if changed else None,
        "cite": citation_record(changed[1], lang) if changed else None,
        "standard": version.standard,
    }


# ------------------------------------------------------------------ the tree and its facts


def _node(step: Step, shown: Shown, version: Version | None, lang: str) -> dict[str, Any]:
    element = version.elements.get(step.id) if version and step.op == "element" else None
    parts = [_node(part, shown, version, lang) for part in step.parts]
    exceptions = [_node(part, shown, version, lang) for part in step.exceptions]
    facts = [fact_record(fact, shown, lang) for fact in step.facts] if element else []
    return {
        "id": step.id,
        "op": step.op,
        "n": step.n or None,
        "name": node_name(step, shown, version, lang),
        "truth": step.truth.value,
        "truth_text": truth_words(step.truth, element, version, lang),
        "cite": citation_record(step.cite, lang),
        "ask": element.ask.shown(lang) if element else None,
        "told": _told(step, version),
        "facts": facts,
        "parts": parts,
        "exceptions": exceptions,
    }


def _told(step: Step, version: Version | None) -> bool:
    """Whether anything was told of a node: of a relief, that an official did something towards it, or that it holds."""
    if version and step.id in version.reliefs:
        return step.truth is Truth.TRUE or any(_official(fact, version) for fact in _inside(step))
    if step.op == "element":
        return bool(step.facts)
    return any(_told(one, version) for one in (*step.parts, *step.exceptions))


def _inside(step: Step) -> Iterator[Fact]:
    """The facts of all elements under a node."""
    if step.op == "element":
        yield from step.facts
    for one in (*step.parts, *step.exceptions):
        yield from _inside(one)


def _official(fact: Fact, version: Version) -> bool:
    element = version.elements.get(fact.element)
    # That sanctions were imposed is told of them, not of what would lift them.
    return element is not None and element.kind is ElementKind.OFFICIAL_ACT and fact.element != "imposed"


def fact_record(fact: Fact, shown: Shown, lang: str) -> dict[str, Any]:
    """The object of JSON for a fact, with what each claim rests on."""
    version = shown.version
    element = version.elements.get(fact.element) if version else None
    return {
        "element": fact.element,
        "name": element_name(fact.element, version, lang),
        "kind": element.kind.value if element else None,
        "entity": fact.entity,
        "truth": fact.truth.value,
        "truth_text": truth_words(fact.truth, element, version, lang),
        "by": fact.by,
        "by_text": word(_BY.get(fact.by, "machine"), lang),
        "since": fact.since,
        "until": fact.until,
        "known": fact.known,
        "note": fact.note.shown(lang) or None,
        "claims": [_claim(claim, shown, lang) for claim in fact.claims],
        "factors": [
            {
                "factor": key,
                "name": term("factors", key).name.shown(lang),
                "claims": [{**_claim(claim, shown, lang), "weighs": _weighs(key, claim)} for claim in claims],
            }
            for key, claims in fact.factors.items()
        ],
    }


_BY = {"events": "machine", "list": "list_source", "curated": "curated", "judgement": "judged",
       "calendar": "calendar", "what-if": "supposed"}  # fmt: skip


def _weighs(factor: str, claim: Claim) -> str:
    return "for" if claim.holds is not (factor in AGAINST) else "against"


def _claim(claim: Claim, shown: Shown, lang: str) -> dict[str, Any]:
    return {
        "holds": claim.holds,
        "note": claim.note or None,
        "note_text": claim_words(claim.note, lang),
        "voice": claim.voice.value,
        "voice_text": label("voice", claim.voice.value, lang),
        "speaker": claim.speaker,
        "official": claim.official,
        "day": claim.day,
        "evidence": list(claim.evidence),
        "sentences": list(_sentences(claim.evidence, shown, lang)),
    }


def _sentences(evidence: Iterable[str], shown: Shown, lang: str) -> Iterator[dict[str, Any]]:
    """The sentences, the entries of a list and the precedents behind ids of evidence; an id without any gives none."""
    entries = {entry.id: entry for entry in listed()}
    cases = {case.id: case for case in precedents()}
    told: set[tuple[str, str | None]] = set()
    for one in evidence:
        quote = shown.quotes.get(one) or (Quoted.of(shown.cited[one]) if one in shown.cited else None)
        if quote and (quote.words, quote.article) in told:
            continue  # a rung and its event stand in one sentence
        if quote:
            told.add((quote.words, quote.article))
            yield {
                "id": one, "kind": "sentence", "words": quote.words, "language": quote.language,
                "publisher": quote.publisher, "url": quote.url, "published": quote.published, "article": quote.article,
            }  # fmt: skip
        elif one in entries:
            entry = entries[one]
            yield {"id": one, "kind": "list", "words": entry.name.shown(lang), "since": entry.since,
                   "status": entry.status, "url": entry.source or None}  # fmt: skip
        elif one in cases:
            yield {"id": one, "kind": "precedent", "words": cases[one].name.shown(lang)}


# ------------------------------------------------------------------ what is missing, who decides, what may follow


def _missing(shown: Shown, version: Version | None, lang: str) -> dict[str, Any]:
    missing = shown.finding.missing

    def told(given: Mapping[str, bool]) -> list[dict[str, Any]]:
        return [
            {
                "element": key,
                "value": value,
                "value_text": word("would_be_true" if value else "would_be_false", lang),
                "name": element_name(key, version, lang),
                "ask": version.elements[key].ask.shown(lang) if version and key in version.elements else None,
            }
            for key, value in given.items()
        ]

    sets = [told(one) for one in missing.to_hold[:SETS]]
    note = None
    if version is not None and not missing.to_hold:
        note = word("missing_none", lang)
    elif sets and not sets[0]:
        note, sets = word("missing_met", lang), []
    elif missing.cut or len(missing.to_hold) > SETS:
        note = word("missing_cut", lang)
    return {
        "rule": missing.rule or None,
        "sets": sets,
        "count": len(missing.to_hold),
        "fails": [told(one) for one in missing.to_fail[:SETS]],
        "fails_count": len(missing.to_fail),
        "cut": missing.cut,
        "note": note,
    }


def _decides(shown: Shown, version: Version | None, lang: str) -> dict[str, Any]:
    """Who can perform the acts that decide, and by when."""
    finding = shown.finding
    acts = [version.elements[key] for key in ("determined", "imposed") if key in version.elements] if version else []
    lines = [_may(element, lang) for element in acts]
    if finding.deadline:
        lines.append(word("runs", lang, day=finding.deadline))
    elif acts:
        lines.append(word("no_deadline", lang))
    if version and "review_passed" in version.elements and not finding.deadline:
        last = review(finding.as_of)
        days = (last - finding.as_of).days + 1
        lines.append(word("review", lang, day=finding.as_of, last=last, days=days))
    return {
        "acts": [{"element": element.id, "name": element.name.shown(lang), "by": list(element.by)} for element in acts],
        "deadline": finding.deadline,
        "lines": lines,
    }


def _may(element: Element, lang: str) -> str:
    comma = "، " if lang == "ar" else ", "
    who = comma.join(term("officials", one).name.shown(lang) for one in element.by)
    return word("may_perform", lang, act=element.name, who=who)


def _case(role: str, one: Like, rank: int, lang: str) -> dict[str, Any]:
    case = one.precedent
    return {
        **like_record(one, rank),
        "role": role,
        "role_text": word(f"role_{role}", lang),
        "title": case.name.shown(lang),
        "outcome_text": label("outcome", case.outcome, lang),
        "next": [
            {"rung": step.step.rung, "day": step.step.day, "about": step.about, "text": step.step.text.shown(lang)}
            for step in (one.next_stage, one.next_signal)
            if step
        ],
    }


def _measures(shown: Shown, version: Version | None, lang: str) -> dict[str, Any] | None:
    consequence = version.consequence if version else None
    if consequence is None:
        return None
    chosen = [
        {
            "id": measure.id,
            "name": measure.name.shown(lang),
            "only": measure.only,
            "cite": citation_record(measure.cite, lang),
            "parts": [{"id": part.id, "name": part.name.shown(lang)} for part in measure.parts],
        }
        for measure in shown.measures
    ]
    plain: dict[str, Any] = {"id": None, "only": None, "cite": None, "parts": []}
    named = [{**plain, "name": name.shown(lang)} for name in consequence.measures]
    key = "menu_least_shall" if consequence.modal == "shall" and consequence.least else "menu_least_may"
    return {
        "modal": consequence.modal,
        "least": consequence.least,
        "text": word(key, lang, least=consequence.least) if key == "menu_least_shall" else word(key, lang),
        "cite": citation_record(consequence.cite, lang),
        "list": chosen or named,
    }
