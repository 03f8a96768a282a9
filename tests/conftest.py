"""What the tests share. `import world` gives the fake world of tests/world.py."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

# A shell that starts the tests in the background has them ignore Ctrl-C, and what they start too; some tests send it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def fake_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line codes with the fake of tests/world.py: no model is needed."""
    import world

    monkeypatch.setattr("marsad.coder.load", world.load)
