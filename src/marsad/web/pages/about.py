"""What Marsad is, how well it was measured and by which command, what it cannot do, and whose work is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from marsad.about import __version__
from marsad.knowledge.version import version as knowledge
from marsad.web.view import Viewed

router = APIRouter()
#: The packages whose versions are told.
PACKAGES = ("fastapi", "jinja2", "numpy", "onnxruntime", "sqlalchemy", "starlette")
#: The figures that are shown of the many in the card, in their order.
SHOWN = ("event", "trigger", "mention", "actor", "recipient", "speaker", "country", "dyad", "status accuracy",
         "status DENIED", "voice accuracy")  # fmt: skip
_BLOCK = re.compile(r"<!-- figures (\w+) -->\n(.*?)<!-- /figures -->", re.DOTALL)
_COMMAND = re.compile(r"^`([^`]+)`(?: \((\d+) texts\))?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one set of texts: by name for all, Arabic, English, with the interval of 95 %.

    ``command`` printed them, of ``texts`` texts.
    """

    name: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    command: str
    texts: int


@cache
def measured(card: str) -> tuple[Measured, ...]:
    """The tables of a model card that was written by ``marsad eval``, in its order."""
    found = []
    for name, block in _BLOCK.findall(card):
        cells = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines() if line.startswith("|")
        ]
        rows = {row[0]: tuple(row[1:]) for row in cells[2:] if len(row) == 5}
        command = _COMMAND.search(block)
        if rows and command:
            chosen = tuple((one, rows[one]) for one in SHOWN if one in rows)
            found.append(Measured(name, chosen, command[1], int(command[2] or 0)))
    return tuple(found)


def _card(folder: str) -> str:
    """The card of the model in ``folder``, else of the one in the package; empty where it has none."""
    file = Path(folder, "card.md") if folder else files("marsad.model").joinpath("data", "card.md")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


@cache
def _versions() -> dict[str, str]:
    found = {"marsad": __version__}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@router.get("/about")
def about(view: Viewed) -> Response:
    """The page about Marsad."""
    settings = view.desk.settings
    card = _card(settings.model)
    title = re.search(r"^# (.+)$", card, re.MULTILINE)
    runs = view.kept("runs", view.desk.runs, lambda found: 200 * len(found))
    return view.page(
        "about",
        figures=[one for one in measured(card) if one.name != "dev"] or measured(card),
        model=title[1].removeprefix("Model card: ") if title else "",
        versions=_versions(),
        knowledge=knowledge(settings.knowledge)[:12],
        runs=[(run, counting) for run, _, counting in runs if counting],
        store=view.desk.store.where,
    )
