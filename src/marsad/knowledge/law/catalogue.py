"""Where files of law are found: those that come with Marsad, and those in ``instruments/`` of a user's folders."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from marsad.errors import KnowledgeError, NotFoundError
from marsad.knowledge import SETS, files
from marsad.knowledge.law import build, cases, lint, terms
from marsad.knowledge.law.build import Law
from marsad.knowledge.law.cases import Case
from marsad.knowledge.law.source import Document, Problem, parse
from marsad.knowledge.law.terms import Term
from marsad.types.law import Instrument

#: What a case comes to otherwise than it expects, in words; knowledge itself evaluates nothing.
Trial = Callable[[Instrument, Case], Iterable[str]]
#: What the folder of laws is called inside ``data/`` and inside a folder of the user.
FOLDER = "instruments"
#: Where Marsad's own are.
OWN = files.DATA / FOLDER
_TERMS = "terms.yaml"
_CASES = ".tests.yaml"


@dataclass(eq=False)
class Library:
    """The files of law in some folders, a later over an earlier one; each is read when it is first asked for."""

    roots: tuple[Path, ...]
    _documents: dict[Path, Document] = field(default_factory=dict)
    _laws: dict[str, Law] = field(default_factory=dict)
    _data: dict[str, Mapping[str, Any] | None] = field(default_factory=dict)

    @cached_property
    def paths(self) -> Mapping[str, Path]:
        """The file of each instrument, by its id, in the order of the ids."""
        found = {id_of(root, path): path for root in self.roots for path in _laws(root)}
        return dict(sorted(found.items()))

    @cached_property
    def terms(self) -> Mapping[str, Mapping[str, Term]]:
        """The words that the files may use. Raises :class:`~marsad.errors.KnowledgeError` where one is damaged."""
        documents = [self.document(path) for root in self.roots if (path := root / _TERMS).is_file()]
        for document in documents:
            raise_first(terms.problems(document))
        return terms.terms(documents)

    def document(self, path: Path) -> Document:
        """The values of a file, read once."""
        if path not in self._documents:
            try:
                text = path.read_text(encoding="utf-8")
            except OSError as error:
                raise KnowledgeError(
                    f"the file cannot be read ({error.strerror or error})", where=str(path), do="mend its permissions"
                ) from None
            except UnicodeDecodeError:
                raise KnowledgeError("the file is no UTF-8", where=str(path), do="save it as UTF-8") from None
            self._documents[path] = parse(text, str(path))
        return self._documents[path]

    def data(self, of: str) -> Mapping[str, Any] | None:
        """The data of an instrument, for others that refer to it; None where there is none of the right shape."""
        if of not in self._data:
            path = self.paths.get(of)
            document = self.document(path) if path else None
            sound = document is not None and not lint.shaped(document, self.terms)
            self._data[of] = document.data if document and sound else None
        return self._data[of]

    def problems(self, of: str) -> tuple[Problem, ...]:
        """What is wrong with the file of an instrument."""
        return lint.problems(self.document(self.paths[of]), of, self.terms, self.data)

    def law(self, of: str) -> Law:
        """The law ``of`` that id.

        Raises :class:`~marsad.errors.NotFoundError` with ids that look like it, and
        :class:`~marsad.errors.KnowledgeError` for a file with problems, which names the first.
        """
        if of not in self._laws:
            if of not in self.paths:
                near = difflib.get_close_matches(of, self.paths, n=3, cutoff=0.3)
                raise NotFoundError(f"there is no instrument {of!r}", do=f"one of: {', '.join(near or self.paths)}")
            raise_first(self.problems(of))
            data = self.document(self.paths[of]).data
            for item in (*data["elements"].values(), *data["reliefs"].values()):
                if "same_as" in item:
                    raise_first(self.problems(item["same_as"]))
            self._laws[of] = build.law(data, self.paths[of], self.data)
        return self._laws[of]

    def cases_path(self, of: str) -> Path:
        """Where the cases of an instrument stand."""
        return self.paths[of].with_suffix("").with_suffix(_CASES)

    def cases(self, of: str) -> tuple[Case, ...]:
        """The cases of an instrument; none where there is no file beside it. Raises as :meth:`law` does."""
        law = self.law(of)
        if not self.cases_path(of).is_file():
            return ()
        document = self.document(self.cases_path(of))
        raise_first(cases.problems(document, law))
        return tuple(cases.cases(document.data, law, document))

    def check(self, root: Path, trial: Trial | None = None) -> Iterator[Problem]:
        """What is wrong with the files of one root; ``trial`` says what a case comes to otherwise than it expects."""
        if (path := root / _TERMS).is_file():
            faults = terms.problems(self.document(path))
            yield from faults
            if faults:
                return  # what the others may say depends on it
        for path in _laws(root):
            of = id_of(root, path)
            found = self.problems(of)
            yield from found
            beside = self.cases_path(of)
            if not beside.is_file():
                yield Problem(str(path), 1, "", f"has no cases: write {beside.name} beside it")
            elif not found:
                try:
                    law = self.law(of)
                except KnowledgeError:  # told of the file that it takes something from
                    continue
                faults = list(cases.problems(self.document(beside), law))
                yield from faults
                for case in self.cases(of) if trial and not faults else ():
                    for message in trial(law.instrument, case) if trial else ():
                        yield Problem(str(beside), case.line, f"cases.{case.id}", message)


def id_of(root: Path, path: Path) -> str:
    """The id that a file must have: its path from the root, without the ending."""
    return path.relative_to(root).with_suffix("").as_posix()


def _laws(root: Path) -> list[Path]:
    """The files of law under a root."""
    found = sorted(root.rglob("*.yaml"))
    return [path for path in found if not path.name.endswith(_CASES) and path != root / _TERMS]


def raise_first(problems: Iterable[Problem]) -> None:
    """Raise the first of some problems."""
    for one in problems:
        key = f"{one.key}: " if one.key else ""
        raise KnowledgeError(
            f"{key}{one.message}", where=f"{one.file}:{one.line}", do="run `marsad law --check` to see every problem"
        )


def roots(folders: Iterable[Path | str] = ()) -> tuple[Path, ...]:
    """The folders of laws: Marsad's own, and those inside the ``folders`` of a user that have one."""
    found = [OWN]
    for folder in folders:
        path = Path(folder).expanduser() / FOLDER
        if path.is_dir():
            found.append(path)
    return tuple(dict.fromkeys(found))


def library(given: tuple[Path, ...]) -> Library:
    """The library of some roots; the same one as long as no file of a user changes (Marsad's own do not)."""
    theirs = (path for root in given if root != OWN for path in sorted(root.rglob("*.yaml")))
    return _library(given, tuple((str(path), *_stamp(path)) for path in theirs))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=SETS)
def _library(given: tuple[Path, ...], stamps: tuple[tuple[str, int, int], ...]) -> Library:
    """The times and sizes of the files are the key of the cache."""
    return Library(given)
