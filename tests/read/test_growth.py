"""Hostile input takes time in proportion to its length: each case is timed at one size and at four times the size.

Linear work takes four times as long, quadratic work sixteen; the line between is drawn at nine.
"""

import io
from collections.abc import Callable
from functools import partial

import pytest
from cost import grows_less, seconds

from marsad.read import read
from marsad.settings import Settings

LEAST = 0.01  # seconds: below that the clock says nothing

CASES: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "spaces before anything": ("", lambda n: b" " * (8 * n)),
    "no space at all": ("text", lambda n: "ك".encode() * n),
    "fifty thousand words": ("text", lambda n: "كلمة ".encode() * n),
    "lines of one letter": ("text", lambda n: b"a\n" * n),
    "open tags": ("html", lambda n: b"<a " * n),
    "open attributes": ("html", lambda n: b"<a b='" * n),
    "open quotes": ("html", lambda n: b"<a b=\"'" * n),
    "open comments": ("html", lambda n: b"<!--" * n),
    "declarations": ("html", lambda n: b"<!" * n),
    "instructions": ("html", lambda n: b"<?" * n),
    "equals signs": ("html", lambda n: b"<a" + b"=" * n),
    "deep elements": ("html", lambda n: b"<div>" * n + b"x"),
    "closed scripts": ("html", lambda n: b"<script></script>" * n),
    "ampersands": ("html", lambda n: b"&" * n + b"&#" * n),
    "digits": ("html", lambda n: b"&#" + b"9" * n + b";"),
    "brackets": ("md", lambda n: b"[" * n),
    "links": ("md", lambda n: b"[a](" * n),
    "nested brackets": ("md", lambda n: b"[a[b]" * n),
    "nested addresses": ("md", lambda n: b"[a](b(c)" * n),
    "cells": ("md", lambda n: b"a|\n" + b"|-" * n + b"x"),
    "tables": ("md", lambda n: b"a|\n|-\n\n" * n),
    "fences": ("md", lambda n: b"```\n" * n),
    "stars": ("md", lambda n: b"*a" * n),
    "heads": ("md", lambda n: b"# " * n),
    "rules": ("md", lambda n: b"- " * n),
    "rows that may be json": ("", lambda n: b"{\n" + b'"a": 1,\n' * n),
    "an array that never ends": ("", lambda n: b"[" + b'{"a": 1},' * n),
    "json, deep": ("jsonl", lambda n: b"[" * n),
    "json, one string": ("jsonl", lambda n: b'{"text": "' + b"a" * n + b'"}'),
    "json, many lines": ("jsonl", lambda n: b'{"text": "a b"}\n' * (n // 20)),
    "json, elements": ("json", lambda n: b"[" + b'{"text": "a b"},' * (n // 20) + b'{"text": "a b"}]'),
}


def work(data: bytes, form: str) -> None:
    for _item in read(["-"], stdin=io.BytesIO(data), format=form or None, settings=Settings(max_bytes=1 << 30)):
        pass


@pytest.mark.parametrize("name", CASES)
def test_time_grows_with_the_length_and_no_faster(name):
    form, make = CASES[name]
    size = 4_000
    while seconds(partial(work, make(size), form)) < LEAST and size < 500_000:
        size *= 4
    small, large = make(size), make(4 * size)
    assert grows_less(9, lambda: work(small, form), lambda: work(large, form), floor=9 * LEAST), f"at {4 * size}"
