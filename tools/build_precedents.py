"""Builds ``src/marsad/knowledge/data/precedents.yaml``: earlier deals as dated courses, and what states are to others.

    python tools/build_precedents.py CAATSA231_PRECEDENTS.json [--check]

The facts of a case (days, rungs, kinds, voices, sources, outcome) come from the JSON file, the words from
``tools/precedents/cases.yaml`` and the relations from ``tools/precedents/relations.csv``, both kept by hand. Each line
of words names the event that it belongs to, and a case whose recorded rungs are not those of its events needs a reason.
The same input gives the same bytes; ``--check`` says whether the file is what this script would write.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from built import arguments, finish

TARGET = Path(__file__).parents[1] / "src/marsad/knowledge/data/precedents.yaml"
WORDS = Path(__file__).with_name("precedents")
HEAD = """\
# Deals with a sanctioned side and what became of them, as dated courses on the ladders.
# Built by tools/build_precedents.py.
# Source: facts compiled for Marsad from the pages that each step names; a step without a page is from general knowledge
#   (status: known). Names, lines and lessons are our own words. Licence: facts; free to use with attribution to Marsad.
#   Date: 2026-12-01.
# The cases are few and were chosen, so they give no rates. The pages were read as stored excerpts; that no
#   determination was found is no proof that none was weighed.
# day: a day inside the time that is known; how much of it holds, says precision. dated: how the day is known, where
#   that is other than the event (status). Steps stand in their order in time, also within a month or a year.
# kind: rapprochement, signal (of the sanctioning state), outcome; other-authority (an act under another law) and
#   context are no rungs of the course. doubted: why a step does not count as one. denied: by whom it is denied.
# voice: paraphrase (a named official or a legislator), report (the press), reading (what papers read into it),
#   anonymous. branch: whose word a signal is.
# stage, signal, legislature: the highest rungs on record; signal is that of the executive (or the military).
# delivered: after 2 August 2017, the day of the act; null where not known. sanctioned: under the law of the case.
"""
#: The law that the cases are about, and whose it is.
LAW, SANCTIONER, COUNTERPART = "us/caatsa/231", "USA", "RUS"
KINDS = {
    "rapprochement": "rapprochement", "us_signal": "signal", "outcome": "outcome",
    "other_authority": "other-authority", "context": "context",
}  # fmt: skip
#: The voice, and the branch where it is the sanctioning state's.
VOICES = {
    "official": ("paraphrase", "executive"), "press": ("report", "executive"),
    "press_reading": ("reading", "executive"), "congress": ("paraphrase", "legislature"),
    "anonymous": ("anonymous", "anonymous"),
}  # fmt: skip
STATUSES = {"found": "found", "from knowledge": "known", "inferred": "inferred"}


def precedents(facts: Mapping[str, Any], words: Mapping[str, Any], relations: Sequence[Mapping[str, str]]) -> str:
    """The text of ``precedents.yaml``.

    Raises ValueError, naming case and event, where words and facts do not belong together.
    """
    cases = {case["id"]: case for case in facts["cases"]}
    if unlike := set(cases) ^ set(words):
        raise ValueError(f"cases without words, or words without a case: {', '.join(sorted(unlike))}")
    lines = [f"source: {_flow('compiled for Marsad, as of ' + facts['as_of'])}", "", "cases:"]
    for case in cases.values():
        lines += _case(case, words[case["id"]])
    lines += ["", "relations:", *(f"  - {_flow(_relation(row))}" for row in relations)]
    return HEAD + "\n".join(lines) + "\n"


def _case(facts: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[str]:
    steps = list(_steps(facts, words))
    _agree(facts, words, steps)
    yield f"  - id: {facts['id']}"
    told: dict[str, Any] = {
        "name": words["name"], "near": facts["buyer_state"], "party": words["party"], "buyer": words["buyer"],
        "counterpart": COUNTERPART, "sellers": words["sellers"], "seller": words["seller"], "sanctioner": SANCTIONER,
        "law": LAW, "items": words["items"], "systems": words["systems"], "classes": words["classes"],
        "stage": facts["highest_stage"], "signal": facts["highest_executive_signal"],
        "legislature": facts["highest_congress_signal"], "delivered": facts["delivery_after_2017_08_02"],
        "sanctioned": facts["sanctioned_under_231"], "outcome": facts["outcome"].replace("_", "-"),
    }  # fmt: skip
    told |= {key: words[name] for key, name in (("stage_note", "stage"), ("uncounted", "uncounted")) if name in words}
    yield from (f"    {key}: {_flow(value)}" for key, value in told.items())
    yield "    steps:"
    yield from (f"      - {_flow(step)}" for step in steps)
    yield "    lessons:"
    yield from (f"      - {_flow(lesson)}" for lesson in words["lessons"])


def _steps(facts: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    given, told = facts["events"], words["events"]
    if len(given) != len(told):
        raise ValueError(f"{facts['id']}: {len(given)} events, but words for {len(told)}")
    if [event["date"] for event in given] != sorted(event["date"] for event in given):
        raise ValueError(f"{facts['id']}: the events do not stand in the order of their days")
    for event, line in zip(given, told, strict=True):
        at = f"{event['date']} {event['level']}"
        if line["at"] != at:
            raise ValueError(f"{facts['id']}: the event {at} has the words of {line['at']}")
        voice, branch = VOICES[event["voice"]]
        kind = KINDS[event["kind"]]
        step = {
            "day": _Plain(event["date"]), "precision": event["precision"], "kind": kind, "rung": event["level"],
            "voice": voice, "status": STATUSES[event["status"]],
        }  # fmt: skip
        if kind == "signal":
            step["branch"] = line.get("branch", branch)
        step |= {key: line[key] for key in ("turn", "dated", "doubted", "denied") if key in line}
        yield step | {"en": line["en"], "ar": line["ar"], "sources": event["sources"]}


def _agree(facts: Mapping[str, Any], words: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> None:
    """Whether the highest rungs on record are those of the steps that count."""
    counted = [step for step in steps if step["kind"] not in ("context", "other-authority") and "doubted" not in step]
    law = [step for step in counted if step.get("branch") == "legislature"]
    found = {
        "highest_stage": _highest("L", counted),
        "highest_executive_signal": _highest("W", [step for step in counted if step not in law]),
        "highest_congress_signal": _highest("W", law),
    }
    for key, rung in found.items():
        if rung != facts[key] and not (key == "highest_stage" and "stage" in words):
            raise ValueError(f"{facts['id']}: {key} is {facts[key]}, but its steps give {rung}; doubt one, or say why")


def _highest(ladder: str, steps: Sequence[Mapping[str, Any]]) -> str | None:
    levels = [int(step["rung"][1:]) for step in steps if step["rung"][0] == ladder]
    return f"{ladder}{max(levels)}" if levels else None


def _relation(row: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {key: row[key] for key in ("sanctioner", "state", "relation", "since", "until") if row[key]}
    return told | {"en": row["basis_en"], "ar": row["basis_ar"], "status": row["status"], "source": row["source"]}


class _Plain(str):
    """What is written without quotation marks: a date of YAML."""


def _flow(value: Any) -> str:
    """A value in YAML's flow style; a quoted string of JSON is one of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value) if isinstance(value, _Plain) else json.dumps(value, ensure_ascii=False)


def main() -> int:
    """Writes the file, or compares it under ``--check``."""
    given = arguments(__doc__, "the JSON file with the facts of the cases")
    facts = json.loads(given.source.read_text(encoding="utf-8"))
    words = yaml.safe_load((WORDS / "cases.yaml").read_text(encoding="utf-8"))
    with (WORDS / "relations.csv").open(encoding="utf-8", newline="") as lines:
        relations = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return finish(TARGET, precedents(facts, words, relations), given.check)


if __name__ == "__main__":
    raise SystemExit(main())
