from datetime import date

import pytest
import sanctioned

from marsad.errors import FormatError
from marsad.read.lists import NAMES, read_list
from marsad.types.lists import Birth, EntryType, NameKind

#: What each form tells of the invented Karim Darwazi: number, births, countries, programmes, listing.
TOLD = {
    "ofac-xml": ("90001", ["1961-06-19", "~1962"], {"SYR", "IRQ"}, ("SDGT", "IRAQ2"), None),
    "ofac-advanced-xml": ("90001", ["1961"], {"IRQ"}, ("SDGT",), date(2019, 5, 14)),
    "ofac-csv": ("90001", ["1961-06-19", "1962"], {"SYR", "IRQ"}, ("SDGT", "IRAQ2"), None),
    "eu-xml": ("EU.9001.10", ["~1961"], {"SYR", "IRN"}, ("SYR",), date(2021, 11, 15)),
    "eu-csv": ("EU.9001.10", ["1961-06-19"], {"SYR"}, ("SYR",), date(2021, 11, 15)),
    "uk-xml": ("SYR9001", ["1961", "1962-06-19"], {"SYR", "IRQ"}, ("The Syria (Sanctions) (EU Exit) Regulations 2019",),
               date(2021, 11, 15)),
    "uk-csv": ("SYR9001", ["1961", "1962-06-19"], {"SYR", "IRQ", "LBN"}, ("Syria",), date(2021, 11, 15)),
    "ofsi-csv": ("19001", ["1961-06-19"], {"SYR", "IRQ"}, ("Syria",), date(2021, 11, 15)),
    "ofsi-xml": ("19001", ["1961-06-19"], {"IRQ"}, ("Syria",), date(2021, 11, 15)),
    "un-xml": ("QDi.999", ["1960/1962", "~1964"], {"SYR", "IRQ"}, ("Al-Qaida",), date(2018, 4, 5)),
}  # fmt: skip
ARABIC = {"ofac-advanced-xml", "eu-xml", "eu-csv", "uk-xml", "uk-csv", "ofsi-csv", "un-xml"}


@pytest.mark.parametrize("form", sanctioned.FORMS)
def test_each_form_is_told_by_what_is_in_it(tmp_path, form):
    _, name, day = sanctioned.FORMS[form]
    found = read_list(sanctioned.written(tmp_path, form))
    assert (found.form, found.name) == (form, name)
    assert found.as_of == (date.fromisoformat(day) if day else None)
    assert found.name in NAMES


@pytest.mark.parametrize("form", sanctioned.FORMS)
def test_each_form_tells_of_the_same_person(tmp_path, form):
    uid, births, countries, programmes, listed = TOLD[form]
    entries = {entry.uid: entry for entry in read_list(sanctioned.written(tmp_path, form)).entries}
    entry = entries[uid]
    assert entry.type is EntryType.PERSON
    assert [str(one) for one in entry.born] == births
    assert set(entry.countries) == countries
    assert entry.programmes == programmes
    assert entry.listed == listed
    kinds = {name.text.lower(): name.kind for name in entry.names}
    assert [name.kind for name in entry.names].count(NameKind.PRIMARY) == 1
    assert "darwazi" in entry.names[0].text.lower() and entry.names[0].kind is NameKind.PRIMARY
    if form != "eu-csv":
        assert kinds["abu najm"] is NameKind.WEAK
    assert (any("دروازي" in name.text for name in entry.names)) is (form in ARABIC)


@pytest.mark.parametrize("form", ["ofac-xml", "ofac-advanced-xml", "ofac-csv", "uk-xml", "uk-csv"])
def test_a_ship_is_a_vessel_with_its_flag(tmp_path, form):
    [ship] = [one for one in read_list(sanctioned.written(tmp_path, form)).entries if one.names[0].text == "NOOR STAR"]
    assert (ship.type, ship.countries) == (EntryType.VESSEL, ("PAN",))


def test_given_names_stand_before_the_family_name_in_every_script(tmp_path):
    entry = read_list(sanctioned.written(tmp_path, "ofac-advanced-xml")).entries[0]
    assert [name.text for name in entry.names] == ["Karim Salman DARWAZI", "كريم سلمان دروازي", "ABU NAJM"]


def test_the_files_of_ofac_are_joined_in_any_order(tmp_path):
    files = sanctioned.written(tmp_path, "ofac-csv")
    assert read_list(files) == read_list(files[::-1])
    entries = {entry.uid: entry for entry in read_list(files).entries}
    assert [(name.text, name.note) for name in entries["90002"].names] == [
        ("GULF PEARL TRADING", ""),
        ("PEARL GENERAL TRADING", "f.k.a."),
    ]
    assert "Registration Number" in entries["90002"].remarks


def test_the_main_file_of_ofac_alone_will_do_and_the_others_alone_will_not(tmp_path):
    add, main, alt, _ = sanctioned.written(tmp_path, "ofac-csv")
    assert len(read_list([main]).entries) == 3
    with pytest.raises(FormatError, match=r"give SDN\.CSV"):
        read_list([alt, add])


def test_lists_of_two_publishers_at_once_are_refused(tmp_path):
    (tmp_path / "a.xml").write_text(sanctioned.UN_XML)
    (tmp_path / "b.xml").write_text(sanctioned.EU_XML)
    with pytest.raises(FormatError, match="one list at a time"):
        read_list([tmp_path / "a.xml", tmp_path / "b.xml"])


def test_the_older_csv_of_the_eu_is_read_too(tmp_path):
    path = tmp_path / "x"
    path.write_text(sanctioned.EU_OLD_CSV, encoding="utf-8")
    [entry] = read_list([path]).entries
    assert (entry.uid, entry.names[0].text, entry.born) == (
        "EU.9001.10",
        "Karim Salman Darwazi",
        (Birth(date(1961, 6, 19), date(1961, 6, 19)),),
    )


def test_programmes_of_other_lists_make_it_the_consolidated_one(tmp_path):
    path = tmp_path / "x.xml"
    path.write_text(sanctioned.OFAC_XML.replace("<program>SDGT</program>", "<program>NS-PLC</program>"))
    assert read_list([path]).name == "ofac-consolidated"
    path.write_text(sanctioned.OFAC_ADVANCED.replace('ListID="1550"', 'ListID="91243"'))
    assert read_list([path]).name == "ofac-consolidated"


def test_lists_in_utf_16_and_with_a_mark_are_read(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(sanctioned.UN_XML.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"))
    assert read_list([path]).name == "un"
    path.write_bytes(b"\xef\xbb\xbf" + sanctioned.UK_CSV.encode())
    assert len(read_list([path]).entries) == 2


def test_a_list_in_windows_1252_keeps_its_letters(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(sanctioned.OFSI_CSV.replace("كريم سلمان دروازي", "").replace("Karim", "Kärim").encode("cp1252"))
    [entry] = read_list([path]).entries
    assert entry.names[0].text == "Kärim Salman DARWAZI"
