"""The stages of ``python -m training``: what is read and written at each, in order."""

from __future__ import annotations

import json
import pickle
import time
from argparse import Namespace
from dataclasses import replace

import numpy as np
import torch

from marsad.model.interpret import Vocabulary
from marsad.model.pieces import Pieces
from training import corpus, teach, tune
from training.card import card
from training.check import check
from training.corpus import Counts, Example, Reader, Record
from training.encoder import read
from training.export import FULL, export
from training.fit import Net, Recipe, Table, build, standardise, train
from training.vocabulary import select

#: Decay of the averaged weights, and pseudo-labelled sentences of the full recipe.
AVERAGING, PSEUDO = 0.998, 8_000
PARTS = 8  # one of so many parts of the training documents is kept for choosing


def _records(args: Namespace) -> list[Record]:
    found = corpus.read(args.corpus / "train.jsonl") + corpus.read(args.corpus / "written.jsonl")
    return found + corpus.own_labels(args.corpus) + corpus.own_sentences()


def held_out(record: Record) -> bool:
    """Whether a record belongs to the documents that choices are made on (never those of ``written`` or our own)."""
    return record["source"] != "written" and record["source"] != "own" and corpus.part(record["doc"], PARTS) == 1


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
    counts = Counts(r for r in records if not held_out(r))
    reader = Reader(pieces, modes)
    began = time.time()
    of_doc = {doc: counts.without(doc) for doc in {r["doc"] for r in records}}
    made = [(r, reader.example(r, of_doc[r["doc"]])) for r in records]
    state = {
        "kept": kept,
        "modes": modes,
        "codes": codes,
        "counts": counts,
        "train": [e for r, e in made if not held_out(r)],
        "held": [e for r, e in made if held_out(r)],
        "held_records": [r for r in records if held_out(r)],
    }
    with (args.work / "prepared.pickle").open("wb") as file:
        pickle.dump(state, file)
    print(f"{len(state['train'])} sentences to train on, {len(state['held'])} held out, {time.time() - began:.0f} s")


def fit(args: Namespace, recipe: Recipe) -> None:
    """Train run ``--name``; prints the figures on the held-out documents at the end."""
    save = args.work / f"{args.name}.pt"
    if save.exists():
        print(f"{save} exists")
        return
    prepared = Prepared(args)
    examples = prepared.train + (prepared.held if args.whole else [])
    if args.pseudo:
        with (args.work / "pseudo.pickle").open("rb") as file:
            examples = examples + pickle.load(file)[: args.pseudo]
    net = build(prepared.weights, recipe, len(prepared.modes), len(prepared.codes))
    torch.set_num_threads(recipe.threads)
    standardise(net, prepared.table, prepared.train[:: max(1, len(prepared.train) // 400)])
    train(net, prepared.table, examples, prepared.codes, recipe, save, prepared.mask)
    measure(args, recipe)


def held(args: Namespace, recipe: Recipe) -> None:
    """Write the held-out records to ``held.jsonl`` in the work folder: what rules are chosen on."""
    del recipe
    rows = [json.dumps(record, ensure_ascii=False) for record in Prepared(args).held_records]
    (args.work / "held.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


def measure(args: Namespace, recipe: Recipe) -> None:
    """Average precision of the triggers and the tuned figures of run ``--name``, held-out documents only."""
    prepared = Prepared(args)
    torch.set_num_threads(recipe.threads)
    nets = [prepared.net(args, recipe, name) for name in (args.teachers or args.name).split(",")]
    result = tune.choose(nets, prepared.table, prepared.held, prepared.held_records, prepared.modes, prepared.codes)
    print(result.report())
    (args.work / f"{args.name}.tuned.json").write_text(json.dumps(result.as_dict(), indent=1))


def teaching(args: Namespace, recipe: Recipe) -> None:
    """Pseudo-labels of ``--pseudo`` unlabelled sentences by the mean of ``--teachers``."""
    prepared = Prepared(args)
    torch.set_num_threads(recipe.threads)
    nets = [prepared.net(args, recipe, name) for name in args.teachers.split(",")]
    found = teach.label(
        nets, prepared, args.corpus, args.pseudo, tune.thresholds_of(args.work, args.teachers.split(","))
    )
    with (args.work / "pseudo.pickle").open("wb") as file:
        pickle.dump(found, file)
    print(f"{len(found)} pseudo-labelled sentences")


def exporting(args: Namespace, recipe: Recipe) -> None:
    """The shipped files of run ``--name``."""
    prepared = Prepared(args)
    tuned = tune.load(args.work / f"{args.name}.tuned.json")
    vocabulary = Vocabulary(
        tuple(prepared.modes), tuple(prepared.codes), tuned.thresholds, tuned.calibration, version="1"
    )
    export(prepared.net(args, recipe, args.name), prepared, vocabulary, args.out, args.work)
    kept = json.loads((args.work / f"{args.name}.json").read_text())
    (args.out / "card.md").write_text(card(prepared, tuned, kept, args.pseudo, FULL, args.out), encoding="utf-8")


def model(args: Namespace, recipe: Recipe) -> None:
    """One model from nothing."""
    if not (args.work / "prepared.pickle").exists():
        prepare(args, recipe)
    fit(args, replace(recipe, averaging=AVERAGING, epochs=5, threads=2))
    exporting(args, recipe)


def full(args: Namespace, recipe: Recipe) -> None:
    """The shipped model: teachers of three seeds, their mean on unlabelled text, one student."""
    if not (args.work / "prepared.pickle").exists():
        prepare(args, recipe)
    names = [f"t{seed}" for seed in (1, 2, 3)]
    for seed, name in enumerate(names, 1):
        teacher = replace(recipe, seed=seed, averaging=AVERAGING, epochs=5, threads=2)
        fit(Namespace(**{**vars(args), "name": name, "pseudo": 0, "teachers": ""}), teacher)
    if not (args.work / "pseudo.pickle").exists():
        teaching(Namespace(**{**vars(args), "teachers": ",".join(names), "pseudo": PSEUDO}), replace(recipe, threads=2))
    student = replace(recipe, seed=7, averaging=AVERAGING, epochs=4, encoder_dropout=0.0, threads=2)
    args = Namespace(**{**vars(args), "name": "student", "pseudo": PSEUDO, "teachers": ""})
    fit(args, student)
    exporting(args, student)


STAGES = {
    "prepare": prepare,
    "fit": fit,
    "held": held,
    "measure": measure,
    "teach": teaching,
    "export": exporting,
    "model": model,
    "full": full,
}
