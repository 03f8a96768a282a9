"""The stages of ``python -m training``: what is read and written at each, in order."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace

import torch

from marsad.model.interpret import Vocabulary
from training import tune
from training.card import card
from training.export import FULL, export
from training.fit import Recipe, begin, build, standardise, train
from training.prepared import Prepared, prepare

#: Decay of the averaged weights.
AVERAGING = 0.998
#: The two runs of the shipped weights: the first ends at two thirds of its schedule; the second begins with it, on
#: three quarters of the documents that the first was chosen on besides.
FIRST = {"averaging": AVERAGING, "epochs": 3.0, "stop": 2, "layer_decay": 0.9, "seed": 1}
SECOND = {"averaging": AVERAGING, "epochs": 1.9, "rate": 1.5e-4, "warmup": 0.05, "layer_decay": 0.9, "seed": 7}
FEWER = 32


def fit(args: Namespace, recipe: Recipe) -> None:
    """Train run ``--name``; prints the figures on the held-out documents at the end."""
    save = args.work / f"{args.name}.pt"
    if save.exists():
        print(f"{save} exists")
        return
    prepared = Prepared(args)
    examples = prepared.train + (prepared.held if args.whole else [])
    net = build(prepared.weights, recipe, len(prepared.modes), len(prepared.codes))
    torch.set_num_threads(recipe.threads)
    if recipe.start:
        begin(net, args.work / f"{recipe.start}.pt", prepared.modes, prepared.codes)
    else:
        standardise(net, prepared.table, prepared.train[:: max(1, len(prepared.train) // 400)])
    labels = {"modes": prepared.modes, "codes": prepared.codes}
    save.with_suffix(".labels.json").write_text(json.dumps(labels))
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
    nets = [prepared.net(args, recipe, args.name)]
    result = tune.choose(nets, prepared.table, prepared.held, prepared.held_records, prepared.modes, prepared.codes)
    print(result.report())
    (args.work / f"{args.name}.tuned.json").write_text(json.dumps(result.as_dict(), indent=1))


def exporting(args: Namespace, recipe: Recipe) -> None:
    """The shipped files of run ``--name``."""
    prepared = Prepared(args)
    tuned = tune.load(args.work / f"{args.name}.tuned.json")
    vocabulary = Vocabulary(
        tuple(prepared.modes), tuple(prepared.codes), tuned.thresholds, tuned.calibration, version="2"
    )
    export(prepared.net(args, recipe, args.name), prepared, vocabulary, args.out, args.work)
    kept = json.loads((args.work / f"{args.name}.json").read_text())
    (args.out / "card.md").write_text(card(prepared, tuned, kept, FULL, args.out), encoding="utf-8")


def model(args: Namespace, recipe: Recipe) -> None:
    """One model from nothing, in one run."""
    fit(args, replace(recipe, averaging=AVERAGING, epochs=3.0, threads=2))
    exporting(args, recipe)


def full(args: Namespace, recipe: Recipe) -> None:
    """The shipped model: a run that is cut short, and one that goes on from it with more documents."""
    first = Namespace(**{**vars(args), "work": args.work / "first", "name": "first"})
    fit(first, replace(recipe, **FIRST, threads=2))
    second = Namespace(**{**vars(args), "work": args.work / "second", "name": "second", "parts": FEWER})
    fit(second, replace(recipe, **SECOND, start="../first/first", threads=2))
    exporting(second, recipe)


STAGES = {
    "prepare": prepare,
    "fit": fit,
    "held": held,
    "measure": measure,
    "export": exporting,
    "model": model,
    "full": full,
}
