"""A model folder to a callable: sentence in, :class:`Found` out. No network, no hub; a damaged file is an error.

Sentences go through the encoder one at a time: dynamic int8 takes its scale over a whole tensor, so a batch would let
one sentence change another's result, and one at a time is measured to be as fast.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort

from marsad.errors import ModelError
from marsad.model import labels
from marsad.model.decode import Floats, Thresholds
from marsad.model.features import Place, Stems, table
from marsad.model.interpret import Found, Second, Sentence, Vocabulary, interpret, judge
from marsad.model.pairs import Chosen, copy_pairs, role_pairs
from marsad.model.pieces import BOS, EOS, LONGEST_UNIT, Pieces
from marsad.model.table import Q4Table
from marsad.text import units
from marsad.types import Kind, Link, Mention, Span, Trigger

#: Pieces of one pass; a longer sentence is read in windows of whole units.
LONGEST = 480
SUMS = "SHA256SUMS"


def folder(path: str = "") -> Path:
    """The model's folder: ``path``, or the one inside the package."""
    return Path(path) if path else Path(str(files("marsad.model") / "data"))


def sums(where: Path) -> dict[str, str]:
    """File name to the SHA-256 that the model was shipped with."""
    try:
        lines = (where / SUMS).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ModelError(
            f"no model here ({SUMS} is missing)",
            where=str(where),
            do="reinstall marsad, or set `model` to a model folder",
        ) from None
    return {name: digest for digest, name in (line.split() for line in lines if line.strip())}


def verify(where: Path) -> None:
    """Every file's hash against :data:`SUMS`; raises :class:`ModelError` naming the hash expected."""
    for name, expected in sums(where).items():
        _existing(where, name, expected)
        found = hashlib.sha256((where / name).read_bytes()).hexdigest()
        if found != expected:
            raise ModelError(
                f"damaged: its SHA-256 is {found}, expected {expected}",
                where=str(where / name),
                do="reinstall marsad, or fetch the model again",
            )


def _existing(where: Path, name: str, expected: str) -> Path:
    path = where / name
    if not path.is_file():
        raise ModelError(
            f"missing (SHA-256 expected: {expected})", where=str(path), do="reinstall marsad, or fetch the model again"
        )
    return path


def _session(path: Path, expected: str, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0" if threads == 1 else "1")
    try:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises its own family, not exported by name
        raise ModelError(
            f"not loadable as ONNX ({type(error).__name__}); its SHA-256 should be {expected}",
            where=str(path),
            do="reinstall marsad, or fetch the model again",
        ) from error


Feeds = dict[str, np.ndarray[Any, Any]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Units of one window, from character ``base`` of their text on, and what the encoder is given for them."""

    text: str
    units: list[Span]
    names: list[Place]
    base: int
    feeds: Feeds


class Model:
    """The loaded model. Calling it reads one sentence; the same sentence always gives the same result."""

    def __init__(self, where: Path, threads: int = 1) -> None:
        expected = sums(where)
        paths = {name: _existing(where, name, digest) for name, digest in expected.items()}
        needed = {"encoder.onnx", "pairs.onnx", "table.q4", "pieces.txt.xz", "stems.json.xz", "labels.json"}
        if lacking := sorted(needed - set(paths)):
            raise ModelError(f"{SUMS} does not list {', '.join(lacking)}", where=str(where), do="fetch the model again")
        try:
            self._read(paths)
        except (ValueError, KeyError, TypeError, lzma.LZMAError, OSError) as error:
            verify(where)  # says which file is damaged, and the hash expected
            raise ModelError(
                f"not a model of this version ({error!r})", where=str(where), do="fetch it again"
            ) from error
        self._first = _session(paths["encoder.onnx"], expected["encoder.onnx"], threads)
        self._second = _session(paths["pairs.onnx"], expected["pairs.onnx"], threads)

    def _read(self, paths: dict[str, Path]) -> None:
        kept: dict[str, Any] = json.loads(paths["labels.json"].read_text(encoding="utf-8"))
        if kept["labels"] != labels.VERSION:
            raise ModelError(
                f"made for label set {kept['labels']}, this is {labels.VERSION}",
                where=str(paths["labels.json"]),
                do="install the model of this version of marsad",
            )
        self.vocabulary = Vocabulary(
            tuple(kept["modes"]),
            tuple(kept["codes"]),
            Thresholds(**kept["thresholds"]),
            tuple(kept["calibration"]),
            kept["version"],
        )
        self._transition: Floats = np.array(kept["transition"], np.float32)
        lines = lzma.decompress(paths["pieces.txt.xz"].read_bytes()).decode("utf-8").split("\n")
        pairs = [line.rsplit("\t", 1) for line in lines]
        self._pieces = Pieces([piece for piece, _ in pairs], [float(score) for _, score in pairs])
        stems = json.loads(lzma.decompress(paths["stems.json.xz"].read_bytes()))
        self._stems = Stems(stems["stems"], stems["skeletons"])
        self._table = Q4Table(paths["table.q4"], len(pairs))

    @property
    def version(self) -> str:
        """The model's version, as it stands in evidence."""
        return self.vocabulary.version

    def __call__(self, text: str, span: Span | None = None) -> Found:
        """What stands in ``text[span]`` (all of ``text`` by default). Offsets of the result count in ``text``."""
        span = span or Span(0, len(text))
        sentence = span.of(text)
        found = [self._window(sentence, part) for part in self._windows(sentence)]
        return join([_shifted(one, span.start) for one in found])

    def _ids(self, text: str, unit: Span) -> tuple[int, ...]:
        after_space = unit.start == 0 or text[unit.start - 1].isspace()
        return self._pieces.encode(text[unit.start : min(unit.stop, unit.start + LONGEST_UNIT)], after_space)

    def _windows(self, text: str) -> list[list[Span]]:
        """The units of ``text``, in runs of at most :data:`LONGEST` pieces."""
        found = units(text)
        if found and len(text) + len(found) <= LONGEST:  # no unit has more pieces than characters and one
            return [found]
        windows: list[list[Span]] = []
        room = 0
        for unit in found:
            need = len(self._ids(text, unit))
            if need > room:
                windows.append([])
                room = LONGEST
            room -= need
            windows[-1].append(unit)
        return windows

    def prepare(self, text: str, found: Sequence[Span]) -> Prepared:
        """The encoder's input for consecutive units of ``text``."""
        ids, of = [BOS], []
        for i, unit in enumerate(found):
            pieces = self._ids(text, unit)
            ids += pieces
            of += [i] * len(pieces)
        ids.append(EOS)
        pool = np.zeros((len(found), len(ids)), np.float32)
        pool[of, np.arange(1, len(of) + 1)] = 1.0
        pool /= pool.sum(1, keepdims=True)
        base = found[0].start
        inside = text[base : found[-1].stop]
        here = [unit.shift(-base) for unit in found] if base else list(found)
        features, names = table(inside, here, self._stems)
        feeds = {"words": self._table(ids)[None], "pool": pool, "features": features}
        return Prepared(inside, here, names, base, feeds)

    def encode(self, feeds: Feeds) -> list[Floats]:
        """The first stage: unit vectors [U, 384], tag emissions [U, 17], trigger logits [U, 16]."""
        return list(self._first.run(None, feeds))

    def judge(self, text: str, given: Sequence[tuple[Span, Kind | None]]) -> list[Mention | None]:
        """Sector and country of mentions that are given, in their order: what is measured on gold spans.

        Of a kind that is not given the model decides; None where it takes the phrase for no mention, or the phrase
        stands on no word. A mention is judged in the window that it begins in.
        """
        found: dict[int, Mention] = {}
        for part in self._windows(text):
            made, sentence = self._read_sentence(text, part)
            inside = [
                (i, one)
                for i, (span, kind) in enumerate(given)
                if i not in found and (one := _chosen(made, sentence, span, kind))
            ]
            mentions = judge(sentence, [one for _, one in inside], self.vocabulary)
            for (i, _), mention in zip(inside, mentions, strict=True):
                found[i] = replace(mention, span=given[i][0])
        return [found.get(i) for i in range(len(given))]

    def _read_sentence(self, text: str, found: Sequence[Span]) -> tuple[Prepared, Sentence]:
        """The first stage of consecutive units, and how to ask for the second."""
        made = self.prepare(text, found)
        h, emissions, triggers = self.encode(made.feeds)

        def second(chosen: list[Chosen], mentions: list[Chosen]) -> Second:
            asked = {
                "h": h,
                "trigger": _rows([(c.first, c.last, c.kind) for c in chosen], 3),
                "mention": _rows([(c.first, c.last, c.kind) for c in mentions], 3),
                "name": _rows([(n.first, n.last) for n in made.names], 2),
                "pair": role_pairs(chosen, mentions),
                "near": copy_pairs(mentions, made.names),
            }
            return Second(*self._second.run(None, asked))

        return made, Sentence(made.text, made.units, made.names, emissions, triggers, second)

    def _window(self, text: str, found: Sequence[Span]) -> Found:
        made, sentence = self._read_sentence(text, found)
        return _shifted(interpret(sentence, self._transition, self.vocabulary), made.base)


def _chosen(made: Prepared, sentence: Sentence, span: Span, kind: Kind | None) -> Chosen | None:
    """A mention on the units of a window; None where it begins in none of them, or is none of any kind."""
    inside = [i for i, unit in enumerate(made.units) if unit.shift(made.base).overlap(span)]
    if not inside or made.base + made.units[inside[0]].start > span.start:
        return None
    first, last = inside[0], inside[-1]
    if kind is not None:
        return Chosen(first, last, labels.KINDS.index(kind), 1.0)
    emissions = sentence.emissions[first : last + 1]
    of_kind = emissions[0, 1::2] + emissions[1:, 2::2].sum(0)
    best = int(of_kind.argmax())
    return Chosen(first, last, best, 1.0) if of_kind[best] > emissions[:, 0].sum() else None


def _rows(rows: list[tuple[int, ...]], width: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(rows, np.int64).reshape(-1, width)


def _shifted(found: Found, by: int) -> Found:
    if not by:
        return found
    return Found(
        tuple(replace(m, span=m.span.shift(by)) for m in found.mentions),
        tuple(replace(t, span=t.span.shift(by)) for t in found.triggers),
        found.links,
    )


def join(found: list[Found]) -> Found:
    """Findings of consecutive pieces of text as one; the links' indexes are moved."""
    if len(found) == 1:
        return found[0]
    mentions: list[Mention] = []
    triggers: list[Trigger] = []
    links: list[Link] = []
    for one in found:
        t, m = len(triggers), len(mentions)
        links += [replace(k, trigger=k.trigger + t, mention=k.mention + m) for k in one.links]
        mentions += one.mentions
        triggers += one.triggers
    return Found(tuple(mentions), tuple(triggers), tuple(links))


@cache
def load(path: str = "", threads: int = 1) -> Model:
    """The model in folder ``path`` (empty: the shipped one). Raises :class:`ModelError`. Loaded once a process."""
    return Model(folder(path), threads)
