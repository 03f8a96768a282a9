"""How fast articles are grouped into stories, and in how much memory: python bench/stories.py [ARTICLES]

Makes briefs of articles over 30 days by a seeded generator: stories of one to forty articles, parties Zipf-distributed
over 150 states, half of a war between the two most frequent; one article in three a copy with a word changed, the rest
told anew. Prints articles a second of keys, of adding (keys, candidates, comparisons) and of working out the stories,
candidates compared an article, memory, and how well the stories made are those that were meant.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from marsad.stories import Act, Brief, Spot, Stories, keys
from marsad.stories.brief import SHINGLES, WORDS, packed
from marsad.types import EventType

START = date(2025, 6, 1)
DAYS = 30
STATES = [f"S{number:02X}" for number in range(150)]
TYPES = list(EventType)


def zipf(drawn: random.Random, most: int) -> int:
    """A number below ``most``; the k-th as often as 1/k."""
    return min(most - 1, int(most ** drawn.random()) - 1)


def word(drawn: random.Random) -> int:
    """A stem of 20,000, Zipf-distributed from the 32nd on, with its rarity in the lowest bits.

    The k-th word of a language is about every (10 k)-th; a sentence has some 15: one sentence in 2/3 k has it.
    """
    rank = 32 + zipf(drawn, 20_000)
    return rank * 16 + min(15, (rank * 2 // 3).bit_length() - 1)


def told(drawn: random.Random, number: int) -> Brief:
    """The first article of a story."""
    one, other = zipf(drawn, len(STATES)), zipf(drawn, len(STATES))
    if drawn.random() < 0.5:
        one, other = 0, 1
    a, b = STATES[one], STATES[other]
    kind = EventType.ASSAULT if (one, other) == (0, 1) else drawn.choice(TYPES)
    towns = [drawn.randrange(300) for _ in range(2)]
    place = Spot(f"geonames:{b}{towns[0]}", b, 30 + towns[0] % 20, 30 + towns[0] // 20)
    names = [f"{a}.GOV.{zipf(drawn, 12)}", place.id, f"geonames:{b}{towns[1]}", f"{b}.GOV.{zipf(drawn, 12)}"]
    names += [f"~{drawn.randrange(10**6)}" for _ in range(2)]
    runs = [drawn.getrandbits(32) for _ in range(250)]
    day = START + timedelta(drawn.randrange(DAYS))
    return Brief(
        article="",
        day=day,
        days=(day,),
        told=day,
        size=len(runs),
        shingles=packed(runs),
        words=packed(word(drawn) for _ in range(WORDS)),
        acts=(Act(type=kind, actors=(names[0],), recipients=(b,), place=place.id, title=True),),
        names=tuple(names),
        lead=4,
        countries=(a, b),
        spots=(place,),
        numbers=tuple(f"count:{drawn.randrange(3, 60)}" for _ in range(2)),
    )


def again(drawn: random.Random, first: Brief, article: str) -> Brief:
    """Another article of a story: a copy, or told anew with one name less and another word in four."""
    copied = drawn.random() < 1 / 3
    runs = list(memoryview(first.shingles).cast("I"))
    if copied:
        runs[drawn.randrange(len(runs))] = drawn.getrandbits(32)
    else:
        runs = [drawn.getrandbits(32) for _ in runs]
    words = list(memoryview(first.words).cast("I"))
    for _ in range(0 if copied else len(words) // 4):
        words[drawn.randrange(len(words))] = word(drawn)
    names = list(first.names)
    if not copied:
        del names[drawn.randrange(1, len(names))]
    smallest = sorted(runs)
    return Brief(
        article=article,
        source=f"source{drawn.randrange(60)}",
        day=first.day + timedelta(drawn.choice((0, 0, 0, 1))) if first.day else None,
        size=len(runs),
        # Bands of equal rows of the smallest hashes stand for those of MinHash: copies share most of them.
        bands=tuple(hash(tuple(smallest[k * 4 : k * 4 + 4])) for k in range(16)),
        shingles=packed(smallest[:SHINGLES]),
        words=packed(words),
        acts=first.acts,
        names=tuple(names),
        lead=4,
        countries=first.countries,
        spots=first.spots,
        numbers=first.numbers if copied else first.numbers[:1],
        days=first.days,
        told=first.told,
    )


def stream(count: int) -> Iterator[tuple[int, Brief]]:
    """Articles with the number of the story that each was made for, in the order of a stream: by day, mixed."""
    drawn = random.Random(5)
    made: list[tuple[int, Brief]] = []
    while len(made) < count:
        number = len(made)
        first = told(drawn, number)
        size = min(40, int(drawn.paretovariate(0.9)))
        made += [(number, again(drawn, first, f"{number + k:08x}")) for k in range(size)]
    made = made[:count]
    drawn.shuffle(made)
    yield from sorted(made, key=lambda each: each[1].day or START)


def memory() -> float:
    """Peak of resident memory so far, in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (10**6 if sys.platform == "darwin" else 10**3)


def pairs(counted: Counter[object]) -> int:
    """The pairs within groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in counted.values())


def main(count: int) -> None:
    """Group and print."""
    articles = list(stream(count))
    before = memory()
    began = time.process_time()
    rows = sum(len(keys(brief)) for _, brief in articles)
    print(f"keys: {count / (time.process_time() - began):.0f} articles/s, {rows / count:.1f} an article")
    growing = Stories()
    began = time.process_time()
    growing.extend(brief for _, brief in articles)
    added = time.process_time() - began
    print(f"adding: {count / added:.0f} articles/s, {growing.compared / count:.1f} candidates compared an article")
    began = time.process_time()
    found = growing.stories()
    print(f"stories: {len(found)} in {time.process_time() - began:.2f} s; memory {memory() - before:.0f} MB")
    meant = {brief.article: number for number, brief in articles}
    right = pairs(Counter((each.id, meant[one]) for each in found for one in each.articles))
    made, gold = pairs(Counter(each.id for each in found for _ in each.articles)), pairs(Counter(meant.values()))
    print(f"pairs: precision {right / made:.3f}, recall {right / gold:.3f}")
    began, some = time.process_time(), articles[-min(1000, count) :]
    for _, brief in some:
        growing.remove(brief.article)
    for _, brief in some:
        growing.add(brief)
    print(
        f"one by one: {len(some) / (time.process_time() - began):.0f} articles/s removed and added, each with its story"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
