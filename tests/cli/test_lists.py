import json

import pytest
import sanctioned
from click.testing import CliRunner

from marsad.cli import COMMANDS, cli


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setitem(COMMANDS, "lists", ("marsad.cli.lists:lists", "List the sanctions lists."))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli, ["lists", *map(str, arguments)])


def test_a_list_is_added_shown_and_removed(folder):
    files = sanctioned.written(folder, "un-xml")
    result = run("add", *files)
    assert (result.exit_code, result.output) == (0, "un@2026-03-12: 2 entries (un-xml)\n")
    assert run("add", *files).output == "un@2026-03-12: 2 entries (un-xml), known already\n"
    head, first, *_ = run().output.splitlines()
    assert head.split() == ["LIST", "AS", "OF", "ENTRIES", "FORM", "SOURCE"]
    assert first.split() == ["un", "2026-03-12", "2", "un-xml", "list.xml"]
    assert "shipped:us/caatsa/231" in run().output
    shown = run("show", "un").output
    assert "2 entries (entity: 1, person: 1), 6 names, sha256" in shown and "QDi.999" in shown
    assert run("remove", "un@2026-03-12").output == "un@2026-03-12: removed\n"
    assert "un-xml" not in run().output


def test_lists_lie_beside_the_store_or_where_they_are_told_to(folder):
    files = sanctioned.written(folder, "un-xml")
    (folder / "desk").mkdir()
    run("add", *files, "--store", "desk/news.db")
    assert (folder / "desk" / "marsad-lists" / "index.jsonl").exists()
    run("--lists", "elsewhere", "add", *files)
    assert (folder / "elsewhere" / "index.jsonl").exists()
    assert not (folder / "marsad-lists").exists()


def test_the_files_of_ofac_are_given_together_with_their_day(folder):
    files = sanctioned.written(folder, "ofac-csv")
    result = run("add", *files)
    assert result.exit_code == 3 and "--as-of" in result.output
    assert run("add", *files, "--as-of", "2026-03-09").output == "ofac-sdn@2026-03-09: 3 entries (ofac-csv)\n"
    assert run("add", *files, "--as-of", "9 March").exit_code == 2


def test_json_gives_versions_and_entries(folder):
    run("add", *sanctioned.written(folder, "eu-xml"))
    versions = [json.loads(line) for line in run("--json").output.splitlines()]
    assert [(one["list"], one["as_of"], one["shipped"]) for one in versions] == [
        ("eu", "2026-03-10", False),
        ("shipped:us/caatsa/231", "2026-11-01", True),
        ("shipped:un", "2026-08-01", True),
    ]
    entries = [json.loads(line) for line in run("show", "eu", "--json").output.splitlines()]
    assert [(one["uid"], one["listed"]) for one in entries] == [
        ("EU.9001.10", "2021-11-15"),
        ("EU.9002.11", "2024-06-24"),
    ]
    assert entries[0]["names"][0] == {"text": "Karim Salman Darwazi", "kind": "primary", "note": ""}


def test_a_long_list_is_shown_in_part(folder):
    part = run("show", "shipped:un").output.splitlines()
    assert part[-1].startswith("and ") and part[-1].endswith("more: --all shows them")
    assert len(part) == 24
    assert len(run("show", "shipped:un", "--all").output.splitlines()) > 500


def test_faults_are_told_with_their_exit_code(folder):
    (folder / "x.xml").write_text("<html></html>")
    result = run("add", "x.xml")
    assert (result.exit_code, result.output.splitlines()[0][:13]) == (3, "marsad: x.xml")
    assert run("show", "eu").exit_code == 3
    assert run("remove", "eu@2026-01-01").exit_code == 3
    assert run("add").exit_code == 2


def test_names_from_a_list_give_a_terminal_no_orders(folder):
    text = sanctioned.UN_XML.replace("GULF PEARL", "GULF &#x202E;PEARL &#x9b;31m")
    (folder / "x.xml").write_text(text)
    run("add", "x.xml")
    shown = run("show", "un").output
    assert "\u202e" not in shown and "\x9b" not in shown and "GULF" in shown
