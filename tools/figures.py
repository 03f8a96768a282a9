"""Writes measured figures where readers meet them: between markers in the READMEs, the documentation and the card.

``python tools/figures.py NAME=GOLD.jsonl …`` runs ``marsad eval`` on each file and fills every block
``<!-- figures NAME -->`` … ``<!-- /figures -->`` of the files below with a table, the command and the data named.
Nothing between such markers is ever typed by hand.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent.parent
FILES = (
    "README.md",
    "README.ar.md",
    "docs/en/model.md",
    "docs/ar/model.md",
    "src/marsad/model/data/card.md",
)
SHOWN = (
    "event",
    "trigger",
    "mention",
    "actor",
    "recipient",
    "speaker",
    "place",
    "country",
    "dyad",
    "status macro",
    "status accuracy",
    "status DENIED",
    "voice accuracy",
    "voice macro",
)


def measure(path: str) -> dict[str, object]:
    """The JSON of ``marsad eval --json``."""
    done = subprocess.run(
        [sys.executable, "-m", "marsad", "eval", "--json", path], check=True, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout))


def table(result: dict[str, object], path: str) -> str:
    """A Markdown table with the command that prints it."""
    figures = result["figures"]
    assert isinstance(figures, dict)
    groups = list(figures)
    head = ["figure", *("all" if g == "all" else g for g in groups), "95 %"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for name in SHOWN:
        if name in figures["all"]:
            f = figures["all"][name]
            cells = [f"{figures[g][name]['value']:.3f}" if name in figures[g] else "" for g in groups]
            lines.append(f"| {name} | " + " | ".join(cells) + f" | {f['low']:.3f}–{f['high']:.3f} |")
    return "\n".join([*lines, "", f"`marsad eval {path}` ({result['texts']} texts)"])


def fill(text: str, name: str, block: str) -> str:
    """``text`` with the block of ``name`` replaced."""
    pattern = rf"(<!-- figures {re.escape(name)} -->).*?(<!-- /figures -->)"
    return re.sub(pattern, lambda m: f"{m.group(1)}\n{block}\n{m.group(2)}", text, flags=re.S)


def main() -> None:
    """Measure and fill."""
    for argument in sys.argv[1:]:
        name, path = argument.split("=", 1)
        block = table(measure(path), path)
        print(block)
        for file in FILES:
            target = HERE / file
            if target.exists():
                before = target.read_text(encoding="utf-8")
                after = fill(before, name, block)
                if after != before:
                    target.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
