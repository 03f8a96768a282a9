"""A brief of a pair as an object of JSON, from which its text and its page are made: all three say the same.

What the time lacks is said in ``lacks``, what is not known in ``limits`` of the coverage: no news is said, and not
left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.export.acts_table import called
from marsad.export.brief_shown import Brief, Denial, Statement
from marsad.export.changes import change_rows
from marsad.export.course import rung_record
from marsad.export.finding import finding_record
from marsad.export.finding_shown import Shown
from marsad.export.finding_words import element_name, entity_name, label_words, short
from marsad.export.labels import act, country, label, level
from marsad.export.law_record import DISCLAIMER
from marsad.export.quotes import quotation_record
from marsad.export.rows import Sentences, clean
from marsad.types import Change, Ladder, Reached, Report, Standing
from marsad.types.law import Label, Truth

#: Labels under which something may still be missing: nobody has decided yet.
OPEN = (Label.NOT_ENGAGED, Label.PARTLY_PRESENT, Label.ARGUABLY_MET)


@cache
def _words() -> Mapping[str, Any]:
    table: Mapping[str, Any] = tomllib.loads(files("marsad.export").joinpath("brief.toml").read_text(encoding="utf-8"))
    return table


def word(key: str, lang: str, **given: object) -> str:
    """A word or a sentence of a brief in one language; ``lacks.quiet`` is one of a group.

    >>> word("articles", "en", n=3)
    'Articles: 3'
    """
    group, _, rest = key.rpartition(".")
    found: Mapping[str, str] = (_words()[group] if group else _words())[rest]
    return found[lang].format(**given)


def brief_record(brief: Brief, lang: str = "en") -> dict[str, Any]:
    """The object of JSON for a brief; what is ours in ``lang``, sentences as they were printed."""
    one, other = (called(side, lang) or side for side in (brief.one, brief.other))
    return {
        "kind": "brief",
        "one": brief.one,
        "one_name": one,
        "other": brief.other,
        "other_name": other,
        "sanctioner": brief.sanctioner,
        "sanctioner_name": country(brief.sanctioner, lang) if brief.sanctioner else None,
        "title": word("title", lang, one=one, other=other),
        "since": brief.since,
        "until": brief.until,
        "standing": list(_standings(brief, lang)),
        "rungs": [_rung(each, brief, lang) for each in brief.course.reached],
        "changes": [_change(each, lang) for each in brief.changes],
        "statements": [_statement(each, lang) for each in brief.statements],
        "denials": [_denial(each, lang) for each in brief.denials],
        "findings": [_finding(each, brief, lang) for each in brief.findings],
        "coverage": {
            "articles": brief.coverage.articles,
            "sources": brief.coverage.sources,
            "countries": dict(brief.coverage.countries),
            "missing": list(brief.coverage.missing),
            "waiting": brief.waiting,
            "limits": list(limits(brief, lang)),
        },
        "quiet": brief.is_quiet,
        "lacks": list(lacks(brief, lang)),
        "disclaimer": DISCLAIMER[lang],
    }


def lacks(brief: Brief, lang: str) -> Iterator[str]:
    """What there is nothing of in the time, each in a sentence; of nothing at all, that first."""
    there = {
        "rungs": brief.course.reached,
        "changes": brief.changes,
        "statements": brief.statements,
        "denials": brief.denials,
        "findings": brief.findings or brief.sanctioner is None,
    }
    if brief.is_quiet:
        yield word("lacks.quiet", lang)
    yield from (word(f"lacks.{key}", lang) for key, found in there.items() if not found)


def limits(brief: Brief, lang: str) -> Iterator[str]:
    """What is not known here, and why, each in a sentence."""
    if not brief.coverage.articles:
        yield word("lacks.read", lang)
    elif brief.coverage.missing:
        comma = "، " if lang == "ar" else ", "
        yield word("lacks.none_from", lang, list=comma.join(country(side, lang) for side in brief.coverage.missing))
    if brief.sanctioner is None:
        yield word("lacks.sanctioner", lang)
    if brief.waiting:
        yield word("lacks.waiting", lang, n=brief.waiting)
    if brief.cut:
        yield word("lacks.cut", lang)
    yield word("lacks.unread", lang)


# --- where they stand, and what moved --------------------------------------------------------------------------------


def _standings(brief: Brief, lang: str) -> Iterator[dict[str, Any]]:
    """A ladder each: rapprochement always, warning where there is a sanctioner, relief where any was given."""
    for ladder in Ladder:
        now, then = brief.course.standing.get(ladder), brief.before.get(ladder)
        if ladder is Ladder.R and not now and not then:
            continue
        if ladder is Ladder.W and brief.sanctioner is None:
            continue
        highest = now.highest if now else None
        yield {
            "ladder": ladder.value,
            "name": label("ladder", ladder.value, lang),
            "highest": _rung(highest, brief, lang) if highest else None,
            "since": now.since if now else None,
            "days": now.days if now else None,
            "before": _brief(then.highest, lang) if then and then.highest else None,
            "moved": _moved(now, then),
            "unconfirmed": _brief(now.unconfirmed, lang) if now and now.unconfirmed else None,
            "latest": _brief(now.latest, lang) if now and now.latest else None,
        }


def _moved(now: Standing | None, then: Standing | None) -> str:
    """What became of the highest confirmed rung: ``first``, ``up``, ``down``, ``same`` or ``none_yet``."""
    new, old = (one.highest.effective if one and one.highest else None for one in (now, then))
    if new == old:
        return "none_yet" if new is None else "same"
    if old is None:
        return "first"
    return "up" if new is not None and new > old else "down"


def _brief(one: Reached, lang: str) -> dict[str, Any]:
    rung = one.rung
    return {"id": one.id, "rung": rung.name, "name": level(rung.ladder, rung.level, lang), "day": rung.day}


def _rung(one: Reached, brief: Brief, lang: str) -> dict[str, Any]:
    """The record of a rung with what is shown of it in words."""
    rung, seen = one.rung, brief.cited.get(one.rung.id)
    speaker = rung.speaker.actor if rung.speaker else None
    return {
        **rung_record(one, brief.cited, lang),
        "status": rung.status.value,
        "status_text": label("status", rung.status.value, lang),
        "voice_text": label("voice", rung.voice.value, lang),
        "turn_text": label("turn", rung.turn.value, lang),
        "speaker_name": called(speaker, lang) or None if speaker else None,
        "language": seen.article.language if seen else None,
        "title": clean(seen.article.title.of(seen.article.text)) if seen and seen.article.title else None,
    }


def _change(one: Change, lang: str) -> dict[str, Any]:
    sides = {"one": called(one.source, lang) or one.source, "other": called(one.target, lang) or one.target}
    rates = {"before": f"{one.before:.2f}", "after": f"{one.after:.2f}"}
    key = "change_more" if one.after > one.before else "change_less"
    quad = label("quad", one.quad, lang)
    (row,) = change_rows([one])
    return {**row, "text": word(key, lang, quad=quad, **sides, **rates)}


# --- what was said and denied ----------------------------------------------------------------------------------------


def _statement(one: Statement, lang: str) -> dict[str, Any]:
    speaker, report = one.quoted.speaker, one.quoted.first
    actor = speaker.actor if speaker else None
    return {
        **quotation_record(one.quoted),
        "speaker_name": called(actor, lang) or None if actor else None,
        "official": one.official,
        "voice": report.event.voice.value,
        "voice_text": label("voice", report.event.voice.value, lang),
        "status": report.event.status.value,
        "status_text": label("status", report.event.status.value, lang),
        "event": report.event.id,
        "source_name": _publisher(report),
    }


def _denial(one: Denial, lang: str) -> dict[str, Any]:
    return {"denial": _told(one.denial, lang), "claims": [_told(each, lang) for each in one.claims]}


def _told(report: Report, lang: str) -> dict[str, Any]:
    """A report with its sentence, and what its event is."""
    event, article = report.event, report.article
    speaker = event.speaker
    actor = speaker.actor if speaker else None
    return {
        "event": event.id,
        "occurrence": report.occurrence,
        "type": event.type.value,
        "act": act(event.type, event.mode, lang),
        "status": event.status.value,
        "status_text": label("status", event.status.value, lang),
        "voice": event.voice.value,
        "voice_text": label("voice", event.voice.value, lang),
        "speaker": clean(speaker.span.of(article.text)) if speaker else None,
        "speaker_name": called(actor, lang) or None if actor else None,
        "sentence": Sentences().of(report),
        "language": article.language,
        "article": article.id,
        "url": article.url,
        "source_name": _publisher(report),
        "published": article.published,
        "day": event.day,
    }


def _publisher(report: Report) -> str:
    """Who printed an article, else where it stands."""
    named = report.source.name or report.source.id if report.source else report.article.source
    return named or report.article.url or str(report.article.given or report.article.id)


# --- what laws come to -----------------------------------------------------------------------------------------------


def _finding(shown: Shown, brief: Brief, lang: str) -> dict[str, Any]:
    """A finding in short: label, what is missing, and the next dates of its calendar."""
    finding, version = shown.finding, shown.version
    whole = finding_record(shown, lang)
    dates = [{"day": finding.deadline, "what": "review", "text": word("runs", lang, day=finding.deadline)}]
    dates = dates if finding.deadline else []
    for fact in finding.facts:
        if fact.truth is Truth.TRUE and fact.until and fact.until >= brief.until:
            what = element_name(fact.element, version, lang)
            text = word("ends", lang, day=fact.until, what=what)
            dates.append({"day": fact.until, "what": fact.element, "text": text})
    sets = whole["missing"]["sets"]
    return {
        "instrument": finding.instrument,
        "law": short(shown.law.instrument.name.shown(lang)),
        "entity": finding.entity,
        "entity_name": entity_name(shown, lang),
        "as_of": finding.as_of,
        "known_on": finding.known_on,
        "label": finding.label.value,
        "label_text": label_words(finding.label, lang),
        "missing": [[{"element": part["element"], "value": part["value"], "name": part["name"],
                      "value_text": part["value_text"]} for part in one] for one in sets],
        "missing_text": _missing(sets, whole["missing"]["note"], lang) if finding.label in OPEN else None,
        "dates": sorted(dates, key=lambda one: str(one["day"])),
        "decides": whole["decides"]["lines"],
    }  # fmt: skip


def _missing(sets: list[list[dict[str, Any]]], note: str | None, lang: str) -> str:
    """The shortest set of what is missing in words, and how many other ways there are."""
    if not sets:
        return note or word("missing_none", lang)
    semicolon = "؛ " if lang == "ar" else "; "
    names = [one["name"] if one["value"] else f"{one['name']} ({one['value_text']})" for one in sets[0]]
    told = word("missing", lang, list=semicolon.join(names))
    return f"{told} · {word('ways', lang, n=len(sets) - 1)}" if len(sets) > 1 else told
