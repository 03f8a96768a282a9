"""`marsad key`: a secret is shown once, and the store keeps a digest of it."""

from __future__ import annotations

import json
from pathlib import Path

import desks
import pytest
from click.testing import CliRunner

from marsad.cli import cli
from marsad.desk import Desk
from marsad.store import keys


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "store.db"
    Desk(str(path)).close()
    return str(path)


def run(store: str, *words: str):
    return CliRunner().invoke(cli, ["key", *words, "--store", store])


def test_a_secret_is_shown_once_and_is_nowhere_in_the_store(store):
    secret = run(store, "add", "dashboard").stdout.strip()
    assert secret.startswith("marsad_")
    kept = b"".join(path.read_bytes() for path in Path(store).parent.iterdir())
    assert secret.encode() not in kept
    assert secret not in run(store, "list").output
    with Desk(store) as desk, desk.store.reading() as db:
        assert keys.check(db, secret).scopes == ("read",)


def test_scopes_and_rate(store):
    made = json.loads(run(store, "add", "editor", "--write", "--rate", "7", "--json").stdout)
    assert made["scopes"] == ["read", "write"] and made["rate"] == 7
    listed = json.loads(run(store, "list", "--json").stdout)
    assert listed["name"] == "editor" and listed["rate"] == 7 and listed["used"] is None and "key" not in listed


def test_a_revoked_key_opens_nothing_and_stays_in_the_list(store):
    secret = run(store, "add", "one").stdout.strip()
    assert run(store, "revoke", "one").exit_code == 0
    with Desk(store) as desk, desk.store.reading() as db:
        assert keys.check(db, secret) is None
    assert json.loads(run(store, "list", "--json").stdout)["revoked"]
    assert run(store, "add", "one").exit_code == 0, "the name is free again"


@pytest.mark.parametrize(
    ("words", "code"),
    [(["add", " "], 3), (["add", "one", "--rate", "0"], 2), (["revoke", "nobody"], 3)],
)
def test_wrong_usage(store, words, code):
    assert run(store, *words).exit_code == code


def test_a_name_has_one_key(store):
    assert run(store, "add", "one").exit_code == 0
    result = run(store, "add", "one")
    assert result.exit_code == 3 and "there is a key" in result.output


def test_no_key_yet(store):
    assert "no key" in run(store, "list").output
    assert desks.NOW
