"""Answers of ``marsad.resolve.who`` to dated questions, against what is written beside them; and the misses.

Usage: python tools/measure_questions.py FILE… [--misses]. A question is a line of JSON: ``text, on, context?, person``
(the English full name), ``role, country, former, sector``; a value of null is not asked, but for ``person``, where it
says that the phrase names no person. Only the first answer counts. Persons agree where their names do (score >= SAME).
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from marsad.resolve.who import who
from marsad.text.names import SAME, name_score
from marsad.types import Holding

PARTS = ("person", "role", "country", "former", "sector")


def same_person(name: str | None, found: Holding | None) -> bool:
    """Whether the answer's person is called so; for None, whether it has none."""
    if found is None or found.person is None:
        return name is None and found is not None
    if name is None:
        return False
    forms = (found.person.en, found.person.ar)
    return any(form and name_score(name, form).score >= SAME for form in forms)


def wrong(question: Mapping[str, Any], found: Holding | None) -> list[str]:
    """The parts of the question that the answer does not have right, of those that are asked."""
    parts = [] if same_person(question["person"], found) else ["person"]
    for part in PARTS[1:]:
        asked = question.get(part)
        if asked is not None and (found is None or getattr(found, part) != asked):
            parts.append(part)
    return parts


def answered(file: Path) -> Iterator[tuple[dict[str, Any], Holding | None]]:
    """The questions of a file, each with the first answer."""
    for line in file.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        answers = who(question["text"], date.fromisoformat(question["on"]), question.get("context"))
        yield question, answers[0] if answers else None


def _told(found: Holding | None) -> str:
    if found is None:
        return "nothing"
    person = found.person.shown("en") if found.person else "-"
    former = " former" if found.former else ""
    return f"{found.actor} {person} {found.role} {found.country} {found.sector}{former} [{found.why}]"


def counted(file: Path) -> tuple[Counter[str], Counter[str], list[str]]:
    """Of each part how many are right, and how many are asked; and the misses in words.

    ``answer`` is person, office (role) and country together, ``all`` every part that is asked.
    """
    whole: Counter[str] = Counter()
    right: Counter[str] = Counter()
    misses = []
    for question, found in answered(file):
        parts = wrong(question, found)
        whole.update(("all", "answer"))
        right["all"] += not parts
        right["answer"] += not set(parts) & {"person", "role", "country"}
        for part in PARTS:
            if part == "person" or question.get(part) is not None:
                whole[part] += 1
                right[part] += part not in parts
        if parts:
            wanted = " ".join(str(question[part]) for part in PARTS)
            misses.append(
                f"  {question['id']} {question['on']} {question['text']}: {', '.join(parts)}\n"
                f"      asked {wanted}\n      given {_told(found)}"
            )
    return right, whole, misses


def figures(file: Path) -> dict[str, float]:
    """The share of each part, by name."""
    right, whole, _ = counted(file)
    return {part: right[part] / whole[part] for part in whole}


def main() -> None:
    """Print the shares, and the misses where they are asked for."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    for file in asked.files:
        right, whole, misses = counted(file)
        print(f"{file}: " + ", ".join(f"{part} {right[part] / whole[part]:.4f} of {whole[part]}" for part in whole))
        if asked.misses:
            print("\n".join(misses))


if __name__ == "__main__":
    main()
