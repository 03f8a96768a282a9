"""A screening for a terminal, as objects of JSON and as a table: each decision with the entries, and why.

The words that the table shows have one meaning each: a decision, what a name is on its list, what keeps a decision
below a match. Scores are of names, never a likelihood that somebody is sanctioned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from marsad.assess.screen import Check, Decision, Hit, Screened, Verdict
from marsad.export.rows import cell
from marsad.export.safe import for_terminal as safe
from marsad.text.names import Part
from marsad.types.lists import ListVersion

#: Every word of a screening in both languages of the interface.
WORDS: Mapping[str, Mapping[str, str]] = {
    "match": {"en": "match", "ar": "تطابق"},
    "possible": {"en": "possible", "ar": "محتمل"},
    "no match": {"en": "no match", "ar": "لا تطابق"},
    "not screened": {"en": "not screened", "ar": "لم يُفحص"},
    "primary": {"en": "primary name", "ar": "الاسم الأول في القائمة"},
    "strong": {"en": "alias", "ar": "اسم آخر"},
    "weak": {"en": "weak alias", "ar": "اسم آخر ضعيف"},
    "person": {"en": "person", "ar": "شخص"},
    "entity": {"en": "entity", "ar": "كيان"},
    "vessel": {"en": "vessel", "ar": "سفينة"},
    "aircraft": {"en": "aircraft", "ar": "طائرة"},
    "listed": {"en": "listed", "ar": "أُدرج"},
    "why": {"en": "why", "ar": "لماذا"},
    "against": {"en": "against it", "ar": "ما يخالفه"},
    "single": {"en": "a single name", "ar": "اسم مفرد"},
    "contained": {"en": "one name is a part of the other", "ar": "أحد الاسمين جزء من الآخر"},
    "born": {"en": "date of birth", "ar": "تاريخ الميلاد"},
    "country": {"en": "country", "ar": "الدولة"},
    "type": {"en": "type", "ar": "النوع"},
    "agrees": {"en": "agrees", "ar": "يوافق"},
    "close": {"en": "close", "ar": "قريب"},
    "contradicts": {"en": "contradicts", "ar": "يخالف"},
    "asked": {"en": "Screened as of", "ar": "فُحص كما في يوم"},
    "shipped": {"en": "shipped with Marsad, an extract", "ar": "مرفقة مع مرصد، مستخرج"},
    "late": {
        "en": "not screened against, no version of that day or before",
        "ar": "لم يُفحص عليها، إذ لا نسخة لذلك اليوم ولا لما قبله",
    },
    "unread": {"en": "could not be read", "ar": "تعذرت قراءته"},
    "nobody": {
        "en": "no name, or none in Arabic, Latin or Cyrillic letters",
        "ar": "لا اسم، أو ليس بحروف عربية أو لاتينية أو كيريلية",
    },
    "caatsa": {
        "en": "To be named on the list of CAATSA 231 is no sanction of its own.",
        "ar": "الورود في قائمة المادة 231 من كاتسا ليس عقوبة في ذاته.",
    },
    "disclaimer": {
        "en": "Research, not legal advice: a person decides.",
        "ar": "بحث لا استشارة قانونية: القرار لإنسان.",
    },
}

#: The columns that a table gains, all of the best entry.
COLUMNS = (
    "screen_decision", "screen_score", "screen_list", "screen_list_date", "screen_uid", "screen_entry",
    "screen_matched", "screen_matched_kind", "screen_type", "screen_programmes", "screen_listed", "screen_why",
    "screen_against", "screen_others",
)  # fmt: skip


def word(key: str, lang: str) -> str:
    """A word of a screening in a language of the interface."""
    return WORDS[key][lang]


# --- why -------------------------------------------------------------------------------------------------------------


def token(part: Part) -> str:
    """A word of the name asked for beside that of the list, and why they answer to each other.

    >>> token(Part("شويغو", "Shoigu", 0.93, "sound")), token(Part(None, "Kuzhugetovich", 0.0, "extra"))
    ('شويغو = Shoigu (sound 0.93)', '+ Kuzhugetovich (extra)')
    """
    if part.a is not None and part.b is not None:
        score = f" {part.score:.2f}" if part.score < 1 else ""
        return f"{part.a} = {part.b} ({part.why}{score})"
    return f"{'-' if part.b is None else '+'} {part.a or part.b} ({part.why})"


def why(hit: Hit) -> str:
    """Every word of the names on one line; ``+`` is a word that only the list has, ``-`` one that it lacks."""
    return " · ".join(map(token, hit.parts))


def _check(check: Check, lang: str) -> str:
    return f"{word(check.what, lang)}: {check.asked} ≠ {check.listed}" if check.verdict is Verdict.CONTRADICTS else (
        f"{word(check.what, lang)}: {check.asked} ~ {check.listed}"
    )  # fmt: skip


def against(hit: Hit, lang: str = "en") -> str:
    """What keeps a decision below a match, and what is only close; empty where nothing does."""
    limits = [word(limit, lang) for limit in hit.limits if limit in ("weak", "single", "contained")]
    checks = [_check(check, lang) for check in hit.checks if check.verdict is not Verdict.AGREES]
    return "; ".join((*limits, *checks))


def brief(hit: Hit) -> str:
    """A further entry on one line: its list, number, first name and score."""
    return f"{hit.version.list} {hit.entry.uid} {hit.entry.names[0].text} {hit.counted:.2f} {hit.decision}"


# --- JSON ------------------------------------------------------------------------------------------------------------


def version_record(version: ListVersion) -> dict[str, Any]:
    """A version of a list as an object of JSON."""
    return {
        "list": version.list, "as_of": version.as_of, "form": version.form, "source": version.source,
        "digest": version.digest, "entries": version.entries, "shipped": version.shipped,
    }  # fmt: skip


def head_record(
    on: Any, threshold: float, versions: Iterable[ListVersion], late: Iterable[ListVersion]
) -> dict[str, Any]:
    """The first object: what a screening rests on."""
    return {
        "kind": "screening", "on": on, "threshold": threshold, "lists": list(map(version_record, versions)),
        "not_screened_against": list(map(version_record, late)),
    }  # fmt: skip


def hit_record(hit: Hit) -> dict[str, Any]:
    """An entry that may be meant, as an object of JSON."""
    entry = hit.entry
    return {
        "decision": hit.decision,
        "list": hit.version.list,
        "as_of": hit.version.as_of,
        "shipped": hit.version.shipped,
        "uid": entry.uid,
        "type": entry.type,
        "name": entry.names[0].text,
        "matched": {"text": hit.name.text, "kind": hit.name.kind, "note": hit.name.note},
        "score": hit.score,
        "counted": hit.counted,
        "programmes": list(entry.programmes),
        "listed": entry.listed,
        "born": list(map(str, entry.born)),
        "countries": list(entry.countries),
        "why": [{"asked": one.a, "listed": one.b, "score": one.score, "why": one.why} for one in hit.parts],
        "checks": [
            {"what": one.what, "asked": one.asked, "listed": one.listed, "verdict": one.verdict} for one in hit.checks
        ],
        "limits": list(hit.limits),
        "remarks": entry.remarks,
    }


def record(number: int, cells: Sequence[str], found: Screened) -> dict[str, Any]:
    """A row (from 1, without the header) as an object of JSON, its ``cells`` untouched."""
    return {
        "kind": "name",
        "row": number,
        "cells": list(cells),
        "name": found.asked.name,
        "decision": found.decision,
        "unread": list(found.asked.unread),
        "hits": list(map(hit_record, found.hits)),
    }


# --- a table ---------------------------------------------------------------------------------------------------------


def columns(found: Screened, lang: str = "en") -> list[str]:
    """The cells of :data:`COLUMNS` for a row; no spreadsheet takes one for a formula."""
    hit = found.hits[0] if found.hits else None
    notes = [f"{word('unread', lang)}: {one}" for one in found.asked.unread]
    if found.decision is Decision.UNREAD:
        notes.append(word("nobody", lang))
    if hit is None:
        return [cell(one) for one in (found.decision.value, *[None] * 11, "; ".join(notes), None)]
    entry = hit.entry
    return [
        cell(one)
        for one in (
            found.decision.value, hit.counted, hit.version.list, hit.version.as_of, entry.uid, entry.names[0].text,
            hit.name.text, hit.name.kind.value, entry.type.value, "; ".join(entry.programmes), entry.listed, why(hit),
            "; ".join(filter(None, (against(hit, lang), *notes))), "; ".join(map(brief, found.hits[1:])),
        )
    ]  # fmt: skip


# --- a terminal ------------------------------------------------------------------------------------------------------


def lines(number: int, found: Screened, lang: str) -> Iterator[str]:
    """A row for a reader: its decision, and each entry with why and what speaks against it."""
    yield f"{number:>4}  {word(found.decision, lang)}  {safe(found.asked.name) or '–'}"
    if found.decision is Decision.UNREAD:
        yield f"      {word('nobody', lang)}"
    for one in found.asked.unread:
        yield f"      {word('unread', lang)}: {safe(one)}"
    for hit in found.hits:
        entry = hit.entry
        facts = [f"{hit.version} {entry.uid}", word(entry.type, lang), *entry.programmes]
        facts += [f"{word('listed', lang)} {entry.listed}"] if entry.listed else []
        told = f"{entry.names[0].text} ({', '.join(facts)})"
        yield f"      {hit.counted:.2f} {word(hit.decision, lang)}: {safe(told)}"
        yield f"           {word('why', lang)}: {word(hit.name.kind, lang)} «{safe(hit.name.text)}»: {safe(why(hit))}"
        if told := against(hit, lang):
            yield f"           {word('against', lang)}: {safe(told)}"


def head(on: Any, versions: Iterable[ListVersion], late: Iterable[ListVersion], lang: str) -> Iterator[str]:
    """What a screening rests on, for a reader."""
    yield f"{word('asked', lang)} {on}:"
    for one in versions:
        yield f"  {one} ({one.entries}{', ' + word('shipped', lang) if one.shipped else ''})"
    for one in late:
        yield f"  {word('late', lang)}: {one.list}"


def foot(counts: Counter[Decision], caatsa: bool, lang: str) -> Iterator[str]:
    """How many of each decision there were, and what they are worth."""
    yield " · ".join(f"{word(one, lang)}: {counts[one]}" for one in Decision if counts[one])
    if caatsa:
        yield word("caatsa", lang)
    yield word("disclaimer", lang)
