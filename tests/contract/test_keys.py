"""Secrets open what their scopes name; the store holds nothing that could be used as one."""

from __future__ import annotations

import base64

import pytest
from kept import NOW, at

from marsad.errors import FormatError, NotFoundError
from marsad.store import Store, keys


def test_a_secret_is_its_key_until_it_is_revoked(store: Store):
    with store.writing() as db:
        secret = keys.add(db, "dashboard", ["write", "read"], NOW, rate=60)
        other = keys.add(db, " قارئ ", ["read"], at(1))
    with store.reading() as db:
        one = keys.check(db, secret)
        assert one == keys.Key(name="dashboard", scopes=("read", "write"), added=NOW, rate=60)
        assert one.may("read") and one.may("write")
        reader = keys.check(db, other)
        assert reader is not None and reader.name == "قارئ"
        assert reader.may("read") and not reader.may("write") and not reader.may("all")
    with store.writing() as db:
        keys.revoke(db, "dashboard", at(2))
        assert keys.check(db, secret) is None
        assert keys.check(db, other) == reader
        assert [(each.name, each.revoked, each.may("read")) for each in keys.listed(db)] == [
            ("dashboard", at(2), False),
            ("قارئ", None, True),
        ]


def test_a_secret_is_of_256_random_bits_and_no_other_opens(store: Store):
    with store.writing() as db:
        made = {keys.add(db, f"k{n}", ["read"], NOW) for n in range(20)}
        assert len(made) == 20
        for one in made:
            assert len(base64.urlsafe_b64decode(one.removeprefix("marsad_") + "=")) == 32
        one = next(iter(made))
        near = (one[:-1], one + "=", one.upper(), f" {one}")
        near = (one[:-1], one + "=", one.upper(), f" {one}")
        for wrong in (*near, "", "marsad_", "\ud800", "é" * 9, "k1", "%", "' OR 1"):
            assert keys.check(db, wrong) is None


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_secret_is_not_in_the_file(store: Store, address: str):
    with store.writing() as db:
        secret = keys.add(db, "a", ["read"], NOW)
    store.close()
    with open(address, "rb") as file:  # noqa: PTH123
        data = file.read()
    assert secret.removeprefix("marsad_").encode() not in data
    assert base64.urlsafe_b64decode(secret.removeprefix("marsad_") + "=") not in data


@pytest.mark.parametrize(
    ("name", "scopes", "rate"),
    [(" ", ["read"], None), ("a" * 101, ["read"], None), ("a", [], None), ("a", ["admin"], None), ("a", ["read"], 0),
     ("a\0", ["read"], None), ("taken", ["read"], None)],
)  # fmt: skip
def test_what_makes_no_key_is_refused(store: Store, name: str, scopes: list[str], rate: int | None):
    with store.writing() as db:
        keys.add(db, "taken", ["read"], NOW)
        with pytest.raises(FormatError):
            keys.add(db, name, scopes, NOW, rate)
        assert len(keys.listed(db)) == 1


def test_a_name_is_free_again_once_its_key_is_revoked(store: Store):
    with store.writing() as db:
        former = keys.add(db, "a", ["read"], NOW)
        keys.revoke(db, "a", at(1))
        with pytest.raises(NotFoundError):
            keys.revoke(db, "a", at(2))
        secret = keys.add(db, "a", ["write"], at(3))
        assert keys.check(db, former) is None
        assert keys.check(db, secret) is not None
        assert keys.listed(db)[0].revoked == at(1)


def test_when_it_was_used_is_noted_once_a_minute(store: Store):
    with store.writing() as db:
        secret = keys.add(db, "a", ["read"], NOW)
    noted = []
    for seconds in (0, 1, 59, 60, 61, 119, 121):
        now = at(seconds / 3600)
        with store.writing(shown=False) as db:
            key = keys.check(db, secret)
            assert key is not None
            stale = key.is_stale(now)
            assert keys.used(db, "a", now) == stale
            noted += [seconds] * stale
    assert noted == [0, 60, 121]
    with store.writing() as db:
        assert keys.listed(db)[0].used == at(121 / 3600)
        assert not keys.used(db, "b", NOW)
        keys.revoke(db, "a", NOW)
        assert not keys.used(db, "a", at(9))
