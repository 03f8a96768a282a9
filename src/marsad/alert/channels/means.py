"""What channels are given: settings, clocks and network, the environment, and where standard output goes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from marsad.net.connect import World
from marsad.settings import Settings


def _out() -> BinaryIO:
    return sys.stdout.buffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """``now`` is in UTC; ``environ`` has the passwords; relative files are taken from ``folder``."""

    settings: Settings
    now: Callable[[], datetime]
    world: World = field(default_factory=World)
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    folder: Path = Path()
    out: Callable[[], BinaryIO] = _out
