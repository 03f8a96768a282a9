"""The documentation says all that there is, in both languages, and its examples run.

A block marked ``console`` holds commands (``$ …``) and what they print: ``…`` in a line stands for anything in that
line, a line that is only ``…`` for any lines; ``# exit 3`` behind a command is its exit status. The commands of a page
run one after the other in a folder with the repository's ``examples`` and ``gold``. ``json`` and ``toml`` blocks are
parsed, ``python`` blocks are run.
"""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

import click
import pytest
import world
from click.testing import CliRunner

from marsad import coder
from marsad.cli import COMMANDS, cli
from marsad.desk.records import holding_record as answer
from marsad.errors import tree
from marsad.export.lines import record
from marsad.resolve import actors, coreference, country, generic, named, office, person, who
from marsad.settings import Settings, load
from marsad.types import Amount, Candidate, Coding, Holding, Name, Span

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGES = ["en", "ar"]
PAGES = sorted(DOCS.rglob("*.md"))
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text(lang: str, page: str) -> str:
    return (DOCS / lang / f"{page}.md").read_text(encoding="utf-8")


def blocks(page: Path, kind: str) -> list[str]:
    return [body for name, body in _BLOCK.findall(page.read_text(encoding="utf-8")) if name == kind]


def called(page: Path) -> str:
    return f"{page.parent.name}/{page.stem}"


# --- what has to be there -----------------------------------------------------------------------------------------


def test_both_languages_have_the_same_pages_with_the_same_headings_and_blocks():
    en, ar = ({page.name: page for page in (DOCS / lang).glob("*.md")} for lang in LANGUAGES)
    assert set(en) == set(ar)
    for name, page in en.items():
        levels = [re.findall(r"^#+(?= )", one.read_text(encoding="utf-8"), re.MULTILINE) for one in (page, ar[name])]
        assert levels[0] == levels[1], name
        kinds = [[kind for kind, _ in _BLOCK.findall(one.read_text(encoding="utf-8"))] for one in (page, ar[name])]
        assert kinds[0] == kinds[1], name


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_a_page_with_an_example_and_every_option(lang, command):
    page = text(lang, command)
    assert f"`marsad {command}`" in page.splitlines()[0]
    assert any(f"marsad {command}" in block for block in blocks(DOCS / lang / f"{command}.md", "console"))
    found = cli.get_command(click.Context(cli), command)
    options = [param.opts[0] for param in found.params if isinstance(param, click.Option)]
    assert [option for option in options if option not in page and option != "--debug"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_setting_has_a_heading_its_variable_and_its_default(lang):
    page = text(lang, "settings")
    for field in fields(Settings):
        section = page.split(f"\n## `{field.name}`\n", 1)[1].split("\n## ", 1)[0]
        assert f"`MARSAD_{field.name.upper()}`" in section
        if field.default != "":
            assert _written(field.default) in section, field.name


def _written(value: object) -> str:
    """A default as the page writes it."""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return json.dumps(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_error_has_a_heading_with_its_class_and_exit_code(lang):
    page = text(lang, "errors")
    for error in tree():
        section = page.split(f"\n## `{error.code}`\n", 1)[1].split("\n## ", 1)[0]
        assert f"`{error.__name__}`" in section
        assert re.search(rf"(exit status|حالة الخروج) {error.exit_code}\b", section), error.code


def resolved() -> Coding:
    """The coding of tests/world.py with something to say in every field that is not always there."""
    coding = world.handmade()
    amount = Amount(span=Span(0, 3), low=1, high=2, unit="count", of="x")
    known = replace(coding.mentions[0], person=Name("ا", "a"), office=Name("ب", "b"))
    whole = replace(known, former=True, candidates=(Candidate("A", 0.5), Candidate("B", 0.4)))
    event = replace(coding.events[0], actors=(known,), amounts=(amount,))
    events = (event, *(one for one in coding.events if coding.mentions[0] not in one.actors))
    return replace(coding, mentions=(known, whole, *coding.mentions[1:]), events=events)


def keys_of(made: object) -> Iterator[str]:
    """Every key of an object, and of the objects in it."""
    if isinstance(made, dict):
        yield from made
        made = list(made.values())
    if isinstance(made, list):
        for part in made:
            yield from keys_of(part)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_field_of_the_line_format_is_described(lang):
    page = text(lang, "lines")
    keys = {*keys_of(record(resolved())), "measured", "line", "error", "code", "message"}
    assert {"person", "office", "former", "candidates", "why", "amounts", "low", "of"} <= keys
    keys |= {"text", "title", "url", "source", "author", "published", "language"}
    assert [key for key in sorted(keys) if f"`{key}`" not in page and f'"{key}"' not in page] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lines_shown_have_the_form_that_is_written(lang):
    given, shown, error = map(json.loads, blocks(DOCS / lang / "lines.md", "json"))
    made = record(resolved())
    assert list(shown) == list(made)
    assert list(shown["mentions"][0]) == list(made["mentions"][0])
    assert list(shown["events"][0]) == [key for key in made["events"][0] if key not in ("items", "amounts", "about")]
    assert list(error) == ["id", "line", "error"] and list(error["error"]) == ["code", "message"]
    whole = f"{given['title']}\n\n{given['text']}"
    for one in [*shown["mentions"], shown["events"][0]["trigger"]]:
        assert whole[one["start"] : one["stop"]] == one["text"]
    assert [whole[start:stop] for start, stop in shown["sentences"]] == [given["title"], given["text"]]


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_links_lead_to_pages_that_are_there(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_reason_of_resolving_is_described(lang):
    ids = {"people.country-in-phrase", "people.country-of-context"}  # made of those of offices
    for module in (actors, coreference, country, generic, named, office, person, who):
        constants = [value for name, value in vars(module).items() if name.isupper() and isinstance(value, str)]
        ids |= {value for value in constants if re.fullmatch(r"[a-z]+([.-][a-z]+)*", value)}
    assert len(ids) > 25
    page = text(lang, "who")
    assert [one for one in sorted(ids) if f"| `{one}` |" not in page] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_key_of_an_answer_is_described(lang):
    page = text(lang, "who")
    assert [key for key in answer(Holding(actor="UN")) if f"`{key}`" not in page] == []


# --- what has to run ----------------------------------------------------------------------------------------------


@dataclass
class Example:
    """A command of a page, what it should print, and its exit status."""

    command: str
    expected: str
    status: int

    def matches(self, printed: str) -> bool:
        pattern = ""
        for line in self.expected.splitlines(keepends=True):
            if line == "…\n":
                pattern += r"(?:.*\n)*?"
            else:
                pattern += ".*?".join(re.escape(part) for part in line.rstrip("\n").split("…")) + r"[ ]*\n"
        return re.fullmatch(pattern + r"\s*", printed) is not None


def examples(block: str) -> Iterator[Example]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, expected = part.partition("\n")
        command, _, status = line.partition("  # exit ")
        yield Example(command, expected, int(status or 0))


def run(command: str, folder: Path) -> tuple[str, int]:
    """Run a pipeline; ``marsad`` in this process, so that the model is loaded once, all else by its name."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|<>")
    lexer.whitespace_split = True
    lexer.commenters = ""
    words, data, status = list(lexer), b"", 0
    while words:
        stage, words = (words[: words.index("|")], words[words.index("|") + 1 :]) if "|" in words else (words, [])
        env = {}
        while re.fullmatch(r"[A-Z_]+=.*", stage[0]):
            name, _, value = stage.pop(0).partition("=")
            env[name] = value
        out = None
        for mark in ("<", ">"):
            if mark in stage:
                at = stage.index(mark)
                file = folder / stage[at + 1]
                data, out = (file.read_bytes(), out) if mark == "<" else (data, file)
                del stage[at : at + 2]
        if stage[0] == "marsad":
            result = CliRunner().invoke(cli, stage[1:], input=data, env=env, prog_name="marsad")
            if result.exception and not isinstance(result.exception, SystemExit):
                raise result.exception
            data, status = result.output_bytes if out is None else result.stdout_bytes, result.exit_code
        else:
            done = subprocess.run(stage, input=data, capture_output=True, check=True, cwd=folder, env=os.environ | env)
            data, status = done.stdout, 0
        if out:
            out.write_bytes(data)
            data = b""
    return data.decode(), status


_REAL = coder.load


@cache
def _loaded(settings: Settings) -> coder.Coder:
    return _REAL(settings)


def once(settings: Settings | None = None) -> coder.Coder:
    """The real coder, loaded once for all examples; language and colours of the interface make it no other."""
    return _loaded(replace(settings or Settings(), lang="en", color="auto", min_score=0.0))


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "console")], ids=called)
def test_the_examples_run_and_print_what_is_shown(page, tmp_path, monkeypatch):
    monkeypatch.setattr(coder, "load", once)
    monkeypatch.chdir(tmp_path)
    for name in ("examples", "gold"):
        (tmp_path / name).symlink_to(DOCS.parent / name)
    for name in [name for name in os.environ if name.startswith("MARSAD_")]:
        monkeypatch.delenv(name)
    for block in blocks(page, "console"):
        for example in examples(block):
            printed, status = run(example.command, tmp_path)
            assert status == example.status, f"{example.command}\n{printed}"
            assert example.matches(printed), f"$ {example.command}\n{printed}\n--- expected:\n{example.expected}"


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=called)
def test_python_runs(page):
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), {})


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "toml")], ids=called)
def test_toml_is_settings(page, tmp_path):
    for number, block in enumerate(blocks(page, "toml")):
        file = tmp_path / f"{number}.toml"
        file.write_text(block, encoding="utf-8")
        assert load(file).settings != Settings()


def test_an_example_that_prints_something_else_is_seen():
    example = Example("x", "one …\n…\nlast\n", 0)
    assert example.matches("one 1\nlast\n") and example.matches("one 1\ntwo\nthree\nlast\n\n")
    assert not example.matches("one 1\ntwo\n") and not example.matches("two\nlast\n")
