"""How well name_score tells names apart, and how fast the index is: python bench/names.py [NAMES_FILE]

Reads ``names.csv`` beside this script: pairs that were set aside before the matcher was tuned, those of the case groups
``blind-…`` by another author who had not seen it. Prints F1 on them of ``name_score`` at its one
fixed threshold, and of two rivals each at the threshold that is best for it: rapidfuzz ratio on folded letters, and
Jaro-Winkler on letters made Latin by anyascii. Then the time of one name against 100,000 (NAMES_FILE, one a line, or
made up here). ``--misses`` prints the pairs that name_score gets wrong. Needs rapidfuzz and anyascii.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from anyascii import anyascii  # type: ignore[import-not-found,unused-ignore]
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import ratio

from marsad.text import fold_text
from marsad.text.names import SAME, NameIndex, name_score
from marsad.text.names.letters import script

HERE = Path(__file__).parent
Row = dict[str, str]
SIZE = 100_000
GIVEN = [
    "محمد",
    "أحمد",
    "علي",
    "حسن",
    "حسين",
    "محمود",
    "إبراهيم",
    "خالد",
    "سعيد",
    "مصطفى",
    "يوسف",
    "عمر",
    "سالم",
    "صالح",
    "ناصر",
    "فيصل",
    "كريم",
    "ماجد",
    "وليد",
    "سامي",
    "طارق",
    "زياد",
    "Mohammed",
    "Ahmed",
    "Ali",
    "Hassan",
    "Hussein",
    "Mahmoud",
    "Ibrahim",
    "Khaled",
    "Said",
    "Mustafa",
    "Yusuf",
    "Omar",
    "Salem",
    "Sergei",
    "Dmitry",
    "Igor",
    "Viktor",
    "Anna",
    "Сергей",
    "Дмитрий",
    "Игорь",
    "Виктор",
    "Анна",
    "Мария",
    "Николай",
    "Андрей",
    "Павел",
    "Олег",
    "Юрий",
    "Михаил",
    "Алексей",
    "Владимир",
]
SYLLABLES = (("ال", "شم", "ري", "كو", "با", "دو", "ني", "في", "طا", "هر", "مي", "سل", "عز", "قا", "ني", "وي"),
             ("al", "sham", "ri", "ko", "ba", "du", "ni", "fi", "ta", "har", "mi", "sal", "az", "qa", "ov", "awi"),
             ("ал", "шам", "ри", "ко", "ба", "ду", "ни", "фи", "та", "хар", "ми", "сал", "аз",
              "ка", "ов", "ский"))  # fmt: skip


def rows(name: str) -> list[Row]:
    path = HERE / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def scripts(row: Row) -> str:
    return "-".join(sorted((script(row["name1"]) or "?", script(row["name2"]) or "?")))


def f1(scores: list[float], truth: list[bool], least: float) -> tuple[float, float, float]:
    hits = sum(s >= least and t for s, t in zip(scores, truth, strict=True))
    given, wanted = sum(s >= least for s in scores), sum(truth)
    precision, recall = hits / given if given else 1.0, hits / wanted if wanted else 1.0
    return (2 * precision * recall / (precision + recall) if precision + recall else 0.0), precision, recall


def best(scores: list[float], truth: list[bool]) -> float:
    return max(sorted(set(scores)), key=lambda least: f1(scores, truth, least)[0])


def folded_ratio(a: str, b: str) -> float:
    return float(ratio(fold_text(a).lower(), fold_text(b).lower())) / 100


def latin_jaro(a: str, b: str) -> float:
    return float(JaroWinkler.similarity(anyascii(a).lower(), anyascii(b).lower()))


def ours(a: str, b: str) -> float:
    return name_score(a, b).score


def table(given: list[Row]) -> None:
    truth = [row["is_match"].lower() in ("true", "1", "yes") for row in given]
    groups: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(given):
        for group in (row["case_group"].split("-")[0], "all", scripts(row), row["schema"].lower()):
            groups[group].append(i)
    matchers: tuple[tuple[str, Callable[[str, str], float], float | None], ...] = (
        ("name_score", ours, SAME), ("rapidfuzz ratio", folded_ratio, None), ("anyascii + J-W", latin_jaro, None),
    )  # fmt: skip
    print(f"{'F1 (precision, recall)':<24}{'pairs':>6}" + "".join(f"{name:>24}" for name, _, _ in matchers))
    scored = [[match(row["name1"], row["name2"]) for row in given] for _, match, _ in matchers]
    least = [fixed or best(scores, truth) for (_, _, fixed), scores in zip(matchers, scored, strict=True)]
    print(f"{'threshold':<30}" + "".join(f"{each:>24.3f}" for each in least))
    for group in [g for g in ("own", "blind", "all") if g in groups] + sorted(
        g for g in groups if g not in ("own", "blind", "all")
    ):
        line = f"{group:<24}{len(groups[group]):>6}"
        for scores, at in zip(scored, least, strict=True):
            value, precision, recall = f1([scores[i] for i in groups[group]], [truth[i] for i in groups[group]], at)
            line += f"{value:>10.3f} ({precision:.2f}, {recall:.2f})"
        print(line)


def misses(given: list[Row]) -> None:
    for row in given:
        found = name_score(row["name1"], row["name2"])
        if (found.score >= SAME) != (row["is_match"].lower() in ("true", "1", "yes")):
            print(f"{row['case_group']} {row['is_match']} {found.score:.3f} {row['name1']} | {row['name2']}")


def made_up() -> Iterator[str]:
    chance = random.Random(11)
    while True:
        syllables = chance.choice(SYLLABLES)
        family = "".join(chance.choices(syllables, k=chance.choice((2, 3))))
        yield f"{chance.choice(GIVEN)} {chance.choice(GIVEN)} {family}"


def speed() -> None:
    files = [name for name in sys.argv[1:] if not name.startswith("-")]
    if files:
        names = Path(files[0]).read_text(encoding="utf-8").splitlines()[:SIZE]
    else:
        source = made_up()
        names = [next(source) for _ in range(SIZE)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    index = NameIndex(names)
    built = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    questions = random.Random(5).sample(names, 300)
    times = []
    for question in questions:
        start = time.process_time()
        index.near(question, SAME)
        times.append((time.process_time() - start) * 1000)
    times.sort()
    print(f"\nindex of {len(index):,} names: built in {built:.1f} s, {memory:.0f} MB")
    mean = sum(times) / len(times)
    print(f"one name: mean {mean:.1f} ms, median {times[150]:.1f} ms, 95th {times[285]:.1f} ms (processor time)")


def main() -> None:
    given = rows("names.csv")
    if "--misses" in sys.argv:
        misses(given)
        return
    table(given)
    speed()


if __name__ == "__main__":
    main()
