"""Memory of a long stream: JSON lines through read, a stub coder and the line format; it has to stay flat.

    python bench/memory.py 1GB
    python bench/memory.py 5MB model

The second codes with the shipped model instead of the stub: about five minutes.

Makes the stream as it is read, so that no disk is needed, and prints the peak of resident memory after 10, 50 and
100 % of it. Exits 1 if the peak grew by more than a tenth after the first tenth.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator

from marsad.coder import load
from marsad.export.lines import line
from marsad.read import read
from marsad.settings import Settings
from marsad.types import Article, Coding, Event, EventType, Evidence, Kind, Mention, Skipped, Span, Status

UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9}
SENTENCE = "زارت بعثة من الوزارة مدينة الموصل يوم الأحد وبحثت مع محافظها إعادة بناء الجسور. "


class Stream(io.RawIOBase):
    """``size`` bytes of numbered articles of about 4 kB; every thousandth line is broken."""

    def __init__(self, size: int) -> None:
        self._left, self._number, self._rest = size, 0, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while len(self._rest) < len(buffer) and self._left > 0:
            self._number += 1
            row = {"id": str(self._number), "language": "ar", "text": f"{self._number}. " + SENTENCE * 28}
            data = (json.dumps(row, ensure_ascii=False) if self._number % 1000 else "{broken").encode() + b"\n"
            self._rest += data
            self._left -= len(data)
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def stub(items: Iterator[Article | Skipped]) -> Iterator[Coding | Skipped]:
    """Ten events an article, whatever it says."""
    for item in items:
        if isinstance(item, Skipped):
            yield item
            continue
        mention = Mention(span=Span(5, 10), kind=Kind.ORG)
        events = tuple(
            Event(
                id=f"{item.id}{n}", article=item.id, sentence=0, trigger=Span(n, n + 4), type=EventType.CONSULT,
                status=Status.ACTUAL, actors=(mention,),
                evidence=(Evidence(part="trigger", span=Span(n, n + 4), why="stub"),),
            )
            for n in range(10)
        )  # fmt: skip
        yield Coding(
            article=item, sentences=(Span(0, len(item.text)),), mentions=(mention,), events=events, coder="stub"
        )


def peak() -> float:
    """Peak of resident memory so far, in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (10**6 if sys.platform == "darwin" else 10**3)


def main(size: int, code: Callable[[Iterator[Article | Skipped]], Iterator[Coding | Skipped]]) -> int:
    """Run the stream through and print the peaks."""
    source = io.BufferedReader(Stream(size))
    wanted, peaks = [0.1, 0.5, 1.0], {}
    done, written, articles, started = 0, 0, 0, time.monotonic()
    for item in code(read(["-"], stdin=source, settings=Settings())):
        written += len(line(item))
        articles += 1
        done += len(item.article.text.encode()) + 30 if isinstance(item, Coding) else 8
        while wanted and done >= wanted[0] * size * 0.99:
            share = wanted.pop(0)
            peaks[share] = peak()
            print(f"{share:4.0%} of {size / 1e6:.0f} MB: peak {peaks[share]:.1f} MB", flush=True)
    for share in wanted:
        peaks[share] = peak()
        print(f"{share:4.0%} of {size / 1e6:.0f} MB: peak {peaks[share]:.1f} MB")
    print(f"{articles} lines in, {written / 1e6:.0f} MB out, {time.monotonic() - started:.1f} s")
    return int(peaks[1.0] > 1.1 * peaks[0.1])


if __name__ == "__main__":
    given = (sys.argv[1] if len(sys.argv) > 1 else "100MB").upper()
    coder = load().pipe if sys.argv[2:] == ["model"] else stub
    sys.exit(main(int(float(given[:-2]) * UNITS[given[-2:]]), coder))
