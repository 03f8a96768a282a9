"""Precision and recall of the links that ``marsad.resolve.coreference`` makes, on texts with labelled mentions.

Usage: python tools/measure_coreference.py FILE… [--misses]. A line has ``text``, ``on`` and ``mentions`` (``start, stop,
kind, country, same_as``: the index of an earlier mention of the same actor, or null). A link counts as right where both
mentions are of one actor, through whatever chain. Links to what is not labelled (a counterpart who was not named
before) are left out; mentions that the phrase alone resolves make no links.
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


def main() -> None:
    """Print the figures of each file, and the wrong links."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true", help="show links that are wrong, and those that are missed")
    asked = parser.parse_args()
    for path in asked.files:
        right = made = gold = same = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            annotation, mentions = _annotation(row), row["mentions"]
            found = links(annotation)
            resolved = resolve(annotation).mentions
            say = lambda i, text=row["text"], some=mentions: text[some[i]["start"] : some[i]["stop"]]  # noqa: E731
            for index, mention in enumerate(mentions):
                wanted = mention.get("same_as")
                gold += wanted is not None
                if wanted is not None and index not in found:
                    one = resolved[index].actor, resolved[index].person
                    other = resolved[_first(mentions, index)]
                    same += one == (other.actor, other.person) and other.actor is not None
                    if asked.misses and one != (other.actor, other.person):
                        print(f"{row['id']} missed: {say(index)} = {say(wanted)}")
                if index in found:
                    made += 1
                    good = _first(mentions, index) == _first(mentions, found[index])
                    right += good
                    if asked.misses and not good:
                        print(f"{row['id']} wrong: {say(index)} → {say(found[index])}")
        share = right / made if made else 0.0
        print(f"{path.name}: {made} links, precision {share:.3f}; of {gold} in gold {right} linked, {same} resolved alike")


if __name__ == "__main__":
    main()
