import json
import sqlite3

import pytest
import world
from click.testing import CliRunner

from marsad.cli import cli
from marsad.store import Store
from marsad.types import Skipped

pytestmark = pytest.mark.usefixtures("fake_coder", "folder")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = "".join(json.dumps(one) + "\n" for one in world.articles(5))
    (tmp_path / "news.jsonl").write_text(lines, encoding="utf-8")
    assert CliRunner().invoke(cli, ["add", "news.jsonl"]).exit_code == 0
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(cli, ["code", *arguments])


def coded(*arguments: str) -> dict:
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.output
    made = json.loads(result.stdout)
    assert made.pop("store") == "marsad.db"
    return made


def test_what_waits_is_coded_and_grouped_once():
    none = {"coded": 0, "grouped": 0, "watched": 0}
    assert coded() == {"coded": 5, "grouped": 5, "watched": 0, "failed": none, "waiting": none}
    assert coded() == {**none, "failed": none, "waiting": none}


def test_people_get_a_line_of_counts():
    assert run("--limit", "2").output == "marsad.db: coded: 2 · grouped: 2 · wait to be coded: 3\n"
    assert run().output == "marsad.db: coded: 3 · grouped: 3\n"
    assert run().output == "marsad.db: nothing waits\n"


def test_what_cannot_be_coded_is_told_and_tried_again_if_it_is_asked_for(monkeypatch):
    class Lame(world.Coder):
        def pipe(self, items, batch_size=64):
            for made in super().pipe(items):
                lame = "رقم 3" in made.article.text
                yield Skipped(code="language", message="no language", given="n3") if lame else made

    monkeypatch.setattr("marsad.coder.load", lambda settings=None: Lame())
    assert run().output == "marsad.db: coded: 4 · grouped: 4 · could not be coded: 1\n"
    assert coded()["coded"] == 0
    monkeypatch.setattr("marsad.coder.load", world.load)
    assert coded()["coded"] == 0
    assert coded("--retry")["coded"] == 1


def test_another_coder_codes_again_and_the_old_run_stays(folder, monkeypatch):
    run()
    assert coded("--again")["coded"] == 0

    class Newer(world.Coder):
        name = "marsad 0.2.0 / fake"

    monkeypatch.setattr("marsad.coder.load", lambda settings=None: Newer())
    assert coded()["coded"] == 0
    assert coded("--again")["coded"] == 5
    with sqlite3.connect(folder / "marsad.db") as db:
        asked = "SELECT coder, current, count(*) FROM coding JOIN run ON run.seq = coding.run GROUP BY 1, 2 ORDER BY 1"
        assert db.execute(asked).fetchall() == [(world.NAME, 0, 5), ("marsad 0.2.0 / fake", 1, 5)]


@pytest.mark.parametrize("arguments", [[], ["--again"], ["--retry"]])
def test_a_second_one_beside_it_is_refused(arguments):
    with Store("marsad.db") as store, store.alone("code"):
        result = run(*arguments)
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        "marsad: marsad.db: another command is at work on it (code). wait for it, or end it first\n"
    )
    assert run().exit_code == 0


def test_the_coder_is_not_loaded_where_nothing_waits(monkeypatch):
    run()

    def load(settings=None):
        raise AssertionError

    monkeypatch.setattr("marsad.coder.load", load)
    assert run().output == "marsad.db: nothing waits\n"


def test_a_store_that_is_not_there_is_not_made(folder):
    result = run("--store", "missing.db")
    assert result.exit_code == 4 and "no such store" in result.stderr
    assert not (folder / "missing.db").exists()
