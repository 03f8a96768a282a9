import json

import pytest
from click.testing import CliRunner

from marsad.cli.explain import explain
from marsad.export.labels import words
from marsad.knowledge import ontology


def run(*arguments):
    return CliRunner().invoke(explain, list(arguments), catch_exceptions=False)


def test_a_type_is_told_in_both_languages():
    out = run("THREATEN").output
    assert "THREATEN  threaten  (event type)" in out and "THREATEN  تهديد  (نوع الحدث)" in out
    assert "-5.1" in out and "conflict in words" in out and "خصومة بالقول" in out
    assert "restrict, ban, arrest" in out and "in CAMEO: 13" in out
    assert out.count("example:") == out.count("مثال:") == 2


@pytest.mark.parametrize(
    ("lang", "word", "other"), [("ar", "منفي", "did not happen"), ("en", "did not happen", "منفي")]
)
def test_one_language_leaves_the_other_out(lang, word, other):
    out = run("DENIED", "--lang", lang).output
    assert word in out and other not in out


def test_json_gives_a_line_an_entry():
    lines = [json.loads(line) for line in run("territory", "IRQ", "--json").output.splitlines()]
    assert [(line["label"], line["part"]) for line in lines] == [
        ("territory", "context"),
        ("THREATEN/territory", "mode"),
        ("IRQ", "country"),
    ]
    assert lines[0]["plover"] == "resource" and lines[0]["ours"] is True
    assert set(lines[2]["name"]) == {"ar", "en"} and "العراق" in lines[2]["names"]


def test_every_label_is_listed_without_one():
    out = run().output
    assert all(
        label in out for label in ("CONSULT/third-party", "DENIED", "reading", "ARMS", "GOV", "nuclear", "تشاور")
    )
    listed = [json.loads(line)["label"] for line in run("--json").output.splitlines()]
    assert len(listed) > 120 and listed[0] == "AGREE"


def test_states_of_the_past_and_contested_places_say_how_they_are_coded():
    out = run("USSR", "القدس", "UN", "--lang", "en").output
    assert "continued by: RUS" in out and "until: 1991-12-26" in out
    assert "code written: no code" in out and "East Jerusalem" in out
    assert "code written: IGO" in out


def labels(word):
    return [json.loads(line)["label"] for line in run(word, "--json").output.splitlines()]


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("نفي", "REJECT/deny"),
        ("زيارة", "CONSULT/visit"),
        ("زياره", "CONSULT/visit"),
        ("اتفاق", "AGREE"),
        ("مخطَّط له", "PLANNED"),
        ("مخطط له", "PLANNED"),
        ("✕", "DENIED"),
        ("بلسان مَن", "voice"),
        ("to whom", "recipients"),
        ("week", "week"),
        ("أسبوع", "week"),
        ("speaker", "speaker"),
        ("خصومة بالفعل", "material-conflict"),
    ],
)
def test_a_label_is_found_by_the_word_that_is_shown_for_it(word, label):
    assert label in labels(word)


def test_every_word_that_the_output_shows_is_explained():
    for entry in ontology.entries():
        assert all(entry.label in labels(name) for name in entry.name.values()), entry.label
    for word in words():
        for lang, name in word.name.items():
            out = run(name, "--lang", lang).output
            assert word.kind[lang] in out
            assert word.means is None or word.means[lang][:30] in " ".join(out.split())


def test_the_language_of_the_settings_leaves_the_other_out(monkeypatch):
    monkeypatch.setenv("MARSAD_LANG", "ar")
    assert "did not happen" not in run("DENIED").output and "منفي" in run("DENIED").output
    assert "did not happen" in run("DENIED", "--lang", "en").output


def test_a_label_that_does_not_exist_is_told_with_near_ones():
    from marsad.cli import cli

    result = CliRunner().invoke(cli, ["explain", "THRETEN"])
    assert result.exit_code == 3 and "did you mean THREATEN" in result.stderr


def test_markup_and_controls_in_a_label_are_not_obeyed():
    from marsad.cli import cli

    result = CliRunner().invoke(cli, ["explain", "[red]x[/red]\x1b[2J"])
    assert result.exit_code == 3 and "\x1b[2J" not in result.output
