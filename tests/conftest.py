"""What the tests share. `import world` gives the fake world of tests/world.py."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def fake_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line codes with the fake of tests/world.py: no model is needed."""
    import world

    monkeypatch.setattr("marsad.coder.load", world.load)
