"""Defaults, marsad.toml, MARSAD_*, arguments: the later over the earlier, each knowing where it came from."""

import os

import pytest

from marsad.errors import SettingsError
from marsad.settings import Settings, load


def test_the_later_source_wins(tmp_path):
    file = tmp_path / "marsad.toml"
    file.write_text('threads = 2\nprocesses = 2\nlang = "ar"\n')
    got = load(file, {"MARSAD_THREADS": "3", "MARSAD_PROCESSES": "3", "HOME": "x"}, {"threads": 4, "lang": None})
    assert (got.settings.threads, got.settings.processes, got.settings.lang) == (4, 3, "ar")
    assert [got.origin[k] for k in ("threads", "processes", "lang", "color")] == [
        "argument",
        "MARSAD_PROCESSES",
        str(file),
        "default",
    ]


def test_without_any_source_all_is_default(tmp_path):
    assert load(tmp_path / "none.toml").settings == Settings()


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("thread = 2", "unknown setting 'thread'"),
        ("threads = 0", "whole number from 1"),
        ('threads = "many"', "not a whole number"),
        ("threads = 1.5", "not a whole number"),
        ("threads = true", "not a whole number"),
        ("min_score = 2", "from 0 to 1"),
        ('lang = "fr"', "ar, en"),
        ("threads = [", "TOML"),
        ("model = 3", "not text"),
        ('knowledge = "mine"', "knowledge = 'mine' is not a list of texts"),
        ("knowledge = [1]", "not a list of texts"),
        ('knowledge = [""]', "give paths of folders"),
    ],
)
def test_a_wrong_value_says_what_and_where(tmp_path, toml, says):
    file = tmp_path / "marsad.toml"
    file.write_text(toml)
    with pytest.raises(SettingsError, match=says):
        load(file)


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ({"environ": {"MARSAD_THREADS": "0"}}, "MARSAD_THREADS"),
        ({"environ": {"MARSAD_LANG": "fr"}}, "MARSAD_LANG"),
        ({"arguments": {"min_score": 2.0}}, "argument"),
    ],
)
def test_a_value_out_of_range_names_its_source(source, where):
    with pytest.raises(SettingsError, match="is not allowed") as caught:
        load(**source)
    assert caught.value.where == where


def test_a_value_out_of_range_in_a_file_names_the_file_even_if_it_is_overruled(tmp_path):
    file = tmp_path / "marsad.toml"
    file.write_text("threads = 0\n")
    with pytest.raises(SettingsError) as caught:
        load(file, {"MARSAD_THREADS": "2"})
    assert caught.value.where == str(file)


def test_settings_made_by_hand_are_checked_too():
    with pytest.raises(SettingsError, match="threads = 0 is not allowed"):
        Settings(threads=0)


def test_a_folder_in_place_of_the_file_is_told(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize(("word", "value"), [("1", True), ("yes", True), ("OFF", False), ("false", False)])
def test_switches_of_the_environment(word, value):
    assert load(environ={"MARSAD_STRICT_LANGUAGE": word}).settings.strict_language is value


def test_a_switch_that_is_neither_is_refused():
    with pytest.raises(SettingsError, match="MARSAD_STRICT_LANGUAGE"):
        load(environ={"MARSAD_STRICT_LANGUAGE": "perhaps"})


def test_a_list_comes_from_every_source(tmp_path):
    file = tmp_path / "marsad.toml"
    file.write_text('knowledge = ["my-actors/", "مجلد"]\n', encoding="utf-8")
    assert load(file).settings.knowledge == ("my-actors/", "مجلد")
    environ = {"MARSAD_KNOWLEDGE": os.pathsep.join(("one", "", "two"))}
    assert load(file, environ).settings.knowledge == ("one", "two")
    assert load(file, {"MARSAD_KNOWLEDGE": ""}).settings.knowledge == ()
    given = load(file, environ, {"knowledge": ("three",)})
    assert (given.settings.knowledge, given.origin["knowledge"]) == (("three",), "argument")
    given = load(file, environ, {"knowledge": ()})  # as an option that may be repeated, and was not given
    assert (given.settings.knowledge, given.origin["knowledge"]) == (("one", "two"), "MARSAD_KNOWLEDGE")
    assert load(tmp_path / "none.toml").settings.knowledge == ()


@pytest.mark.parametrize("wrong", ["mine", ["mine"], ("",), (1,), ("a\0b",)])
def test_folders_given_by_hand_are_a_tuple_of_paths(wrong):
    with pytest.raises(SettingsError, match="give paths of folders"):
        Settings(knowledge=wrong)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("smtp", "http://host"), ("smtp", "smtp://"), ("smtp", "smtp://name:s3cr3t@host"), ("smtp", "smtp://host:99999"),
        ("smtp", "smtp://host/x"), ("sender", "desk"), ("sender", "a@b.example\r\nBcc: c@d.example"),
        ("secret", "s3cr3t"),
        ("secret", "s3cr3t" * 3 + "\n"), ("public", "ftp://host"), ("public", "https://host/?a"), ("public", "host"),
        ("public", 'https://host/"><script>'),
    ],
)  # fmt: skip
def test_what_no_message_can_be_sent_with_is_refused_and_no_secret_repeated(key, value):
    with pytest.raises(SettingsError, match=f"{key} = .* is not allowed") as caught:
        load(arguments={key: value})
    assert "s3cr3t" not in str(caught.value)


def test_what_messages_are_sent_with_is_taken():
    given = {
        "smtp": "smtps://robot%40host@mail.example:465",
        "sender": "robot@mail.example",
        "public": "https://m.example/a",
    }
    found = load(environ={"MARSAD_SECRET": "x" * 16, "MARSAD_SMTP_PASSWORD": "y"}, arguments=given).settings
    assert (found.smtp, found.sender, found.public) == tuple(given.values())
    assert "x" * 16 not in repr(found)
