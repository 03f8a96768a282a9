"""Country and sector that ``marsad.resolve.who`` gives to labelled mentions, against their labels; and the misses.

Usage: python tools/measure_who.py CORPUS.jsonl [--limit N] [--misses FILE]. The corpus is one sentence a line with
``text``, ``date`` and ``entities`` (``text, type, code, sector``). The sentence is the context. Also counts for how
many triggers, times, laws and arms, which are no actors, something is given.
"""

from __future__ import annotations

import json
import re
import time
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from marsad.resolve.who import who

ACTING = ("PERSON", "OFFICE", "STATE", "ORG", "GROUP")
NOWHERE = date(2015, 1, 1)
_ISO = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(0[1-9]|[12]\d|3[01]))?")
_PLAIN = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


def _day(row: Mapping[str, Any]) -> date:
    """The day of a sentence, the first where only month or year is given, else that in the name of its document."""
    found = _ISO.match(row.get("date") or "") or _PLAIN.search(str(row.get("doc") or ""))
    if not found:
        return NOWHERE
    return date(int(found[1]), int(found[2] or 1), min(28, int(found[3] or 1)))


def main() -> None:
    """Print the figures, and write the misses."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--misses", type=Path)
    asked = parser.parse_args()
    right: Counter[tuple[str, str]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    evidence: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    misses, idle, given = [], 0, 0
    seconds = 0.0
    who("موسكو", NOWHERE)  # the tables are read before the clock runs
    for line in asked.corpus.read_text(encoding="utf-8").splitlines()[: asked.limit]:
        row = json.loads(line)
        on = _day(row)
        for entity in row["entities"]:
            acts = entity["type"] in ACTING
            started = time.process_time()
            answers = who(entity["text"], on, row["text"])
            seconds += time.process_time() - started
            if not acts:
                idle += entity["type"] in ("LAW", "ARMS")
                given += entity["type"] in ("LAW", "ARMS") and bool(answers)
                continue
            best = answers[0] if answers else None
            why = best.why if best else "none"
            for what, gold, got in (
                ("country", entity["code"], best and best.country),
                ("sector", entity["sector"], best and best.sector),
            ):
                if gold:
                    whole[entity["type"], what] += 1
                    whole["answered", what] += best is not None
                    right[entity["type"], what] += gold == got
                    evidence[what, why][gold == got] += 1
                    if gold != got:
                        misses.append((what, entity["type"], entity["text"], gold, got, best and best.actor, why))
    for what in ("country", "sector"):
        total = sum(n for (kind, one), n in whole.items() if one == what and kind != "answered")
        hit = sum(n for (_, one), n in right.items() if one == what)
        told = whole["answered", what]
        print(f"{what}: {hit / max(total, 1):.4f} of {total}; of {told} answered {hit / max(told, 1):.4f}")
        for kind in ACTING:
            if whole[kind, what]:
                print(f"  {kind}: {right[kind, what] / whole[kind, what]:.4f} of {whole[kind, what]}")
    for (what, why), (wrong, hit) in sorted(evidence.items(), key=lambda each: -sum(each[1])):
        if wrong + hit > 100 and what == "country":
            sectors = evidence["sector", why]
            share = sectors[1] / max(sum(sectors), 1)
            print(f"  {why}: {wrong + hit}, country {hit / (wrong + hit):.3f}, sector {share:.3f}")
    print(f"answers for {given} of {idle} laws and arms")
    print(f"{sum(whole[k, 'country'] for k in ACTING) / max(seconds, 1e-9):.0f} phrases a second")
    if asked.misses:
        asked.misses.write_text("\n".join("\t".join(map(str, miss)) for miss in misses), encoding="utf-8")


if __name__ == "__main__":
    main()
