import json

import pairs
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from marsad.cli import cli

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return pairs.made(tmp_path_factory.mktemp("store") / "marsad.db")


@pytest.fixture
def store(built, monkeypatch):
    monkeypatch.chdir(built.parent)
    pairs.stand_in(monkeypatch)
    return built


def run(*arguments: str, width: int = 100):
    return CliRunner().invoke(cli, ["brief", *arguments], env={"COLUMNS": str(width)})


SPRING = ("--since", "2025-01", "--until", "2025-03")


def test_the_text_tells_whom_it_is_about_and_fits_a_hundred_columns():
    result = run("IRQ", "RUS", *SPRING, width=180)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0].startswith("Iraq – Russia") and "2025-01-01 to 2025-03-31" in lines[1]
    assert all(cell_len(line) <= 100 for line in lines) and "https://" in result.output


def test_names_will_do_and_arabic_is_arabic():
    result = run("العراق", "روسيا", *SPRING, "--lang", "ar")
    assert result.exit_code == 0 and result.output.startswith("العراق – روسيا") and "ما تحرك" in result.output


def test_a_week_is_seven_days():
    result = run("IRQ", "RUS", "--week", "--until", "2025-03-10", "--json")
    told = json.loads(result.stdout)
    assert (told["since"], told["until"]) == ("2025-03-04", "2025-03-10")
    assert [one["rung"] for one in told["rungs"]] == ["W5"]


def test_a_page_is_written_and_the_text_is_told_too(tmp_path):
    page = tmp_path / "brief.html"
    result = run("IRQ", "RUS", *SPRING, "--html", str(page))
    assert result.exit_code == 0 and "Iraq – Russia" in result.output
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("IRQ", "RUS", *SPRING, "--html", "-").stdout == page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("IRQ", "IRQ"), ("IRQ", "RUS", "--week", "--since", "2025"), ("IRQ", "RUS", "--json", "--html", "-"),
        ("IRQ", "RUS", "--sanctioner", "RUS"), ("IRQ",),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(arguments):
    assert run(*arguments).exit_code == 2


def test_nobody_is_found_under_a_name_that_there_is_not():
    result = run("IRQ", "Atlantis")
    assert result.exit_code in (2, 3) and result.output
