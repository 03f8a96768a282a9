"""Laws as data: provisions with their versions, elements, rules and reliefs, each cited, from ``data/instruments``.

``data/instruments/terms.yaml`` says at its head how a file of law is read and written. The files in ``instruments/``
inside the folders of a user are read too: one of the same id stands in the place of Marsad's own. Every finding rests
on these files, so nothing in them may have a problem when it is asked for: the first one is raised with file and line,
and :func:`check` gives them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from marsad.errors import KnowledgeError, NotFoundError
from marsad.knowledge.law.build import Law, Measure
from marsad.knowledge.law.calendar import Calendar
from marsad.knowledge.law.cases import Case
from marsad.knowledge.law.catalogue import FOLDER, Library, Trial, library, roots
from marsad.knowledge.law.source import Problem
from marsad.knowledge.law.terms import Round, Term
from marsad.types.law import Instrument

__all__ = [
    "Calendar", "Case", "Law", "Measure", "Problem", "Round", "Term", "cases", "check", "counted", "instrument",
    "instruments", "law", "laws", "menu", "on_or_after", "review", "term", "terms",
]  # fmt: skip

#: The instrument whose calendar :func:`review` follows.
REVIEW = "us/caatsa/216"
#: Folders of a user, as :attr:`marsad.settings.Settings.knowledge` has them.
Folders = Iterable[Path | str]


def _open(folders: Folders) -> Library:
    return library(roots(folders))


def laws(folders: Folders = ()) -> Mapping[str, Path]:
    """The file of each instrument, by id; read by nobody yet.

    >>> "us/caatsa/231" in laws()
    True
    """
    return MappingProxyType(dict(_open(folders).paths))


def law(of: str, folders: Folders = ()) -> Law:
    """An instrument with what else its file holds: what changed when, notes, sources, menu, calendar.

    Raises as :func:`instrument` does.
    """
    return _open(folders).law(of)


def instruments(folders: Folders = ()) -> Mapping[str, Instrument]:
    """Every instrument by its id.

    Raises :class:`~marsad.errors.KnowledgeError`, with file and line, where one has a problem.
    """
    opened = _open(folders)
    return MappingProxyType({of: opened.law(of).instrument for of in opened.paths})


def instrument(of: str, folders: Folders = ()) -> Instrument:
    """The instrument with the id ``of``.

    Raises :class:`~marsad.errors.NotFoundError` with ids that look like it, and
    :class:`~marsad.errors.KnowledgeError` where its file has a problem.

    >>> instrument("us/caatsa/231").at(date(2018, 8, 13)).reliefs["modified_waiver"].name.en
    'Modified waiver'
    """
    return _open(folders).law(of).instrument


def cases(of: str, folders: Folders = ()) -> tuple[Case, ...]:
    """The cases that stand beside an instrument in its ``.tests.yaml``. Raises as :func:`instrument` does."""
    return _open(folders).cases(of)


def terms(group: str, folders: Folders = ()) -> Mapping[str, Term]:
    """The terms of a group of ``terms.yaml`` (``kinds``, ``standards``, ``officials``, ``lists`` …), by id."""
    return _open(folders).terms[group]


def term(group: str, of: str, folders: Folders = ()) -> Term:
    """One term. Raises :class:`~marsad.errors.NotFoundError` for one that is not defined.

    >>> term("standards", "should-have-known").name.en
    'knew or should have known'
    """
    found = terms(group, folders).get(of)
    if found is None:
        raise NotFoundError(f"{of!r} is no term of {group}", do=f"one of: {', '.join(terms(group, folders))}")
    return found


def on_or_after(of: str, element: str, folders: Folders = ()) -> date | None:
    """The day on or after which what an element speaks of must have happened; None where there is none.

    >>> on_or_after("us/caatsa/231", "dated")
    datetime.date(2017, 8, 2)
    """
    return _open(folders).law(of).on_or_after.get(element)


def menu(of: str, folders: Folders = ()) -> tuple[Measure, ...]:
    """The measures of a menu, or of the menu on which an instrument draws; none where it draws on none.

    >>> len(menu("us/caatsa/231"))
    12
    """
    found = law(of, folders)
    last = found.instrument.versions[-1].consequence
    return found.menu or (menu(last.menu, folders) if last and last.menu else ())


def counted(of: str, chosen: Iterable[str], folders: Folders = ()) -> int:
    """For how many measures of a menu those ``chosen`` count, by their ids; a measure with parts counts by its parts.

    Raises :class:`~marsad.errors.NotFoundError` for an id that the menu lacks.

    >>> counted("us/caatsa/235", ["2", "5A", "5B"]), counted("us/caatsa/235", ["5"])
    (3, 1)
    """
    known: dict[str, str] = {}
    for measure in menu(of, folders):
        known |= {part.id: measure.id for part in measure.parts} | {measure.id: measure.id}
    picked = set(chosen)
    if unknown := sorted(picked - known.keys()):
        raise NotFoundError(f"{', '.join(unknown)}: no such measure in {of}", do=f"one of: {', '.join(known)}")
    # The head of a measure with parts stands for one of them, where none is named.
    named = {known[one] for one in picked if known[one] != one}
    return sum(one not in named for one in picked)


def review(report: date, *, disapproved: date | None = None, vetoed: date | None = None) -> date:
    """The last day of the review by Congress, of which the day of the ``report`` is the first (section 216).

    ``disapproved`` is the day on which both Houses passed a disapproval, ``vetoed`` that of the President's veto.

    >>> review(date(2020, 7, 9)), review(date(2020, 7, 10))
    (datetime.date(2020, 8, 7), datetime.date(2020, 9, 7))
    """
    calendar = law(REVIEW).calendar
    if calendar is None:
        raise KnowledgeError("the calendar is missing", where=REVIEW, do="install Marsad again, or restore the file")
    return calendar.review(report, disapproved=disapproved, vetoed=vetoed)


def check(folder: Path | str | None = None, trial: Trial | None = None) -> list[Problem]:
    """What is wrong with the laws in a folder, or with Marsad's own: every problem with file, line and key.

    ``folder`` is one that has ``instruments/`` inside, or itself holds the files. ``trial`` evaluates a case, and says
    in words where it comes to something else than it expects (the cases are not tried without it). Raises
    :class:`~marsad.errors.KnowledgeError` for a folder without any.
    """
    own = roots()
    if folder is None:
        return list(library(own).check(own[0], trial))
    path = Path(folder).expanduser()
    root = path / FOLDER if (path / FOLDER).is_dir() else path
    if not any(root.rglob("*.yaml")):
        raise KnowledgeError(
            "the folder holds no law", where=str(folder), do=f"give a folder with {FOLDER}/ in it, or that folder"
        )
    if root.resolve() == own[0].resolve():
        return list(library(own).check(own[0], trial))
    return list(library((*own, root)).check(root, trial))
