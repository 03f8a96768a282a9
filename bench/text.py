"""How fast the text floor is, on one core: python bench/text.py

Works on the articles of examples/ (news), on the same with a mark on every letter (vocalised), and on the texts of
gold/sentences.jsonl (hard cases, a stop every few words), each repeated to a million characters. Prints millions of
characters a second, the best of three, beside the bars: `fold` 5, `fold_text` 10, `sentences` 2, `amounts` 1.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from marsad.text import amounts, clauses, clean, fold, fold_text, language, sentences, tokens, units

ROOT = Path(__file__).parents[1]
SIZE = 1_000_000
BARS = {"fold": 5.0, "fold_text": 10.0, "sentences": 2.0, "amounts": 1.0}
WORK: dict[str, Callable[[str], object]] = {
    "fold": fold,
    "fold_text": fold_text,
    "clean": clean,
    "sentences": sentences,
    "sentences and clauses": lambda text: [clauses(text, span) for span in sentences(text)],
    "units": units,
    "tokens": tokens,
    "amounts": amounts,
}


def texts() -> dict[str, str]:
    """The three texts."""
    news = "\n\n".join(file.read_text("utf-8") for file in sorted((ROOT / "examples" / "articles").glob("*.ar.txt")))
    lines = (ROOT / "gold" / "sentences.jsonl").read_text("utf-8").splitlines()
    kinds = {
        "news": news,
        "vocalised": "".join(char + "\u064e" if char.isalpha() else char for char in news),
        "hard cases": "\n\n".join(json.loads(line)["text"] for line in lines),
    }
    return {name: (text + "\n\n") * (SIZE // (len(text) + 2) + 1) for name, text in kinds.items()}


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of the quickest round."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Prints the table, then the time that `language` takes for a headline and for an article."""
    kinds = texts()
    print(f"Python {sys.version.split()[0]}; millions of characters a second")
    print(f"{'':22}", *(f"{name:>12}" for name in kinds), f"{'bar':>6}")
    for name, work in WORK.items():
        speeds = [len(text) / best(lambda work=work, text=text: work(text)) / 1e6 for text in kinds.values()]  # type: ignore[misc]
        print(f"{name:22}", *(f"{speed:12.1f}" for speed in speeds), f"{BARS.get(name, ''):>6}")
    article = kinds["news"][:3_000]
    headline = " ".join(article.split()[:6])
    for name, text in (("a headline", headline), ("an article", article)):
        print(f"language of {name}: {best(lambda text=text: language(text), 20) * 1e6:.0f} µs")  # type: ignore[misc]


if __name__ == "__main__":
    main()
