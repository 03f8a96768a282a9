"""Fits the weights of ``marsad.stories.weights`` on labelled pairs of articles, and prints them.

Usage: python tools/fit_stories.py FILE… [--topics FILE…] [--kept FILE] [--decay 2] [--half odd|even]. Pairs are as for
``measure_stories.py``. Beside them stand strangers: two articles of two pairs, moved to the same or the next day, that
share a name or a state; they tell of different things, and are what a store mostly compares. So do articles of
``--topics`` (the corpus: sentences with ``doc`` and ``date``) that are four days to three weeks apart, moved likewise:
other news on what the press is full of in these weeks. Logistic regression
(Newton's steps, a penalty on the squares) whose weights may only have the sign that their feature means: a weight of
another sign would tell how the pairs were written, and is 0. Prints the weights, then precision and recall of pairs
left out in five folds. ``--kept`` holds the briefs between runs; ``--half`` fits on the pairs with such a number in
their id and prints the figures of the others.
"""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import numpy as np
from build_rarity import rows as corpus_rows
from measure_stories import _brief, _coder
from numpy.typing import NDArray

from marsad.stories import Brief, keys
from marsad.stories.alike import WINDOW
from marsad.stories.evidence import FEATURES, common, features, stems_in_common

Floats = NDArray[np.float64]
#: Features that speak for it; "other language" may go either way, all others speak against.
FOR = {"words", "one text", "states", "names across", "names", "numbers", "rounded"}
EITHER = {"other language"}
#: Strangers that are drawn, and what each weighs beside a labelled pair; folds; the least precision of pairs left out.
DRAWN, STRANGER, FOLDS, PRECISION = 40_000, 0.03, 5, 0.97
#: What a pair of one topic weighs; the days that it lies apart; days of the corpus with most articles, articles of one.
TOPIC, APART, DAYS, OF_DAY = 0.06, (4, 21), 26, 16


@dataclass(frozen=True)
class Pair:
    """Two articles of the pairs ``ids``, with what speaks for and against."""

    ids: tuple[str, str]
    same: bool
    given: tuple[float, ...]
    weight: float = 1.0
    known: bool = True


def briefs(paths: Sequence[Path], kept: Path | None) -> dict[str, tuple[bool, Brief, Brief]]:
    """The labelled pairs as briefs, by id."""
    if kept and kept.exists():
        return msgspec.msgpack.decode(kept.read_bytes(), type=dict[str, tuple[bool, Brief, Brief]])
    made = {}
    for line in (line for path in paths for line in path.read_text(encoding="utf-8").splitlines()):
        row: dict[str, Any] = json.loads(line)
        made[row["id"]] = (bool(row["same"]), _brief(row["a"], _coder()), _brief(row["b"], _coder()))
    if kept:
        kept.write_bytes(msgspec.msgpack.encode(made))
    return made


def labelled(given: dict[str, tuple[bool, Brief, Brief]]) -> list[Pair]:
    """The pairs within the window of days."""
    return [
        Pair((name, name), same, features(a, b), 1.0, bool(set(keys(a)) & set(keys(b))))
        for name, (same, a, b) in given.items()
        if a.day and b.day and abs((a.day - b.day).days) <= WINDOW
    ]


def strangers(given: dict[str, tuple[bool, Brief, Brief]]) -> list[Pair]:
    """Articles of two pairs that share a name or state, at most a day apart, and are not told in the same words."""
    drawn = Random(3)
    all_ = [(name, brief) for name, (_, a, b) in given.items() for brief in (a, b)]
    made = []
    for _ in range(DRAWN):
        (one, a), (other, b) = drawn.sample(all_, 2)
        # The pairs of gold/stories.jsonl ("s") share articles with each other.
        if (
            one == other
            or one[0] == other[0] == "s"
            or not (set(a.names) & set(b.names) or set(a.countries) & set(b.countries))
        ):
            continue
        if a.day and b.day and stems_in_common(a.words, b.words) < 0.3 and common(a, b)[0] < 0.2:
            b = moved(b, (a.day - b.day).days + drawn.choice((0, 0, 1, -1)))
            made.append(Pair((one, other), False, features(a, b), STRANGER, bool(set(keys(a)) & set(keys(b)))))
    return made


def topics(paths: Sequence[Path], kept: Path | None) -> list[Brief]:
    """Articles out of the sentences of a corpus, of the days that have most."""
    if kept and kept.exists():
        return msgspec.msgpack.decode(kept.read_bytes(), type=list[Brief])
    texts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in (row for path in paths for row in corpus_rows(path)):
        texts[row["doc"]].append(row)
    by_day: defaultdict[str, list[list[dict[str, Any]]]] = defaultdict(list)
    for found in texts.values():
        if len(found) > 2 and re.fullmatch(r"\d{4}-\d\d-\d\d", found[0].get("date") or ""):
            by_day[found[0]["date"]].append(found)
    made = []
    for day in sorted(sorted(by_day, key=lambda day: (-len(by_day[day]), day))[:DAYS]):
        for found in by_day[day][:OF_DAY]:
            text = " ".join(row["text"] for row in found[1:6])
            given = {"title": found[0]["text"][:160], "text": text, "published": day, "source": "corpus"}
            made.append(_brief(given, _coder()))
    if kept:
        kept.write_bytes(msgspec.msgpack.encode(made))
    return made


def of_topics(given: Sequence[Brief]) -> list[Pair]:
    """Pairs of them that would be compared if they were of one day or of two."""
    made = []
    for (i, a), (j, b) in combinations(enumerate(given), 2):
        apart = (b.day - a.day).days if a.day and b.day else 0
        if APART[0] <= apart <= APART[1]:
            b = moved(b, (i + j) % 2 - apart)
            if set(keys(a)) & set(keys(b)):
                made.append(Pair((f"t{i}", f"t{j}"), False, features(a, b), TOPIC))
    return made


def moved(brief: Brief, days: int) -> Brief:
    """The same article some days later."""
    by = timedelta(days)
    return replace(
        brief,
        day=brief.day + by if brief.day else None,
        days=tuple(day + by for day in brief.days),
        told=brief.told + by if brief.told else None,
    )


def solve(x: Floats, y: Floats, weight: Floats, decay: float) -> Floats:
    """Weights and, last, the bias of a logistic regression."""
    z = np.c_[x, np.ones(len(x))]
    found = np.zeros(z.shape[1])
    penalty = np.r_[np.full(x.shape[1], decay), 1e-6]
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ found))
        slope = z.T @ (weight * (p - y)) + penalty * found
        step = np.linalg.solve((z * (weight * p * (1 - p))[:, None]).T @ z + np.diag(penalty), slope)
        found -= step
        if np.abs(step).max() < 1e-9:
            break
    return found


def fit(pairs: Sequence[Pair], decay: float) -> Floats:
    """Weights, each of the sign that its feature means or 0, and, last, the bias."""
    x, y = np.array([pair.given for pair in pairs]), np.array([float(pair.same) for pair in pairs])
    weight = np.array([pair.weight for pair in pairs])
    spread = np.sqrt(np.average((x - np.average(x, 0, weight)) ** 2, 0, weight)) + 1e-9
    used = list(range(len(FEATURES)))
    while True:
        found = solve(x[:, used] / spread[used], y, weight, decay)
        wrong = [k for k, i in enumerate(used) if _wrong(FEATURES[i], found[k])]
        if not wrong:
            break
        del used[max(wrong, key=lambda k: abs(found[k]))]
    made = np.zeros(len(FEATURES) + 1)
    made[used], made[-1] = found[:-1] / spread[used], found[-1]
    return made


def _wrong(name: str, weight: float) -> bool:
    return name not in EITHER and (weight < 0) == (name in FOR)


def left_out(pairs: Sequence[Pair], decay: float, seed: int) -> Floats:
    """What each pair gets from weights that were fitted without its articles."""
    ids = sorted({name for pair in pairs for name in pair.ids})
    Random(seed).shuffle(ids)
    fold = {name: k % FOLDS for k, name in enumerate(ids)}
    made = np.zeros(len(pairs))
    for k in range(FOLDS):
        found = fit([pair for pair in pairs if k not in (fold[pair.ids[0]], fold[pair.ids[1]])], decay)
        here = [n for n, pair in enumerate(pairs) if fold[pair.ids[0]] == k]
        made[here] = np.array([pairs[n].given for n in here]) @ found[:-1] + found[-1]
    return made


def threshold(scores: Floats, same: NDArray[np.bool_], least: float) -> float:
    """The lowest score from which on so many are right."""
    order = np.argsort(-scores)
    right = np.cumsum(same[order]) / np.arange(1, len(order) + 1)
    return float(scores[order][np.nonzero(right >= least)[0].max()]) if (right >= least).any() else float("inf")


def told(pairs: Sequence[Pair], scores: Floats, at: float, chosen: Callable[[Pair], bool], gold: int) -> str:
    """Precision and recall of some pairs, as text."""
    made = [pair for pair, score in zip(pairs, scores, strict=True) if score >= at and pair.known and chosen(pair)]
    right = sum(pair.same for pair in made)
    return f"precision {right / max(1, len(made)):.3f}, recall {right / max(1, gold):.2f} ({right}/{len(made)})"


def main() -> None:
    """Fit and print."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--topics", nargs="*", type=Path, default=[])
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--decay", type=float, default=2.0)
    parser.add_argument("--half", choices=("odd", "even"))
    asked = parser.parse_args()
    given = briefs(asked.files, asked.kept)
    letters = sorted({name[0] for name in given})
    pairs, others = labelled(given), strangers(given)
    others += of_topics(topics(asked.topics, asked.kept and asked.kept.with_suffix(".topics")))
    if asked.half:
        half = [*pairs, *others]
        first = [p for p in half if p.weight == TOPIC or all(_odd(n) == (asked.half == "odd") for n in p.ids)]
        rest = [pair for pair in pairs if _odd(pair.ids[0]) != (asked.half == "odd")]
        found = fit(first, asked.decay)
        scores = np.array([pair.given for pair in rest]) @ found[:-1] + found[-1]
        for letter in letters:
            gold = sum(same for name, (same, _, _) in given.items() if name[0] == letter) // 2
            print(letter, told(rest, scores, threshold_of(first, asked.decay), lambda p: p.ids[0][0] == letter, gold))  # noqa: B023
        return
    same = np.array([pair.same for pair in pairs])
    for seed in range(4):
        scores = left_out([*pairs, *others], asked.decay, seed)
        at = threshold(scores[: len(pairs)], same, PRECISION)
        parts = [
            f"{letter} {told(pairs, scores[: len(pairs)], at, lambda p: p.ids[0][0] == letter, gold)}"  # noqa: B023
            for letter in letters
            if (gold := sum(same for name, (same, _, _) in given.items() if name[0] == letter))
        ]
        strange = scores[len(pairs) :] >= at
        topic = np.array([pair.weight == TOPIC for pair in others])
        print(
            f"left out, seed {seed}: from {at:.2f} on {'; '.join(parts)}; "
            f"strangers {strange[~topic].mean():.4f}, of one topic {strange[topic].sum() / max(1, topic.sum()):.4f}"
        )
    met = [float(np.mean([pair.known for pair in some])) for some in ([p for p in pairs if p.same], others)]
    print(f"keys: same {met[0]:.2f}, others {met[1]:.3f} of {len(others)}")
    found = fit([*pairs, *others], asked.decay)
    for name, weight in zip(FEATURES, found[:-1], strict=True):
        print(f'    "{name}": {weight:.2f},')
    print(f"BIAS = {found[-1]:.2f}")


def threshold_of(pairs: Sequence[Pair], decay: float) -> float:
    """The threshold that pairs left out of their own fit ask for."""
    scores = left_out(pairs, decay, 0)
    known = [n for n, pair in enumerate(pairs) if pair.weight == 1]
    return threshold(scores[known], np.array([pairs[n].same for n in known]), PRECISION)


def _odd(name: str) -> bool:
    return int(re.sub(r"\D", "", name)) % 2 == 1


if __name__ == "__main__":
    main()
