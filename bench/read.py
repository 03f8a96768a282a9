"""Speed from text to JSON: the coder against the bare encoder, in one run.

``python bench/read.py [FILE.jsonl]``: sentences of about 38 words, by default those of the examples and the gold put
together to that length; a corpus file gives real ones. Prints sentences a second on one thread, the share of the bare
encoder's speed, two processes, resident memory, and the first result of a cold start.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from marsad.coder import load
from marsad.export.lines import line
from marsad.identity import article_id
from marsad.model import load as load_model
from marsad.settings import Settings
from marsad.text import sentences, units
from marsad.types import Article

HERE = Path(__file__).parent.parent
WORDS, LEAST, MOST = 38, 25, 52  # words of a sentence, on average and at the ends


def texts(path: Path | None) -> list[str]:
    """At most 600 sentences of 25 to 52 words, 38 on average."""
    if path:
        found = [json.loads(row)["text"] for row in path.read_text(encoding="utf-8").splitlines()]
    else:
        whole = [p.read_text(encoding="utf-8") for p in sorted((HERE / "examples" / "articles").glob("*.txt"))]
        single = [s.of(text) for text in whole for s in sentences(text)]
        found = [
            f"{a}، {b}" if len(a.split()) < LEAST else a for a, b in zip(single, single[1:] + single[:1], strict=True)
        ]
    fit = [text for text in found if LEAST <= len(text.split()) <= MOST]
    fit.sort(key=lambda text: abs(len(text.split()) - WORDS))
    return fit[:600]


def rate(work: Sequence[Any], do: Callable[[Any], object], seconds: float = 8.0) -> float:
    """Sentences a second, over at least ``seconds``."""
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        for text in work:
            do(text)
        done += len(work)
    return done / (time.perf_counter() - began)


def main() -> None:
    """Measure and print."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    work = texts(path)
    mean = sum(len(text.split()) for text in work) / len(work)
    print(f"{len(work)} sentences of {mean:.1f} words from {path or 'examples/'}")
    coder, model = load(), load_model()

    def article(text: str) -> Article:
        return Article(id=article_id(text), text=text)

    code = lambda text: line(coder(article(text)))  # noqa: E731
    feeds = [model.prepare(text, units(text)).feeds for text in work]
    for feed in feeds[:50]:
        model.encode(feed)
    bare = rate(feeds, model.encode)
    whole = rate(work, code)
    again = rate(feeds, model.encode)
    bare = (bare + again) / 2
    print(f"bare encoder {bare:.1f}/s, text to JSON {whole:.1f}/s on one thread: {whole / bare:.2f} of it")
    print(f"resident memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    two = load(Settings(processes=2, batch_size=32))
    many = [article(text) for text in work] * max(1, 2400 // len(work))
    stream = two.pipe(many)
    for _ in range(200):  # both processes have loaded the model
        next(stream)
    began, done = time.perf_counter(), 0
    for _ in stream:
        done += 1
    print(f"two processes: {done / (time.perf_counter() - began):.1f}/s")
    example = next(iter(sorted((HERE / "examples" / "articles").glob("*.txt"))))
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "marsad", "read", str(example)], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    print(f"cold `marsad read {example.name}`: {min(times):.2f} s, the best of three")


if __name__ == "__main__":
    main()
