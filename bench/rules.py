"""What each rule is worth: the figures with every rule, then with each one left out.

``python bench/rules.py GOLD.jsonl``: the gold in the corpus form, of documents that no gate tests
(``python -m training held`` writes the held-out part of the training documents). The model reads each sentence once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from marsad.annotate import annotate
from marsad.annotate.rules import RULES, Rule
from marsad.coding import events
from marsad.identity import article_id
from marsad.model import Found, load
from marsad.resolve import countries
from marsad.score import coded, compare, figures, parse
from marsad.score.records import Record
from marsad.types import Annotation, Article, Coding, Span

SHOWN = (
    "event",
    "mention",
    "actor",
    "recipient",
    "speaker",
    "place",
    "country",
    "dyad",
    "status accuracy",
    "status macro",
)


def same(annotation: Annotation) -> Annotation:
    """No rule."""
    return annotation


def measure(
    gold: list[Record], read: Callable[[str, Span], Found], rules: Sequence[Rule], resolve: Rule
) -> dict[str, float]:
    """Figures of the whole path with these rules."""
    found = []
    for record in gold:
        text = record.text or ""
        article = Article(id=article_id(text), text=text, language=record.language)
        annotation = resolve(annotate(article, read, rules))
        coding = Coding(
            article=article,
            sentences=annotation.sentences,
            mentions=annotation.mentions,
            events=events(annotation, "bench"),
            coder="bench",
        )
        found.append(coded(coding, record.id))
    return {name: f.value or 0.0 for name, f in figures(compare(gold, found).texts, rounds=0).items()}


def main() -> None:
    """Measure and print."""
    path = Path(sys.argv[1])
    gold = list(parse(path.read_text(encoding="utf-8").splitlines(), str(path)))
    read = cache(load().__call__)
    whole = measure(gold, read, RULES, countries)
    print(f"{len(gold)} texts of {path.name}")
    print(f"{'':24}" + " ".join(f"{name[:9]:>9}" for name in SHOWN))
    print(f"{'every rule':24}" + " ".join(f"{whole[name]:9.3f}" for name in SHOWN))
    for rule in RULES:
        less = measure(gold, read, tuple(r for r in RULES if r is not rule), countries)
        print(f"{'less ' + rule.__name__:24}" + " ".join(f"{less[name] - whole[name]:+9.4f}" for name in SHOWN))
    less = measure(gold, read, RULES, same)
    print(f"{'less resolve.countries':24}" + " ".join(f"{less[name] - whole[name]:+9.4f}" for name in SHOWN))


if __name__ == "__main__":
    main()
