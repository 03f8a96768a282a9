import json
import shutil

import desks
import pytest
from click.testing import CliRunner

from marsad.cli import cli
from marsad.desk import Desk
from marsad.store.schema import forgotten


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return desks.made(tmp_path_factory.mktemp("store") / "built.db")


@pytest.fixture(autouse=True)
def store(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return shutil.copy(built, tmp_path / "marsad.db")


def run(command: str, *arguments: str, **options):
    return CliRunner().invoke(cli, [command, *arguments], **options)


def sources() -> set[str]:
    return {json.loads(line)["id"] for line in run("sources", "--json").stdout.splitlines()}


class TestForget:
    @pytest.fixture
    def terminal(self, monkeypatch):
        monkeypatch.setattr("marsad.cli.forget._asks", lambda: True)

    def test_an_article_goes_with_every_version_and_does_not_come_back(self, store):
        result = run("forget", "https://five.example/v", "--because", "asked for", "--yes")
        assert result.exit_code == 0, result.output
        assert "articles 2, events 1" in result.output
        assert run("article", desks.article("after").id).exit_code == 3
        with Desk(str(store)) as desk:
            assert desk.size() == 5
            with desk.store.reading() as db:
                rows = db.execute(forgotten.select()).all()
        assert {row.what for row in rows} == {"article", "place"} and {row.reason for row in rows} == {"asked for"}

    def test_a_source_goes_with_all_its_articles(self):
        result = run("forget", "one.example", "--because", "the licence ended", "--yes", "--json")
        assert json.loads(result.stdout) == {"forgotten": "one.example", "articles": 2, "events": 2, "erased": True}
        assert "one.example" not in sources()

    def test_a_source_is_found_by_its_name(self):
        assert "source four.example" in run("forget", "الرابعة", "--because", "x", "--yes").output

    def test_a_person_is_asked_first(self, terminal):
        asked = ("forget", desks.article("quoted").id, "--because", "x")
        refused = run(*asked, input="n\n")
        assert refused.exit_code == 1 and "events 1. Forget for good?" in refused.stderr
        assert run("article", desks.article("quoted").id).exit_code == 0
        assert run(*asked, input="y\n").exit_code == 0
        assert run("article", desks.article("quoted").id).exit_code == 3

    def test_nobody_is_asked_where_nobody_is_there(self):
        result = run("forget", "one.example", "--because", "x", input="y\n")
        assert result.exit_code == 2 and "--yes forgets source one.example: articles 2" in result.stderr

    @pytest.mark.parametrize("what", ["nobody.example", "ffff"])
    def test_what_is_not_there(self, what):
        result = run("forget", what, "--because", "x", "--yes")
        assert result.exit_code == 3 and result.stderr.count("\n") == 1

    def test_a_reason_is_needed(self):
        assert run("forget", "one.example", "--yes").exit_code == 2


class TestPrune:
    def test_nothing_is_superseded(self):
        assert run("prune").output.endswith("removed: nothing\n")

    def test_what_a_newer_run_has_coded_again_goes(self, store):
        with Desk(str(store), coder=desks.Coder("marsad 9 / model 9")) as desk:
            assert desk.recode() == 6
            desk.code()
        made = json.loads(run("prune", "--json").stdout)
        assert made["codings"] == 6 and made["events"] == 6
        assert len(run("events", "--json").stdout.splitlines()) == 4
