"""``python -m training STAGE``: how the shipped model is made, from a package registry and the corpus alone.

Stages, each resumable (a finished file is not made again), in a work folder:

prepare   the base encoder checked against its own package, pruned vocabulary, examples
fit       one model by a recipe (``--name``, ``--seed``, ``--epochs`` …), then ``measure``
measure   thresholds and calibration on the held-out eighth of the training documents, and the figures there
held      those held-out sentences as a file, to choose rules on (``bench/rules.py``)
export    int8 ONNX, embedding table, dictionaries, hashes, card
model     prepare, fit, tune, export: one model in under 90 minutes (``make model``)
full      two runs, the second on from the first with more documents (``make model-full``)
"""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

from training import stages
from training.fit import Recipe


def main() -> None:
    """Parse the command line and run a stage."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("stage", choices=sorted(stages.STAGES))
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"), help="folder of the labelled corpus")
    parser.add_argument("--work", type=Path, default=Path("work"), help="folder for everything made on the way")
    parser.add_argument("--out", type=Path, default=Path("src/marsad/model/data"), help="where the model's files go")
    parser.add_argument("--name", default="m1", help="name of the run")
    parser.add_argument("--whole", action="store_true", help="train on the tuning documents too")
    parser.add_argument("--parts", type=int, default=8, help="keep one of so many parts of the documents for choosing")
    parser.add_argument("--limit", type=int, default=0, help="use only so many sentences (for trying things)")
    for f in fields(Recipe):
        parser.add_argument(f"--{f.name.replace('_', '-')}", type=type(f.default), default=f.default)
    args = parser.parse_args()
    recipe = Recipe(**{f.name: getattr(args, f.name) for f in fields(Recipe)})
    stages.STAGES[args.stage](args, recipe)


if __name__ == "__main__":
    main()
