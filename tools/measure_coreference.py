"""Precision and recall of the links that ``marsad.resolve.coreference`` makes, on texts with labelled mentions.

Usage: python tools/measure_coreference.py FILE… [--misses]. A line has ``text``, ``on`` and ``mentions`` (``start``,
``stop``, ``kind``, ``country``, ``same_as``: the index of an earlier mention of the same actor, or null). A link counts
as right where both mentions are of one actor, through whatever chain. Links to what is not labelled (a counterpart who
was not named before) are left out; mentions that the phrase alone resolves make no links.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from marsad.identity import article_id
from marsad.resolve import resolve
from marsad.resolve.actors import links
from marsad.text import sentences
from marsad.types import Annotation, Article, Kind, Mention, Span


def _annotation(row: Mapping[str, Any]) -> Annotation:
    text = row["text"]
    article = Article(id=article_id(text), text=text, published=date.fromisoformat(row["on"]))
    mentions = tuple(Mention(span=Span(m["start"], m["stop"]), kind=Kind(m["kind"])) for m in row["mentions"])
    return Annotation(article=article, sentences=tuple(sentences(text)), mentions=mentions)


def _first(mentions: list[dict[str, Any]], index: int) -> int:
    """The first mention of the actor that ``index`` means."""
    while (before := mentions[index].get("same_as")) is not None:
        index = before
    return index


def figures(path: Path, misses: bool = False) -> dict[str, float]:
    """``precision`` of links, ``recall``: share of gold's that are made, ``alike``: resolved alike, linked or not.

    With ``misses`` prints what is wrong and what is missed.
    """
    right = made = gold = alike = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        annotation, mentions = _annotation(row), row["mentions"]
        found, resolved = links(annotation), resolve(annotation).mentions
        words = [row["text"][m["start"] : m["stop"]] for m in mentions]
        for index, mention in enumerate(mentions):
            wanted = mention.get("same_as")
            one = resolved[index].actor, resolved[index].person
            other = resolved[_first(mentions, index)]
            same = one == (other.actor, other.person) and other.actor is not None
            if wanted is not None:
                gold += 1
                alike += same
                if misses and not same:
                    print(f"{row['id']} missed: {words[index]} = {words[wanted]}")
            if index in found:
                good = _first(mentions, index) == _first(mentions, found[index])
                made, right = made + 1, right + good
                if misses and not good:
                    print(f"{row['id']} wrong: {words[index]} → {words[found[index]]}")
    return {
        "precision": right / made if made else 0.0,
        "recall": right / gold if gold else 0.0,
        "alike": alike / gold if gold else 0.0,
    }


def main() -> None:
    """Print the figures of each file, and the wrong links."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true", help="show links that are wrong, and those that are missed")
    asked = parser.parse_args()
    for path in asked.files:
        found = figures(path, asked.misses)
        print(f"{path.name}: " + ", ".join(f"{name} {value:.3f}" for name, value in found.items()))


if __name__ == "__main__":
    main()
