import json
import shutil

import desks
import pytest
from click.testing import CliRunner

from marsad.cli import cli


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return desks.made(tmp_path_factory.mktemp("store") / "built.db")


@pytest.fixture(autouse=True)
def folder(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(built, "marsad.db")
    return tmp_path


def run(command: str, *arguments: str):
    return CliRunner().invoke(cli, [command, *arguments])


def acts(store: str = "marsad.db") -> list[str]:
    return run("events", "--json", "--store", store).stdout.splitlines()


def test_a_backup_is_a_store_and_a_store_is_made_from_it(folder):
    assert run("backup", "kept.db").exit_code == 0
    assert acts("kept.db") == acts()
    made = json.loads(run("restore", "kept.db", "--store", "new.db", "--json").stdout)
    assert made == {"store": "new.db", "file": "kept.db", "articles": 7}
    assert acts("new.db") == acts()
    assert not (folder / "new.db.before").exists()


def test_nothing_is_replaced_unless_that_is_asked_for(folder):
    assert json.loads(run("backup", "kept.db", "--json").stdout)["bytes"] == (folder / "kept.db").stat().st_size
    again = run("backup", "kept.db")
    assert again.exit_code == 1 and "--force" in again.stderr
    assert run("backup", "kept.db", "--force").exit_code == 0
    run("forget", "one.example", "--because", "x", "--yes")
    full = run("restore", "kept.db")
    assert full.exit_code == 4 and "--force" in full.stderr
    assert run("restore", "kept.db", "--force").output == "marsad.db: articles 7, from kept.db\n"
    assert (folder / "marsad.db.before").exists()


def test_what_is_no_backup(folder):
    (folder / "text.db").write_text("this is no database, and never was one")
    for name in ("text.db", "none.db"):
        result = run("restore", name, "--store", "new.db")
        assert result.exit_code == 4 and result.stderr.count("\n") == 1
        assert not (folder / "new.db").exists()


def test_a_backup_of_nothing():
    assert run("backup", "kept.db", "--store", "no.db").exit_code == 4
