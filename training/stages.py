"""The stages of ``python -m training``: what is read and written at each, in order."""

from __future__ import annotations

import json
import pickle
from argparse import Namespace
from dataclasses import replace

import torch

from marsad.model.interpret import Vocabulary
from training import teach, tune
from training.card import card
from training.export import FULL, export
from training.fit import Recipe, begin, build, standardise, train
from training.prepared import Prepared, prepare

#: Decay of the averaged weights, and pseudo-labelled sentences of the full recipe.
AVERAGING, PSEUDO = 0.998, 8_000


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
    fit(args, replace(recipe, averaging=AVERAGING, epochs=4, threads=2))
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
