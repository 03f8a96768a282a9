import gzip
import threading
from datetime import UTC, date, datetime

import msgspec
import pytest
import sanctioned

from marsad.assess.screen import Decision
from marsad.desk.laws import lists as module
from marsad.desk.laws.lists import INDEX, Lists, folder_of, shipped
from marsad.desk.laws.screening import screened, screening
from marsad.errors import FormatError, NotFoundError, StoreError
from marsad.types.lists import Asked

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path):
    return Lists(tmp_path / "lists", lambda: NOW)


def add(kept, tmp_path, form, **more):
    folder = tmp_path / form
    folder.mkdir(exist_ok=True)
    return kept.add(sanctioned.written(folder, form), **more)


def test_a_list_is_kept_with_its_day_its_hash_and_its_source(kept, tmp_path):
    version = add(kept, tmp_path, "un-xml").version
    assert kept.versions() == [version]
    assert (str(version), version.form, version.source, version.entries) == ("un@2026-03-12", "un-xml", "list.xml", 2)
    assert [entry.uid for entry in kept.entries(version)] == ["QDe.998", "QDi.999"]


def test_the_same_list_twice_is_kept_once_and_gives_the_same_bytes(kept, tmp_path):
    first = add(kept, tmp_path, "un-xml")
    data = {path.name: path.read_bytes() for path in kept.folder.glob("*.gz")}
    again = add(kept, tmp_path, "un-xml")
    assert (first.new, again.new, again.version) == (True, False, first.version)
    assert len(kept.lines()) == 1
    other = Lists(tmp_path / "other", lambda: NOW)
    add(other, tmp_path, "un-xml")
    assert {path.name: path.read_bytes() for path in other.folder.glob("*.gz")} == data


def test_another_content_of_one_day_takes_its_place_and_the_index_tells_of_both(kept, tmp_path):
    add(kept, tmp_path, "un-xml")
    changed = tmp_path / "changed.xml"
    changed.write_text(sanctioned.UN_XML.replace("GULF PEARL TRADING", "GULF CORAL TRADING"))
    second = kept.add([changed]).version
    assert kept.versions() == [second]
    assert [line.op for line in kept.lines()] == ["add", "add"]
    assert len(list(kept.folder.glob("*.gz"))) == 2


def test_a_list_without_a_day_needs_one(kept, tmp_path):
    with pytest.raises(FormatError, match="--as-of"):
        add(kept, tmp_path, "ofac-csv")
    assert str(add(kept, tmp_path, "ofac-csv", as_of=date(2026, 3, 9)).version) == "ofac-sdn@2026-03-09"


def test_a_given_day_and_name_go_before_what_the_file_tells(kept, tmp_path):
    version = add(kept, tmp_path, "ofac-xml", as_of=date(2025, 1, 1), name="ofac-consolidated").version
    assert str(version) == "ofac-consolidated@2025-01-01"
    with pytest.raises(FormatError, match="no name of a list"):
        add(kept, tmp_path, "ofac-xml", name="../up")


def test_of_each_list_the_newest_of_the_day_is_taken(kept, tmp_path):
    for day in (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)):
        add(kept, tmp_path, "ofac-csv", as_of=day)
    add(kept, tmp_path, "un-xml")
    for day, newest in [(date(2026, 1, 31), 1), (date(2026, 2, 1), 2), (date(2026, 2, 28), 2), (date(2026, 3, 11), 3)]:
        found, late = kept.at(day)
        assert [str(one) for one in found] == [f"ofac-sdn@2026-0{newest}-01"]
        assert [str(one) for one in late] == ["un@2026-03-12"]
    assert kept.at(date(2025, 12, 31))[0] == []
    assert [one.list for one in kept.at(date(2026, 3, 12))[0]] == ["ofac-sdn", "un"]


def test_what_is_removed_is_gone_but_not_from_the_index(kept, tmp_path):
    add(kept, tmp_path, "un-xml")
    kept.listing(kept.versions()[0])
    kept.remove("un@2026-03-12")
    assert kept.versions() == []
    assert [line.op for line in kept.lines()] == ["add", "remove"]
    assert [path.name for path in kept.folder.iterdir() if not path.name.startswith(".")] == [INDEX]
    for written in ("un@2026-03-12", "un", "eu@2026-01-01"):
        with pytest.raises(NotFoundError):
            kept.remove(written)
    assert add(kept, tmp_path, "un-xml").new


def test_nothing_is_there_before_anything_was_added(kept):
    assert (kept.versions(), kept.at(date(2026, 1, 1))) == ([], ([], []))
    assert not kept.folder.exists()


def test_a_line_that_a_crash_cut_off_was_never_written(kept, tmp_path):
    add(kept, tmp_path, "un-xml")
    index = kept.folder / INDEX
    index.write_bytes(index.read_bytes() + b'{"op":"add","list":"eu"')
    assert [one.list for one in kept.versions()] == ["un"]
    add(kept, tmp_path, "eu-xml")
    assert [one.list for one in kept.versions()] == ["eu", "un"]
    assert b'"eu"{' not in index.read_bytes()


def test_damage_is_told_and_never_screened_against(kept, tmp_path):
    version = add(kept, tmp_path, "un-xml").version
    [path] = kept.folder.glob("*.gz")
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"DARWAZI", b"DARWAZO")))
    with pytest.raises(StoreError, match="not what was added"):
        kept.entries(version)
    path.write_bytes(b"xx")
    with pytest.raises(StoreError, match="cannot be read"):
        kept.entries(version)
    path.unlink()
    with pytest.raises(StoreError):
        list(screened([Asked("Karim")], screening(kept.folder, date(2026, 3, 12))))
    (kept.folder / INDEX).write_bytes(b"{}\n")
    with pytest.raises(StoreError, match="line 1"):
        kept.versions()


def test_a_list_that_cannot_be_written_is_not_in_the_index(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(module.os, "fsync", lambda number: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(module.WriteError, match="No space left"):
        add(kept, tmp_path, "un-xml")
    assert kept.versions() == []
    assert list(kept.folder.glob("*.part")) == list(kept.folder.glob("*.gz")) == []


def test_two_that_add_at_once_do_not_mix_their_lines(kept, tmp_path):
    files = {}
    for form in ("un-xml", "eu-xml", "uk-xml", "ofac-xml"):
        (tmp_path / form).mkdir()
        files[form] = sanctioned.written(tmp_path / form, form)
    threads = [threading.Thread(target=kept.add, args=(paths,)) for paths in files.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.list for one in kept.versions()] == ["eu", "ofac-sdn", "uk", "un"]


def test_the_index_of_names_is_made_once(kept, tmp_path, monkeypatch):
    version = add(kept, tmp_path, "un-xml").version
    first = kept.listing(version)
    monkeypatch.setattr(module, "NameIndex", lambda names: pytest.fail("made again"))
    assert kept.listing(version) == first


def test_the_shipped_lists_are_named_as_such_and_dated():
    caatsa, un = shipped()
    assert (caatsa.list, un.list) == ("shipped:us/caatsa/231", "shipped:un")
    assert caatsa.shipped and caatsa.as_of == date(2026, 11, 1) and un.as_of == date(2026, 8, 1)
    assert caatsa.entries > 80 and un.entries > 500


def test_a_shipped_list_is_asked_as_of_the_day(tmp_path):
    day = date(2017, 10, 27)
    for on, decision in [(date(2017, 10, 26), Decision.NONE), (day, Decision.MATCH)]:
        [found] = screened([Asked("روسوبورون إكسبورت")], screening(tmp_path / "none", on))
        assert found.decision is decision


def test_a_product_of_a_listed_firm_is_a_weak_name(tmp_path):
    of = screening(tmp_path / "none", date(2026, 11, 1))
    weak = {entry.uid: entry for entry in Lists(tmp_path, lambda: NOW).entries(of.versions[0])}["lsp-026"]
    assert all(name.kind == "weak" for name in weak.names if " " not in name.text)
    assert any(name.kind == "strong" for name in weak.names[1:])


def test_screening_says_what_it_rests_on(kept, tmp_path):
    add(kept, tmp_path, "un-xml")
    of = screening(kept.folder, date(2026, 3, 11))
    assert [str(one) for one in of.late] == ["un@2026-03-12"]
    assert all(one.shipped for one in of.versions)
    with pytest.raises(NotFoundError, match="marsad lists add"):
        screening(kept.folder, date(2026, 3, 11), with_shipped=False)


def test_neither_order_nor_result_depends_on_the_number_of_processes(kept, tmp_path):
    for form in ("un-xml", "eu-xml", "uk-xml"):
        add(kept, tmp_path, form)
    of = screening(kept.folder, date(2026, 3, 20), with_shipped=False)
    names = [Asked(name) for name in ("كريم دروازي", "John Smith", "Gulf Pearl", "Noor Star", "Северная звезда")] * 30
    one, two = (list(screened(names, of, number)) for number in (1, 2))
    assert one == two
    assert [found.asked for found in one] == names
    assert [found.decision for found in one[:3]] == [Decision.MATCH, Decision.NONE, Decision.POSSIBLE]


def test_a_version_is_found_by_its_name(kept, tmp_path):
    add(kept, tmp_path, "ofac-csv", as_of=date(2026, 1, 1))
    add(kept, tmp_path, "ofac-csv", as_of=date(2026, 2, 1))
    assert str(kept.version("ofac-sdn")) == "ofac-sdn@2026-02-01"
    assert str(kept.version("ofac-sdn@2026-01-01")) == "ofac-sdn@2026-01-01"
    assert kept.version("shipped:un").shipped
    for written in ("eu", "ofac-sdn@2026-01-02"):
        with pytest.raises(NotFoundError):
            kept.version(written)


def test_lists_lie_beside_the_store():
    assert folder_of("a/news.db").as_posix() == "a/marsad-lists"
    assert folder_of("").as_posix() == folder_of("postgresql://h/d").as_posix() == "marsad-lists"
    assert folder_of("a/news.db", "b").as_posix() == "b"


def test_a_line_of_the_index_is_plain_json(kept, tmp_path):
    add(kept, tmp_path, "un-xml")
    line = msgspec.json.decode((kept.folder / INDEX).read_bytes().splitlines()[0])
    assert line["op"] == "add" and line["as_of"] == "2026-03-12" and line["at"] == "2026-03-20T09:00:00Z"
    assert len(line["digest"]) == 64
