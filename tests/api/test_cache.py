"""What is kept of dear answers, and for how long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest

from marsad.api.cache import ALWAYS, Cache, Key
from marsad.api.forms import Kept

DAY = date(2026, 3, 1)


def test_a_newer_state_ends_what_was_worked_out_of_an_older_one_and_not_what_stands_always():
    cache = Cache()
    for key in (Key("old", "", DAY, 1), Key("always", "", DAY, ALWAYS), Key("new", "", DAY, 2)):
        cache.get(key, lambda: "made", len)
    assert Key("old", "", DAY, 1) not in cache
    assert Key("always", "", DAY, ALWAYS) in cache and Key("new", "", DAY, 2) in cache
    assert cache.size == 2 * len("made")


def test_of_many_who_ask_at_once_one_makes_the_answer():
    kept, began, go, made = Kept(), Event(), Event(), []

    def make() -> tuple[bytes, str | None]:
        made.append(1)
        began.set()
        assert go.wait(10)
        return b"whole", None

    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(kept.made, "a", make)
        assert began.wait(10)
        others = [pool.submit(kept.made, "a", make) for _ in range(4)]
        assert kept.made("b", lambda: (b"other", None)) == (b"other", None), "another question does not wait"
        go.set()
        assert {one.result(10) for one in (first, *others)} == {(b"whole", None)}
    assert made == [1]


def test_what_goes_wrong_is_tried_again_by_the_next():
    kept = Kept()

    def fails() -> tuple[bytes, str | None]:
        raise OSError("no")

    with pytest.raises(OSError):
        kept.made("a", fails)
    assert kept.made("a", lambda: (b"whole", None)) == (b"whole", None)
