"""Tables kept ready-made: found again, built anew when something changes, never trusted when damaged."""

import os
from datetime import date
from pathlib import Path

import pytest

from marsad.errors import KnowledgeError
from marsad.knowledge import actors, arms, compiled, files, holders, organs
from marsad.knowledge.listed import listed
from marsad.text.names import NameIndex, Packed


class Builder:
    """Counts how often it builds a table of the words of its file."""

    def __init__(self, source: Path) -> None:
        self.source, self.built = source, 0

    def __call__(self) -> dict[str, int]:
        self.built += 1
        return {word: len(word) for word in self.source.read_text(encoding="utf-8").split()}

    def table(self, folder: Path) -> dict[str, int]:
        return compiled.table("words", (self.source,), self, dict[str, int], folder)


@pytest.fixture
def builder(tmp_path):
    source = tmp_path / "words.txt"
    source.write_text("سوريا العراق", encoding="utf-8")
    return Builder(source)


def test_a_table_is_built_once(builder, tmp_path):
    folder = tmp_path / "cache" / "deep"
    assert builder.table(folder) == builder.table(folder) == {"سوريا": 5, "العراق": 6}
    assert builder.built == 1
    assert [path.name for path in folder.iterdir()] == ["words.msgpack"]


def test_a_change_of_the_data_builds_anew(builder, tmp_path):
    builder.table(tmp_path)
    builder.source.write_text("لبنان", encoding="utf-8")
    os.utime(builder.source, (0, 0))  # the time of the file is not what decides
    assert builder.table(tmp_path) == {"لبنان": 5}
    assert builder.built == 2


def test_a_change_of_the_code_or_the_version_builds_anew(builder, tmp_path, monkeypatch):
    before = compiled.digest((builder.source,))
    monkeypatch.setattr(compiled, "__version__", "999")
    assert compiled.digest((builder.source,)) != before
    monkeypatch.undo()
    monkeypatch.setattr(compiled, "_code", lambda: b"other")
    assert compiled.digest((builder.source,)) != before


@pytest.mark.parametrize("at", [0, 16, 40, 60, -1])
def test_a_damaged_file_is_built_anew(builder, tmp_path, at):
    builder.table(tmp_path)
    kept = tmp_path / "words.msgpack"
    content = bytearray(kept.read_bytes())
    content[at] ^= 0xFF
    kept.write_bytes(content)
    assert builder.table(tmp_path) == {"سوريا": 5, "العراق": 6}
    assert builder.built == 2
    assert builder.table(tmp_path) and builder.built == 2  # and mended


@pytest.mark.parametrize("content", [b"", b"marsad-table-1\n", b"\x00" * 100])
def test_a_foreign_file_is_built_over(builder, tmp_path, content):
    (tmp_path / "words.msgpack").write_bytes(content)
    assert builder.table(tmp_path) == builder.table(tmp_path)
    assert builder.built == 1


def test_a_table_of_another_shape_is_built_anew(builder, tmp_path):
    builder.table(tmp_path)
    assert compiled.table("words", (builder.source,), lambda: ["a"], list[str], tmp_path) == ["a"]


def test_without_a_place_to_write_it_works_all_the_same(builder, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, no folder")
    assert builder.table(blocked) == builder.table(blocked)
    assert builder.built == 2


def test_a_missing_source_is_told(builder, tmp_path):
    builder.source.unlink()
    with pytest.raises(KnowledgeError, match=r"words\.txt"):
        builder.table(tmp_path)


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({"XDG_CACHE_HOME": "/c"}, "linux", "/c/marsad"),
        ({"XDG_CACHE_HOME": "not/absolute", "HOME": "/h"}, "linux", "/h/.cache/marsad"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Caches/marsad"),
        ({"LOCALAPPDATA": "/l"}, "win32", "/l/marsad/Cache"),
    ],
)
def test_the_folder_is_where_the_system_has_it(environ, platform, expected):
    assert compiled.folder(environ, platform).as_posix() == expected


def test_the_table_of_holders_is_the_same_from_the_cache(tmp_path):
    source = (files.DATA / holders.FILE,)
    built = compiled.table("holders", source, holders._build, holders.Table, tmp_path)
    kept = compiled.table("holders", source, lambda: pytest.fail("built again"), holders.Table, tmp_path)
    assert kept == built
    assert kept.of_person("شويغو") == built.of_person("شويغو") != ()
    assert kept.of_office("RUS", "FOREIGN", date(2024, 1, 1)) == built.of_office("RUS", "FOREIGN", date(2024, 1, 1))


def of_un() -> Packed:
    return NameIndex([form for entry in listed("un")[:200] for form in entry.forms]).packed()


@pytest.mark.parametrize(
    ("build", "shape"),
    [
        (holders._build, holders.Table),
        (actors._build, actors._Kept),
        (arms._build, arms._Kept),
        (organs._build, organs._Vocabulary),
        (of_un, Packed),
    ],
    ids=["holders", "actors", "arms", "organs", "names"],
)
def test_every_table_is_the_same_from_the_cache(build, shape, tmp_path):
    source = (files.DATA / "covered.csv",)
    built = compiled.table("x", source, build, shape, tmp_path)
    kept = compiled.table("x", source, lambda: pytest.fail("built again"), shape, tmp_path)
    assert kept == built and kept is not built
    if isinstance(kept, Packed):
        one, two = NameIndex.unpacked(kept), NameIndex([form for entry in listed("un")[:200] for form in entry.forms])
        asked = [entry.name.en for entry in listed("un")[:400:7]]
        assert [one.near(name, 0.7) for name in asked] == [two.near(name, 0.7) for name in asked]
    elif hasattr(kept, "known"):
        meanings = kept.known.unpacked()
        assert meanings == built.known.unpacked() and list(meanings) == list(built.known.known)
        # the words of a list stand once, however many conditions name it
        conditions = [asked for some in meanings.values() for each in some for asked in (each.must, each.decides)]
        assert len({id(asked) for asked in conditions if asked}) == len({asked for asked in conditions if asked})


def test_the_code_of_rooms_inside_counts(monkeypatch, tmp_path):
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "letters.py").write_text("A = 1\n")
    monkeypatch.setattr(compiled, "_CODE", (tmp_path,))
    before = compiled._code.__wrapped__()
    (tmp_path / "names" / "letters.py").write_text("A = 2\n")
    assert compiled._code.__wrapped__() != before
