"""How long it takes to hold new acts against a watch list: matching alone, which is pure.

``python bench/watches.py [--watches N] [--events N] [--bar SECONDS]``: prints the seconds of processor time, how many
pairs matched, and how many were found by asking every watch about every act (of a sample); exit code 1 over the bar, or
where the two differ. The watches are of all kinds: pairs, actors, types, words, and some of all at once; half of the
acts are of the sides that most watches are about.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from datetime import date
from time import process_time

from marsad.alert.match import Watches
from marsad.alert.news import Told
from marsad.store.queries import query
from marsad.types import (
    AlertTrigger,
    Article,
    Event,
    EventType,
    Evidence,
    Kind,
    Mention,
    Occurrence,
    Outcome,
    Query,
    Report,
    Source,
    Span,
    Status,
    Voice,
    Watch,
)

SIDES = ("IRQ", "RUS", "USA", "IRN", "TUR", "SYR", "JOR", "EGY", "SAU", "ISR", "CHN", "FRA", "GBR", "DEU", "LBN", "YEM")
BODIES = ("", ".GOV", ".GOV.MFA", ".GOV.MOD", ".MIL", ".GOV.PM")
WORDS = ("نفط", "عقوبات", "غاز", "صواريخ", "سيبراني", "موازنة", "قمح", "هدنة", "اتفاق", "مفاوضات", "طائرات", "مياه")


def body(rng: random.Random, sides: Sequence[str]) -> str:
    return rng.choice(sides) + rng.choice(BODIES)


def watch(rng: random.Random, number: int) -> Watch:
    """A watch of any kind."""
    kind = rng.randrange(5)
    one, other = rng.sample(SIDES, 2)
    asked = [
        Query(near=one, counterpart=other),
        Query(actors=(body(rng, SIDES),), types=tuple(rng.sample(list(EventType), 3))),
        Query(parties=(one,), words=" ".join(rng.sample(WORDS, 2))),
        Query(words=f"{rng.choice(WORDS)} -{rng.choice(WORDS)}", voices=(Voice.VERBATIM,)),
        Query(near=one, counterpart=other, statuses=(Status.PLANNED,), speakers=(body(rng, SIDES),)),
    ][kind]
    return Watch(id=f"w{number}", name=f"w{number}", trigger=AlertTrigger.EVENT, query=asked)


def told(rng: random.Random, number: int) -> Told:
    """An act with one to three reports, each of 150 words."""
    sides = SIDES[:6] if rng.random() < 0.5 else SIDES
    actor, recipient = body(rng, sides), body(rng, sides)
    reports = []
    for n in range(rng.randint(1, 3)):
        text = " ".join(rng.choice(WORDS) if rng.random() < 0.02 else f"كلمة{rng.randrange(5_000)}" for _ in range(150))
        article = Article(id=f"{number:08x}{n:08x}", text=text, source=f"paper{n}", published=date(2026, 3, 1))
        event = Event(
            id=article.id,
            article=article.id,
            sentence=0,
            trigger=Span(0, 3),
            type=rng.choice(list(EventType)),
            status=rng.choice(list(Status)),
            voice=rng.choice(list(Voice)),
            speaker=Mention(span=Span(0, 2), kind=Kind.PERSON, actor=actor, country=actor[:3]),
            evidence=(Evidence(part="trigger", span=Span(0, 3), why="bench"),),
        )
        reports.append(Report(event=event, article=article, source=Source(id=f"paper{n}")))
    first = reports[0].event
    act = Occurrence(
        id=first.id, story=first.id, type=first.type, status=Outcome(first.status.value), actors=(actor,),
        recipients=(recipient,), reports=tuple(one.event.id for one in reports), day=date(2026, 3, 1),
    )  # fmt: skip
    return Told(act, tuple(reports))


def main(given: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--watches", type=int, default=1_000)
    parser.add_argument("--events", type=int, default=1_000)
    parser.add_argument("--bar", type=float, default=1.0)
    options = parser.parse_args(given)
    rng = random.Random(8)
    watches = [watch(rng, n) for n in range(options.watches)]
    acts = [told(rng, n) for n in range(options.events)]
    begin = process_time()
    held = Watches(watches, query)
    ready = process_time()
    found = {act.act.id: {one.id for one in held.events(act)} for act in acts}
    end = process_time()
    sample = acts[:20]
    apart = [Watches([one], query) for one in watches]
    slow = {act.act.id: {one.of(AlertTrigger.EVENT)[0].id for one in apart if one.events(act)} for act in sample}
    same = all(found[id] == slow[id] for id in slow)  # noqa: A001
    print(
        f"watches {options.watches} events {options.events} matches {sum(map(len, found.values()))} "
        f"prepared {ready - begin:.3f} s matched {end - ready:.3f} s all {end - begin:.3f} s same {same}"
    )
    return int(end - begin > options.bar or not same)


if __name__ == "__main__":
    sys.exit(main())
