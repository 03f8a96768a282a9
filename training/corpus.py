"""Labelled sentences as index arrays: units, pieces, tags, triggers and the roles between them."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from marsad.model import labels
from marsad.model.features import Place, Stems, skeleton, stem_of, strength, table
from marsad.model.pairs import Chosen, copy_pairs, role_pairs
from marsad.model.pieces import BOS, EOS, Pieces
from marsad.text import units
from marsad.types import Span

HERE = Path(__file__).parent
LONGEST = 380  # pieces of a training sentence; longer ones are cut
Record = dict[str, Any]


def read(path: Path) -> list[Record]:
    """Records of a JSON Lines file, gzipped or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def part(doc: str, parts: int) -> int:
    """Which of ``parts`` a document belongs to, the same on every machine."""
    return int(hashlib.sha1(doc.encode()).hexdigest(), 16) % parts


def own_labels(corpus: Path) -> list[Record]:
    """Our own labels of unlabelled sentences (``labels/*.jsonl``: ids and offsets), with the text put back."""
    text = {record["id"]: record for record in read(corpus / "unlabelled.jsonl.gz")}
    labelled = [record for path in sorted((HERE / "labels").glob("*.jsonl")) for record in read(path)]
    return [{**text[record["id"]], "lang": "ar", **record, "ours": True} for record in labelled if record["id"] in text]


def own_sentences() -> list[Record]:
    """Sentences written for training by us, with labels (``own/*.jsonl``)."""
    return [{**record, "ours": True} for path in sorted((HERE / "own").glob("*.jsonl")) for record in read(path)]


@dataclass
class Example:
    """One sentence, as arrays."""

    id: str
    lang: str
    pieces: np.ndarray  # [P] ids with <s> and </s>
    unit: np.ndarray  # [P] unit of each piece, -1 for the special ones
    features: np.ndarray  # [U, F]
    tags: np.ndarray  # [U]
    types: np.ndarray  # [U, 16] 0..1
    mentions: list[Chosen] = field(default_factory=list)
    triggers: list[Chosen] = field(default_factory=list)
    names: list[Place] = field(default_factory=list)
    roles: np.ndarray | None = None  # [T * M, 4] 0..1, trigger-major
    role_pairs: np.ndarray | None = None  # [T * M, 5]
    copy_pairs: np.ndarray | None = None  # [K, 3]
    status: np.ndarray | None = None  # [T, 4] distribution
    mode: np.ndarray | None = None  # [T] index or -1
    context: np.ndarray | None = None  # [T, 19] 0..1
    sector: np.ndarray | None = None  # [M, 14] distribution or zeros
    country: list[str | None] = field(default_factory=list)  # [M] a code, "" for none known, None to skip
    weight: float = 1.0
    ours: bool = False  # labelled by us and not by the corpus's annotators, who mark more events


def segment(text: str, pieces: Pieces) -> tuple[list[Span], np.ndarray, np.ndarray]:
    """Units of ``text``, piece ids and the unit of each piece."""
    found = units(text)
    ids, of = [BOS], [-1]
    for i, unit in enumerate(found):
        after_space = unit.start == 0 or text[unit.start - 1].isspace()
        for piece in pieces.encode(text[unit.start : unit.stop], after_space):
            ids.append(piece)
            of.append(i)
    ids.append(EOS)
    of.append(-1)
    return found, np.array(ids), np.array(of)


def _range(found: list[Span], start: int, stop: int) -> tuple[int, int] | None:
    """First and last unit that share a character with start..stop."""
    hits = [i for i, unit in enumerate(found) if unit.start < stop and unit.stop > start]
    return (hits[0], hits[-1]) if hits else None


class Counts:
    """How often each stem and skeleton occurs and is a trigger of each type, in all and by document."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.seen: dict[str, Counter[str]] = {"stem": Counter(), "skeleton": Counter()}
        self.types: dict[str, defaultdict[str, Counter[int]]] = {
            "stem": defaultdict(Counter),
            "skeleton": defaultdict(Counter),
        }
        self.by_doc: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for record in records:
            self._add(record)

    def _add(self, record: Record) -> None:
        text, found = record["text"], units(record["text"])
        kind = np.full(len(found), -1)
        for event in record["events"]:
            at = _range(found, *event["trigger"])
            if at:
                kind[at[0] : at[1] + 1] = labels.TYPES.index(event["type"])
        words = [
            (stem_of(text[unit.start : unit.stop]), k)
            for unit, k in zip(found, kind.tolist(), strict=True)
            if text[unit.start].isalpha()
        ]
        self.by_doc[record["doc"]] += words
        for stem, k in words:
            for level, key in (("stem", stem), ("skeleton", skeleton(stem))):
                self.seen[level][key] += 1
                if k >= 0:
                    self.types[level][key][k] += 1

    def _entry(self, level: str, key: str, less: Counter[int], gone: int) -> tuple[int, int]:
        types = self.types[level][key] - less if key in self.types[level] else Counter[int]()
        triggers = sum(types.values())
        best = 1 + max(types, key=lambda k: (types[k], -k)) if triggers else 0
        return best, strength(triggers, self.seen[level][key] - gone)

    def without(self, doc: str) -> Stems:
        """What the other documents say of the stems of ``doc``: else a training word would tell its own label."""
        less: dict[str, dict[str, Counter[int]]] = {"stem": defaultdict(Counter), "skeleton": defaultdict(Counter)}
        gone: dict[str, Counter[str]] = {"stem": Counter(), "skeleton": Counter()}
        for stem, k in self.by_doc.get(doc, ()):
            for level, key in (("stem", stem), ("skeleton", skeleton(stem))):
                gone[level][key] += 1
                if k >= 0:
                    less[level][key][k] += 1
        return Stems(
            *({key: self._entry(level, key, less[level][key], n) for key, n in gone[level].items()} for level in gone)
        )

    def all(self, least: int = 1) -> Stems:
        """The table that is shipped. Stems seen fewer than ``least`` times and never as trigger are left out."""
        out = []
        for level in ("stem", "skeleton"):
            keys = [k for k, n in self.seen[level].items() if n >= least or k in self.types[level]]
            out.append({key: self._entry(level, key, Counter(), 0) for key in keys})
        return Stems(*out)


class Reader:
    """Records to examples."""

    def __init__(self, pieces: Pieces, modes: list[str]) -> None:
        self.pieces, self.modes = pieces, modes

    def bare(self, record: Record, stems: Stems) -> tuple[Example, list[Span]]:
        """The inputs of a sentence, without any label."""
        text = record["text"]
        found, ids, of = segment(text, self.pieces)
        if len(ids) > LONGEST:
            keep = int(of[LONGEST - 2])  # units that are whole within the limit
            found = found[:keep]
            ids = np.append(ids[:-1][of[:-1] < keep], EOS)
            of = np.append(of[:-1][of[:-1] < keep], -1)
        features, names = table(text, found, stems)
        example = Example(
            record["id"],
            record.get("lang", "ar"),
            ids,
            of,
            features,
            np.zeros(len(found), np.int64),
            np.zeros((len(found), len(labels.TYPES)), np.float32),
            names=names,
            ours=record.get("ours", False),
        )
        return example, found

    def example(self, record: Record, stems: Stems) -> Example:
        """A labelled sentence. Nested mentions and roles filled by them are left out."""
        ex, found = self.bare(record, stems)
        of_entity: dict[int, int] = {}
        order = sorted(enumerate(record["entities"]), key=lambda p: p[1]["start"] - p[1]["stop"])
        taken = np.zeros(len(found), bool)
        chosen = []
        for k, entity in order:
            at = _range(found, entity["start"], entity["stop"])
            if at and not taken[at[0] : at[1] + 1].any():
                taken[at[0] : at[1] + 1] = True
                chosen.append((at, k))
        chosen.sort()
        ex.sector = np.zeros((len(chosen), len(labels.SECTORS)), np.float32)
        for i, (at, k) in enumerate(chosen):
            entity = record["entities"][k]
            of_entity[k] = i
            kind = labels.KINDS.index(entity["type"])
            ex.mentions.append(Chosen(*at, kind, 1.0))
            ex.tags[at[0]] = 1 + 2 * kind
            ex.tags[at[0] + 1 : at[1] + 1] = 2 + 2 * kind
            if entity.get("sector"):
                ex.sector[i, labels.SECTORS.index(entity["sector"])] = 1
            ex.country.append(entity.get("code") or "")
        self._events(record, ex, found, of_entity)
        return ex

    def _events(self, record: Record, ex: Example, found: list[Span], of_entity: dict[int, int]) -> None:
        events = []
        for event in record["events"]:
            at = _range(found, *event["trigger"])
            if at and at not in [known for known, _ in events]:
                events.append((at, event))
        events.sort(key=lambda pair: pair[0])
        for at, event in events:
            kind = labels.TYPES.index(event["type"])
            ex.triggers.append(Chosen(*at, kind, 1.0))
            ex.types[at[0] : at[1] + 1, kind] = 1
        ex.role_pairs = role_pairs(ex.triggers, ex.mentions)
        ex.copy_pairs = copy_pairs(ex.mentions, ex.names)
        ex.roles = np.zeros((len(events), len(ex.mentions), len(labels.ROLES)), np.float32)
        ex.status = np.zeros((len(events), len(labels.STATUSES)), np.float32)
        ex.context = np.zeros((len(events), len(labels.CONTEXTS)), np.float32)
        ex.mode = np.full(len(events), -1)
        for i, (_, event) in enumerate(events):
            ex.status[i, labels.STATUSES.index(event["status"])] = 1
            for context in event.get("context") or ():
                ex.context[i, labels.CONTEXTS.index(context)] = 1
            mode = f"{event['type']}/{event.get('mode') or ''}"
            if mode in self.modes:
                ex.mode[i] = self.modes.index(mode)
            speaker = event.get("speaker")
            fillers = [(0, k) for k in event["actors"]] + [(1, k) for k in event["recipients"]]
            fillers += [(2, speaker)] if speaker is not None else []
            for role, k in fillers:
                if k in of_entity:
                    ex.roles[i, of_entity[k], role] = 1
            if event.get("place"):
                at = _range(found, *event["place"])
                for m, mention in enumerate(ex.mentions):
                    if at and mention.first <= at[1] and mention.last >= at[0]:
                        ex.roles[i, m, 3] = 1
                        break
        ex.roles = ex.roles.reshape(-1, len(labels.ROLES))


def modes_of(records: Iterable[Record]) -> list[str]:
    """Every type/mode that occurs, and ``type/`` for an event of such a type to which none of its modes applies."""
    found = {f"{e['type']}/{e['mode']}" for r in records for e in r["events"] if e.get("mode")}
    return sorted(found | {mode.partition("/")[0] + "/" for mode in found})


def codes_of(records: Iterable[Record], least: int = 4) -> list[str]:
    """Country codes with at least ``least`` mentions, after the empty one."""
    count = Counter(e["code"] for r in records for e in r["entities"] if e.get("code"))
    return ["", *sorted(code for code, n in count.items() if n >= least)]


def batches(examples: list[Example], size: int, seed: int, most: int = 2600) -> Iterator[list[Example]]:
    """Shuffled batches of at most ``size`` sentences and ``most`` padded pieces, of like length."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(examples))
    made: list[list[Example]] = []
    for at in range(0, len(order), 50 * size):
        chunk = sorted(order[at : at + 50 * size].tolist(), key=lambda i: len(examples[i].pieces))
        batch: list[Example] = []
        for i in chunk:
            ex = examples[i]
            if batch and (len(batch) == size or len(ex.pieces) * (len(batch) + 1) > most):
                made.append(batch)
                batch = []
            batch.append(ex)
        if batch:
            made.append(batch)
    for i in rng.permutation(len(made)).tolist():
        yield made[i]
