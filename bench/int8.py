"""What int8 costs: ``python bench/int8.py FP32.onnx GOLD.jsonl``

The shipped model and the same model with its encoder in float32 (``encoder.fp32.onnx``, which the export stage leaves
in the work folder), with all rules, on one gold file: every figure of both, and their difference.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path

from marsad.cli.eval import measured, records
from marsad.model.load import SUMS, folder, sums
from marsad.settings import Settings

SHOWN = ("event", "trigger", "mention", "actor", "recipient", "speaker", "country", "dyad", "status macro")


def with_encoder(encoder: Path, where: Path) -> None:
    """The shipped model's folder at ``where``, with another encoder."""
    listed = sums(folder())
    for name in listed:
        source = encoder if name == "encoder.onnx" else folder() / name
        (where / name).symlink_to(source.resolve())
    listed["encoder.onnx"] = hashlib.sha256(encoder.read_bytes()).hexdigest()
    (where / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in listed.items()), encoding="ascii")


def main() -> None:
    """Measure and print."""
    encoder, path = Path(sys.argv[1]), Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        with_encoder(encoder, Path(name))
        full = measured(path, Settings(model=name))
    int8 = measured(path)
    print(f"{len(records(path))} texts of {path.name}\n{'':14} float32    int8    change")
    for figure in SHOWN:
        print(f"{figure:14} {full[figure]:7.3f} {int8[figure]:7.3f} {int8[figure] - full[figure]:+9.3f}")


if __name__ == "__main__":
    main()
