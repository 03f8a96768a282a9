"""The dated questions of ``gold/who.jsonl``: person, office, country, sector, former."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from measure_questions import answered, same_person, wrong  # noqa: E402

from marsad.types import Holding, Name  # noqa: E402


def test_nearly_every_dated_question_has_the_right_first_answer():
    asked = list(answered(ROOT / "gold/who.jsonl"))
    missed = [
        (question["id"], question["text"], parts) for question, found in asked if (parts := wrong(question, found))
    ]
    assert len(asked) >= 120
    assert len(missed) <= 0.03 * len(asked), missed


def test_a_person_agrees_in_another_spelling_and_nobody_with_nobody():
    found = Holding(actor="RUS.GOV.MFA", person=Name("سيرغي لافروف", "Sergey Lavrov"))
    assert same_person("Sergei Lavrov", found)
    assert not same_person("Sergei Ryabkov", found)
    assert same_person(None, Holding(actor="RUS"))
    assert not same_person(None, found)
    assert not same_person(None, None)
