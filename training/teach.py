"""Self-training: what several models think of unlabelled sentences, as soft targets for one student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from marsad.model import decode, labels
from marsad.model.decode import Thresholds
from marsad.model.interpret import codes_with
from training import corpus
from training.corpus import Example
from training.fit import Net
from training.prepared import LEAST, Prepared
from training.tune import Cached, cache, run_second, transition_of

WEIGHT = 0.7
MARGIN = 0.1  # triggers this far below the threshold are still asked for roles and status
SURE = 0.5  # a country below it is no target


def _soften(item: Cached, nets: Sequence[Net], transition: np.ndarray, at: Thresholds, codes: Sequence[str]) -> Example:
    types = decode.sigmoid(item.triggers)
    triggers = decode.triggers(types, at.trigger - MARGIN)
    mentions = decode.mentions(item.emissions, transition)
    tags = np.zeros(len(types), np.int64)
    for m in mentions:
        tags[m.first] = 1 + 2 * m.kind
        tags[m.first + 1 : m.last + 1] = 2 + 2 * m.kind
    example = replace(item.example, tags=tags, types=types, mentions=mentions, triggers=triggers, weight=WEIGHT)
    got = run_second(nets, item, triggers, mentions)
    names, where = codes_with(codes, example.names)
    country: list[str | None] = []
    for m in range(len(mentions)):
        logits = np.full(len(names), decode.NEVER, np.float32)
        logits[: len(codes)] = got.country[m]
        p = decode.country(logits, got.copy.reshape(len(mentions), -1)[m], where)
        country.append(names[int(p.argmax())] if p.max() >= SURE else None)
    modes = np.array([int(row.argmax()) for row in got.mode], np.int64)
    return replace(
        example,
        role_pairs=corpus.role_pairs(triggers, mentions),
        copy_pairs=corpus.copy_pairs(mentions, example.names),
        roles=decode.sigmoid(got.role).reshape(-1, len(labels.ROLES)),
        status=decode.softmax(got.status),
        mode=modes,
        context=decode.sigmoid(got.context),
        sector=decode.softmax(got.sector),
        country=country,
    )


def label(nets: Sequence[Net], prepared: Prepared, folder: Path, most: int, at: Thresholds) -> list[Example]:
    """Up to ``most`` unlabelled sentences of 6 to 60 words with the teachers' mean as target."""
    known = {e.id for e in prepared.train} | {e.id for e in prepared.held}
    records = [
        {**r, "lang": "ar", "entities": [], "events": []}
        for r in corpus.read(folder / "unlabelled.jsonl.gz")
        if r["id"] not in known and 6 <= len(r["text"].split()) <= 60
    ]
    order = np.random.default_rng(3).permutation(len(records))[:most]
    records = [records[i] for i in order.tolist()]
    stems = prepared.counts.all(least=LEAST)
    transition = transition_of(nets)
    made: list[Example] = []
    for start in range(0, len(records), 500):
        part = records[start : start + 500]
        examples = [prepared.reader.bare(r, stems)[0] for r in part]
        made += [
            _soften(item, nets, transition, at, prepared.codes) for item in cache(nets, prepared.table, examples, part)
        ]
        print(f"{len(made)} of {len(records)}", flush=True)
    return made
