import json

import pytest
from click.testing import CliRunner

from marsad.cli import cli
from marsad.cli.doctor import CHECKS
from marsad.errors import KnowledgeError, ModelError


def run(*arguments: str):
    return CliRunner().invoke(cli, ["doctor", *arguments])


@pytest.fixture(autouse=True)
def well(monkeypatch, fake_coder):
    """Nothing is wrong with the model: its own tests look at that."""
    monkeypatch.setitem(CHECKS, "model", lambda settings: "as it was shipped")


def test_each_check_has_a_line():
    result = run()
    assert result.exit_code == 0
    assert [line.split()[:2] for line in result.output.splitlines()] == [["✓", name] for name in CHECKS]
    assert "onnxruntime" in result.output and "marsad 0." in result.output


def test_json_says_the_same():
    rows = [json.loads(line) for line in run("--json").output.splitlines()]
    assert [row["check"] for row in rows] == list(CHECKS)
    assert all(row["ok"] and row["found"] for row in rows)


def test_a_failure_is_told_the_rest_is_looked_at_and_the_first_gives_the_exit_code(monkeypatch):
    def damaged(settings):
        raise ModelError("damaged", do="reinstall marsad")

    def broken(settings):
        raise KnowledgeError("broken")

    monkeypatch.setitem(CHECKS, "model", damaged)
    monkeypatch.setitem(CHECKS, "coding", broken)
    result = run()
    assert result.exit_code == 4
    assert "✕ model      damaged. reinstall marsad" in result.output
    assert "✕ coding     broken" in result.output
    assert "✓ terminal" in result.output


def test_a_faulty_setting_is_a_failure_and_the_rest_is_looked_at(monkeypatch):
    monkeypatch.setenv("MARSAD_THREADS", "0")
    result = run()
    assert result.exit_code == 2
    assert "✕ settings   MARSAD_THREADS: threads = 0 is not allowed" in result.output
    assert "✓ coding" in result.output


def test_a_model_that_is_not_there_is_a_failure(tmp_path, monkeypatch):
    from marsad.cli import doctor

    monkeypatch.setitem(CHECKS, "model", doctor._model)
    monkeypatch.setenv("MARSAD_MODEL", str(tmp_path))
    result = run()
    assert result.exit_code == 4
    assert str(tmp_path) in result.output
