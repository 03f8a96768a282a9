"""How well `sentences` finds the ends of the sentences of a corpus, joined by a space.

    python tools/measure_sentences.py CORPUS [--errors]

CORPUS is a file of JSON lines with "text" (one sentence) and "lang". Sentences that hold a stop (. ! ? ؟ …)
before their last are left out: whether that ends a sentence, the corpus does not tell. The others are shuffled
by a fixed seed and joined by twenty-five. Prints precision, recall and F of the ends, per language and
together; and once more for the sentences that end with a stop, since nothing tells where a headline without
one ends when it is joined to the next.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from marsad.text import sentences

STOP = re.compile(r"[.!?؟…]")
LAST = re.compile(r"[.!?؟…]+\s*[»”’\"')\]]*$")
JOINED = 25


@dataclass
class Count:
    """Ends found and right, found, and there; and the places of the wrong ones."""

    right: int = 0
    found: int = 0
    there: int = 0
    errors: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """The figures as a line of a table."""
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.there)
        f = 2 * self.right / max(1, self.found + self.there)
        return f"{name:8} {self.there:9} {precision:9.4f} {recall:9.4f} {f:9.4f}"


def joined(lines: list[str]) -> Iterator[tuple[str, set[int]]]:
    """Texts of ``JOINED`` sentences, and where their sentences end."""
    lines = random.Random(0).sample(lines, len(lines))
    for start in range(0, len(lines), JOINED):
        part = lines[start : start + JOINED]
        ends = {end - 1 for end in accumulate(len(line) + 1 for line in part)}
        yield " ".join(part), ends


def measure(lines: list[str], count: Count) -> None:
    """Adds the sentences of one language to ``count``."""
    for text, ends in joined(lines):
        found = {span.stop for span in sentences(text)}
        count.right += len(found & ends)
        count.found += len(found)
        count.there += len(ends)
        for what, places in (("missed", ends - found), ("invented", found - ends)):
            count.errors += [f"{what}: {text[max(0, at - 40) : at]} ⏐ {text[at : at + 30]}" for at in sorted(places)]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what was missed and invented")
    arguments = parser.parse_args()
    by_language: dict[str, list[str]] = defaultdict(list)
    for row in map(json.loads, arguments.corpus.read_text("utf-8").splitlines()):
        text = row["text"].strip()
        if not STOP.search(LAST.sub("", text)):
            by_language[row["lang"]].append(text)
    print(f"{'':8} {'sentences':>9} {'precision':>9} {'recall':>9} {'F':>9}")
    total, stopped = Count(), Count()
    for language, lines in sorted(by_language.items()):
        count = Count()
        measure(lines, count)
        print(count.line(language))
        measure(lines, total)
        measure([line for line in lines if LAST.search(line)], stopped)
    print(total.line("all"))
    print(stopped.line("stopped"))
    if arguments.errors:
        print(*total.errors, sep="\n")


if __name__ == "__main__":
    main()
