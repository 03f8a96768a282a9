"""The story of examples/story/ end to end: its course on the ladders, against the one that was written by hand.

``python tools/measure_course.py`` codes the articles; ``--events`` takes the events that were written by hand instead,
so that only what comes behind the coder is measured. ``--show`` prints each rung that is missed, or found besides.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from marsad.desk import Desk
from marsad.identity import event_id
from marsad.score.course import Compared, compare, expected, marks
from marsad.score.handmade import BY_HAND, coding_of
from marsad.types import Article, Coding, Course, Skipped, Source, SourceKind

STORY = Path(__file__).parents[1] / "examples" / "story"


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (STORY / name).read_text(encoding="utf-8").splitlines()]


class ByHand:
    """A coder that gives what somebody wrote down."""

    name = BY_HAND

    def __init__(self) -> None:
        rows = _lines("events.jsonl")
        self.codings = {row["id"]: coding_of({**row, "title": row["text"][slice(*row["title"])]}) for row in rows}

    def pipe(
        self, items: Iterable[Article | Skipped], batch_size: int | None = None
    ) -> Generator[Coding | Skipped, None, None]:
        """The coding of each article by what the input calls it."""
        for item in items:
            yield item if isinstance(item, Skipped) else _moved(self.codings[str(item.given)], item)


def _moved(coding: Coding, article: Article) -> Coding:
    """The coding as one of ``article``, which has the same text."""
    if coding.article.text != article.text:
        raise ValueError(f"{article.given}: its events are of another text")
    ids = {
        event.id: event_id(article.id, event.trigger.start, event.trigger.stop, event.type) for event in coding.events
    }
    events = tuple(
        replace(event, id=ids[event.id], article=article.id, about=ids.get(event.about) if event.about else None)
        for event in coding.events
    )
    return replace(coding, article=article, events=events)


def course(by_hand: bool) -> Course:
    """The course that comes out, through a store in memory."""
    with Desk("sqlite://", coder=ByHand() if by_hand else None) as desk:
        for one in json.loads((STORY / "sources.json").read_text(encoding="utf-8")):
            desk.follow(Source(**{**one, "kind": SourceKind(one["kind"])}))
        desk.add(str(STORY / "articles.jsonl"))
        desk.code()
        return desk.course("JOR", "RUS", sanctioner="USA")


def compared(by_hand: bool) -> Compared:
    """What comes out, against the course by hand."""
    gold = json.loads((STORY / "course.json").read_text(encoding="utf-8"))
    return compare(expected(gold), marks(course(by_hand)))


def figures(path: Path = STORY, *, by_hand: bool = False) -> dict[str, float]:
    """The figures of the story from its texts; those from its events by hand begin with ``events_``."""
    found = {f"events_{name}": value for name, value in compared(True).figures().items()}
    return {**compared(False).figures(), **found}


def main() -> None:
    """Print the figures, and what is missed."""
    result = compared("--events" in sys.argv)
    if "--show" in sys.argv:
        for name in ("hits", "missed", "extra", "above"):
            for mark in getattr(result, name):
                print(f"{name:7}{mark}")
    print(" ".join(f"{name} {value:.3f}" for name, value in result.figures().items()))


if __name__ == "__main__":
    main()
