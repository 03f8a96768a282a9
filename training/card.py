"""The model card: what the shipped files are made from and how, with places for the figures that commands print."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from training.prepared import Prepared
from training.tune import Tuned

CARD = """# Model card: Marsad {version}

One encoder, one pass a sentence: mentions (eight kinds, with sector and country), triggers (sixteen types of PLOVER,
with mode, status and contexts), and the roles between them (actor, recipient, speaker, place). Arabic and English;
other languages are coded but not measured.

## Made from

- Base: multilingual-e5-small (MIT), bottom {depth} of 12 layers, from the package {package} {pinned} (MIT) of the
  package registry; word embeddings frozen in their 4 bits, {pieces:,} of 250,002 pieces kept.
- Labels: {sentences:,} sentences ({arabic:,} Arabic, {english:,} English; {events:,} events), made by language-model
  annotators from the annotation guidelines and checked by program; {held:,} sentences of held-out documents were not
  trained on and serve for thresholds and choices. The texts are not shipped.
- Recipe: {recipe}

## Files

{files}

`SHA256SUMS` lists their hashes; `marsad doctor` checks them. The int8 graph keeps the feed-forward output of layer
{full} in float32, whose input has outliers that one scale cannot hold.

## Held-out documents ({held:,} sentences), network alone, before int8 and rules

`python -m training measure`: {figures}

## With int8 and all rules

<!-- figures dev -->
<!-- /figures -->

<!-- figures blind -->
<!-- /figures -->

<!-- figures open -->
<!-- /figures -->

## Speed

<!-- figures speed -->
<!-- /figures -->

The curve of its scores on the sentences of *dev*, `python bench/calibration.py`, is docs/calibration.svg.

## Thresholds and calibration

{thresholds}; score = sigmoid({a:.3f} · logit + {b:.3f}). `python bench/calibration.py GOLD.jsonl` draws the curve.

## Limits

It reads one sentence at a time; what only the sentence before tells, rules bring in for speakers. Rare words for acts
are missed more often than common ones. Labels are of language models, not of people. It finds what texts say, not
what is true. See docs/en/limits.md.
"""


def card(prepared: Prepared, tuned: Tuned, recipe: dict[str, object], full: tuple[int, ...], out: Path) -> str:
    """The card of the files in ``out``."""
    from training.encoder import PACKAGE, PINNED

    examples = prepared.train + prepared.held
    languages = Counter(example.lang for example in examples)
    files = sorted(p for p in out.iterdir() if p.is_file() and p.name not in ("card.md", "SHA256SUMS"))
    shown = ("event", "trigger", "mention", "actor", "recipient", "speaker", "country", "dyad", "status macro")
    version = json.loads((out / "labels.json").read_text())["version"]
    return CARD.format(
        version=version,
        depth=recipe["depth"],
        package=PACKAGE,
        pinned=PINNED,
        pieces=len(prepared.kept),
        sentences=len(examples),
        arabic=languages["ar"],
        english=languages["en"],
        events=sum(len(e.triggers) for e in examples),
        held=len(prepared.held),
        recipe=", ".join(f"{k.replace('_', ' ')} {v}" for k, v in recipe.items()),
        files="\n".join(f"- `{p.name}`, {p.stat().st_size / 1e6:.1f} MB" for p in files),
        full=", ".join(str(i + 1) for i in full),
        figures=", ".join(f"{k} {tuned.figures[k]:.3f}" for k in shown) + f", trigger AP {tuned.precision:.3f}",
        thresholds=str(tuned.thresholds),
        a=tuned.calibration[0],
        b=tuned.calibration[1],
    )
