"""What every stage after the first reads: the base, the kept vocabulary, records and their examples."""

from __future__ import annotations

import json
import pickle
import time
from argparse import Namespace

import numpy as np
import torch

from marsad.model.pieces import Pieces
from training import corpus
from training.check import check
from training.corpus import Counts, Example, Reader, Record
from training.encoder import read
from training.fit import Net, Recipe, Table, build
from training.vocabulary import select

#: A stem that is never a trigger is shipped if it occurs so often.
LEAST = 3


def _records(args: Namespace) -> list[Record]:
    found = [{**record, "corpus": True} for record in corpus.read(args.corpus / "train.jsonl")]
    found += corpus.read(args.corpus / "written.jsonl")
    return found + corpus.own_labels(args.corpus) + corpus.own_sentences()


def held_out(record: Record, parts: int) -> bool:
    """Whether a record is of ``train.jsonl`` and of the one of ``parts`` of its documents that choices are made on.

    Labels of our own are never among them: they mark fewer events, and thresholds chosen on them are too high for
    others. Of 32 parts it is a quarter of what it is of 8: what was chosen on all of it can be checked on less, and the
    rest be trained on.
    """
    return record.get("corpus", False) and corpus.part(record["doc"], parts) == 1


class Prepared:
    """What every later stage reads: pieces, table, label lists, records and their examples."""

    def __init__(self, args: Namespace) -> None:
        path = args.work / "prepared.pickle"
        if not path.exists():
            prepare(args, Recipe())
        with path.open("rb") as file:
            state = pickle.load(file)
        self.kept: np.ndarray = state["kept"]
        self.modes: list[str] = state["modes"]
        self.codes: list[str] = state["codes"]
        self.train: list[Example] = state["train"]
        self.held: list[Example] = state["held"]
        self.held_records: list[Record] = state["held_records"]
        self.counts: Counts = state["counts"]
        self.weights = read()
        self.pieces = Pieces([self.weights.pieces[i] for i in self.kept], self.weights.scores[self.kept].tolist())
        self.rows = self.weights.rows()[self.kept]
        self.table = Table(self.rows)
        self.mask = int(np.flatnonzero(self.kept == self.weights.special["<mask>"])[0])
        self.reader = Reader(self.pieces, self.modes)

    def net(self, args: Namespace, recipe: Recipe, name: str) -> Net:
        """The trained net of run ``name``."""
        kept = json.loads((args.work / f"{name}.json").read_text())
        net = build(self.weights, Recipe(**kept), len(self.modes), len(self.codes))
        net.load_state_dict(torch.load(args.work / f"{name}.pt", weights_only=True))
        return net.eval()


def prepare(args: Namespace, recipe: Recipe) -> None:
    """Check the base, choose the vocabulary, turn the corpus into examples."""
    del recipe
    args.work.mkdir(parents=True, exist_ok=True)
    weights = read()
    records = _records(args)
    check(weights, [r["text"] for r in records[:: max(1, len(records) // 40)]])
    if args.limit:
        records = records[:: max(1, len(records) // args.limit)]
    base = Pieces(weights.pieces, weights.scores.tolist())
    used: set[int] = set()
    for record in records:
        if record.get("lang") == "en":
            used.update(corpus.segment(record["text"], base)[1].tolist())
    kept = select(weights, used)
    pieces = Pieces([weights.pieces[i] for i in kept], weights.scores[kept].tolist())
    print(f"vocabulary: {len(kept)} of {len(weights.pieces)} pieces, {len(kept) * 216 / 1e6:.1f} MB")
    modes, codes = corpus.modes_of(records), corpus.codes_of(records)
    counts = Counts(r for r in records if not held_out(r, args.parts))
    reader = Reader(pieces, modes)
    began = time.time()
    # A training document is read with what the others say of its stems, a held-out one with what is shipped.
    shipped = counts.all(least=LEAST)
    of_doc = {doc: counts.without(doc) for doc in {r["doc"] for r in records if not held_out(r, args.parts)}}
    made = [(r, reader.example(r, shipped if held_out(r, args.parts) else of_doc[r["doc"]])) for r in records]
    state = {
        "kept": kept,
        "modes": modes,
        "codes": codes,
        "counts": counts,
        "train": [e for r, e in made if not held_out(r, args.parts)],
        "held": [e for r, e in made if held_out(r, args.parts)],
        "held_records": [r for r in records if held_out(r, args.parts)],
    }
    with (args.work / "prepared.pickle").open("wb") as file:
        pickle.dump(state, file)
    print(f"{len(state['train'])} sentences to train on, {len(state['held'])} held out, {time.time() - began:.0f} s")
