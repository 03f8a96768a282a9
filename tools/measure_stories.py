"""Precision and recall of what ``marsad.stories.alike`` holds to be one story, on pairs of labelled articles.

Usage: python tools/measure_stories.py FILE… [--misses] [--half odd|even]. A line has ``id``, ``same``, ``kind``, two
articles ``a`` and ``b`` (``title``, ``text``, ``published``, ``source``); both are coded with the shipped model. A pair
counts as found where it is alike and shares a blocking key, as a store would find it. ``--half`` takes the pairs with
an odd or an even number in their id alone. ``gold/stories.jsonl`` and ``gold/stories_open.jsonl`` are what the weights
are fitted on (``fit_stories.py`` prints what pairs left out get); ``gold/stories_blind.jsonl`` is not.
"""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import marsad
from marsad.read.article import Facts, Origin, article
from marsad.settings import Settings
from marsad.stories import Alike, Brief, alike, brief, keys
from marsad.types import Article, Coding


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled pair and what was found."""

    id: str
    kind: str
    same: bool
    found: Alike | None


@cache
def _coder() -> Callable[[Article | str], Coding]:
    return marsad.load()


def _brief(given: Mapping[str, Any], code: Callable[[Article | str], Coding]) -> Brief:
    facts = Facts(title=given["title"], published=given["published"], source=given["source"])
    return brief(code(article(given["text"], facts, Origin("gold"), Settings())))


def pairs(path: Path, half: str | None = None, code: Callable[[Article | str], Coding] | None = None) -> Iterator[Pair]:
    """The pairs of a file with what is found of each."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        odd = int(re.sub(r"\D", "", row["id"]) or 0) % 2 == 1
        if half and odd != (half == "odd"):
            continue
        a, b = (_brief(row[side], code or _coder()) for side in "ab")
        found = alike(a, b) if set(keys(a)) & set(keys(b)) else None
        yield Pair(row["id"], row["kind"], bool(row["same"]), found)


def figures(found: list[Pair]) -> dict[str, float]:
    """``precision``, ``recall`` and ``f`` of pairs held to be one story."""
    right = sum(bool(pair.found) and pair.same for pair in found)
    made, gold = sum(bool(pair.found) for pair in found), sum(pair.same for pair in found)
    precision, recall = right / made if made else 1.0, right / gold if gold else 1.0
    both = precision + recall
    return {"precision": precision, "recall": recall, "f": 2 * precision * recall / both if both else 0.0}


def measure(path: Path) -> dict[str, float]:
    """The figures of a file."""
    return figures(list(pairs(path)))


def main() -> None:
    """Print the figures of each file, as a whole and how many pairs of each kind are right."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true", help="show the pairs that are wrong")
    parser.add_argument("--half", choices=("odd", "even"), help="only the pairs with such a number")
    asked = parser.parse_args()
    for path in asked.files:
        found = list(pairs(path, asked.half))
        whole = ", ".join(f"{name} {value:.3f}" for name, value in figures(found).items())
        print(f"{path.name}: {len(found)} pairs, {whole}")
        kinds: defaultdict[tuple[bool, str], list[bool]] = defaultdict(list)
        for pair in found:
            kinds[not pair.same, pair.kind].append(bool(pair.found) == pair.same)
        for (other, kind), right in sorted(kinds.items()):
            print(f"  {'other' if other else 'same'} {kind}: {sum(right)} of {len(right)}")
        for pair in found if asked.misses else ():
            if bool(pair.found) != pair.same:
                print(f"  {pair.id} {pair.kind}: {pair.found.why if pair.found else 'not found'}")


if __name__ == "__main__":
    main()
