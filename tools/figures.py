"""Writes measured figures where readers meet them: between markers in the READMEs, the documentation and the card.

``python tools/figures.py NAME=GOLD.jsonl … [speed]`` runs ``marsad eval`` on each file and fills every block
``<!-- figures NAME -->`` … ``<!-- /figures -->`` of the files below with a table, the command and the data named;
``speed`` fills ``<!-- figures speed -->`` with what ``bench/read.py`` prints, ``meant=GOLD.jsonl`` with what ``marsad
eval --actors`` prints, ``parts`` with the figures of every part that needs no model (``tools/pin_floors.py``).
It also runs every ``<!-- output of: marsad … -->`` of the READMEs. Nothing between such markers is typed by hand.
"""

from __future__ import annotations

import json
import os
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
#: Lines of an output that are shown.
LINES = 44
SHOWN = (
    "event",
    "trigger",
    "mention",
    "actor",
    "recipient",
    "speaker",
    "place",
    "time",
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


def speed() -> str:
    """What the speed benchmark prints, with its command."""
    command = [sys.executable, "bench/read.py"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE)
    return f"```text\n{done.stdout.strip()}\n```\n\n`python bench/read.py` (two cores of a shared machine)"


def meant(path: str) -> str:
    """Whom the mentions of a gold file are taken for: country and sector, in all and by kind."""
    command = [sys.executable, "-m", "marsad", "eval", "--actors", "--json", path]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    shares = json.loads(done.stdout)["shares"]
    kinds = sorted({name.partition(" ")[2] for name in shares})
    lines = ["| mentions | country | of | sector | of |", "|---|---|---|---|---|"]
    for kind in kinds:
        cells = []
        for what in ("country", "sector"):
            right, of = shares.get(f"{what} {kind}".strip(), (0, 0))
            cells += [f"{right / of:.3f}" if of else "", str(of) if of else ""]
        lines.append(f"| {kind or 'all'} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", f"`marsad eval {path} --actors`"])


def parts() -> str:
    """The figures of the parts that need no model, each with its file and command."""
    import pin_floors

    lines = ["| measured on | figures | command |", "|---|---|---|"]
    for name, (measure_of, _) in pin_floors.FILES.items():
        tool = measure_of.__module__
        if tool.startswith("measure_"):
            found = ", ".join(f"{figure} {value:.3f}" for figure, value in pin_floors.figures(name).items())
            lines.append(f"| `{name}` | {found} | `python tools/{tool}.py {name}` |")
    return "\n".join(lines)


def fill(text: str, name: str, block: str) -> str:
    """``text`` with the block of ``name`` replaced."""
    pattern = rf"(<!-- figures {re.escape(name)} -->).*?(<!-- /figures -->)"
    return re.sub(pattern, lambda m: f"{m.group(1)}\n{block}\n{m.group(2)}", text, flags=re.S)


def output(command: str) -> str:
    """The first lines of what ``command`` (``marsad …``) prints, as a fenced block."""
    words = [sys.executable, "-m", *command.split()]
    done = subprocess.run(
        words, check=True, capture_output=True, text=True, cwd=HERE, env={**os.environ, "COLUMNS": "96"}
    )
    lines = done.stdout.rstrip().splitlines()
    more = ["…"] if len(lines) > LINES else []
    return "\n".join(["```text", *lines[:LINES], *more, "```", "<!-- /output -->"])


def show(text: str) -> str:
    """``text`` with the output of each ``<!-- output of: COMMAND -->`` behind it, made anew."""
    pattern = r"<!-- output of: (marsad .*?) -->(?:\n```text\n.*?<!-- /output -->)?"
    return re.sub(pattern, lambda m: f"<!-- output of: {m.group(1)} -->\n{output(m.group(1))}", text, flags=re.S)


def main() -> None:
    """Measure and fill."""
    for readme in FILES[:2]:
        path = HERE / readme
        path.write_text(show(path.read_text(encoding="utf-8")), encoding="utf-8")
    for argument in sys.argv[1:]:
        name, _, path = argument.partition("=")
        if name == "meant":
            block = meant(path)
        else:
            block = table(measure(path), path) if path else parts() if name == "parts" else speed()
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
