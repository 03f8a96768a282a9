import json
from dataclasses import fields

import pytest
from click.testing import CliRunner

from marsad.cli import cli
from marsad.settings import Settings


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, env: dict[str, str] | None = None):
    return CliRunner().invoke(cli, ["settings", *arguments], env=env)


def test_each_setting_has_a_line_with_its_value_and_origin(folder):
    (folder / "marsad.toml").write_text('lang = "ar"\nthreads = 2\n')
    result = run(env={"MARSAD_THREADS": "4", "MARSAD_STRICT_LANGUAGE": "yes"})
    rows = dict(line.split(maxsplit=1) for line in result.output.splitlines())
    assert list(rows) == [field.name for field in fields(Settings)]
    assert rows["lang"].split() == ['"ar"', "marsad.toml"]
    assert rows["threads"].split() == ["4", "MARSAD_THREADS"]
    assert rows["strict_language"].split() == ["true", "MARSAD_STRICT_LANGUAGE"]
    assert rows["max_bytes"].split() == ["32000000", "default"]


def test_json_says_the_same(folder):
    made = json.loads(run("--json", env={"MARSAD_LANG": "ar"}).output)
    assert list(made) == [field.name for field in fields(Settings)]
    assert made["lang"] == {"value": "ar", "from": "MARSAD_LANG"}
    assert made["threads"] == {"value": 1, "from": "default"}


def test_a_folder_of_that_name_is_told_in_one_line(folder):
    (folder / "marsad.toml").mkdir()
    result = run()
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith("marsad: marsad.toml: cannot be read")


@pytest.mark.parametrize("text", ["lang = \n", 'colour = "always"\n', "threads = 0\n", "threads = 'many'\n"])
def test_a_bad_file_is_told_in_one_line(folder, text):
    (folder / "marsad.toml").write_text(text)
    result = run()
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith("marsad: marsad.toml: ")


def test_a_secret_is_not_shown(monkeypatch):
    monkeypatch.setenv("MARSAD_SECRET", "open sesame, open")
    monkeypatch.setenv("MARSAD_SMTP_PASSWORD", "open sesame")
    for options in ([], ["--json"]):
        result = CliRunner().invoke(cli, ["settings", *options])
        assert result.exit_code == 0
        assert "sesame" not in result.output
        assert "MARSAD_SECRET" in result.output
