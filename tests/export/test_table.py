import io
import re
from dataclasses import replace

import pytest
import world
from rich.cells import cell_len
from rich.console import Console

from marsad.export.table import LRI, PDI, RLI, Layout, joined, show, table
from marsad.types import Article, Coding, Span

CODING = world.handmade()
ARABIC = re.compile("[\u0600-\u06ff]")
LATIN = re.compile("[A-Za-z]")


def printed(coding: Coding = CODING, lang: str = "en", terminal: bool = False, width: int = 90) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    return [line.plain for line in table(coding, Layout(lang, width, terminal), console)]


def test_each_event_says_what_whether_who_to_whom_in_whose_words():
    lines = printed()
    at = next(n for n, line in enumerate(lines) if "✕ denied" in line)
    assert re.search(r"10 +✕ denied +SANCTION · sanctions +0\.93", lines[at])
    assert re.fullmatch(r" +who +USA  وزارة الخارجية الأميركية", lines[at + 1])
    assert re.fullmatch(r" +to whom +SDN  السودان", lines[at + 2])
    at = next(n for n, line in enumerate(lines) if "in whose words" in line)
    assert re.fullmatch(r" +in whose words +quoted: SDN  الطاهر", lines[at])


def test_the_sentence_stands_once_with_its_triggers_marked_and_numbered():
    text = "\n".join(printed(width=400))
    assert "و[نفت]⁹ وزارة الخارجية الأميركية أن تكون قد [فرضت عقوبات]¹⁰ جديدة على السودان" in text
    assert text.count("وذكّرت صحيفة") == 1


def test_every_status_is_a_word_and_a_sign():
    text = "\n".join(printed())
    assert all(sign in text for sign in ("● actual", "◐ planned", "○ possible", "✕ denied"))
    arabic = "\n".join(printed(lang="ar"))
    assert all(sign in arabic for sign in ("● واقع", "◐ مخطَّط له", "○ محتمل", "✕ منفي"))


def test_the_arabic_interface_shows_no_english_but_codes():
    words = set(re.findall(r"[A-Za-z]{2,}", "\n".join(printed(lang="ar"))))
    assert words <= {"RUS", "SDN", "USA", "TUR", "EGY", "khartoum", "txt"}


@pytest.mark.parametrize("terminal", [False, True])
def test_no_arabic_stands_before_latin_on_a_line_of_the_english_interface(terminal):
    # A terminal that reorders would swap the two; where the Arabic is last, or a line of its own, nothing moves.
    for line in printed(terminal=terminal):
        plain = line.split(" · Events")[0]
        if LATIN.search(line) and ARABIC.search(line) and "S-400" not in line:
            assert not LATIN.search(plain[ARABIC.search(plain).start() :]), line


def test_isolates_are_balanced_and_only_for_a_terminal():
    assert not set("".join(printed())) & {RLI, LRI, PDI}
    for lang in ("en", "ar"):
        lines = printed(lang=lang, terminal=True)
        assert any(RLI in line for line in lines)
        for line in lines:
            depth = 0
            for character in line:
                depth += (character in (RLI, LRI)) - (character == PDI)
                assert depth >= 0
            assert depth == 0


def test_on_a_terminal_arabic_is_set_to_the_right_edge_and_never_beyond_it():
    lines = printed(lang="ar", terminal=True, width=90)
    widths = {cell_len(line) for line in lines if line.strip()}
    assert max(widths) <= 90
    assert {cell_len(line) for line in lines if line.rstrip().endswith(PDI)} & {90}


@pytest.mark.parametrize("width", [20, 40, 200])
def test_long_sentences_are_cut_into_lines_that_fit(width):
    text = "كلمة " * 3_000 + "زارت بلدا"
    event = replace(CODING.events[0], trigger=Span(15_000, 15_004), actors=(), recipients=(), contexts=())
    coding = Coding(
        article=Article(id="1", text=text), sentences=(Span(0, len(text)),), mentions=(), events=(event,), coder="x"
    )
    lines = printed(coding, width=width, terminal=True)
    assert len(lines) < 100
    assert any("[زارت]¹" in line for line in lines)
    sentence = [line for line in lines if "كلمة" in line]
    assert sentence[0].strip(f" {RLI}").startswith("…")
    assert all(cell_len(line) <= max(22, width) for line in sentence)


def test_triggers_that_nest_are_all_marked():
    text = "غارات إسرائيلية على بلد"
    events = tuple(
        replace(CODING.events[0], id=str(n), trigger=span, actors=(), recipients=(), contexts=())
        for n, span in enumerate([Span(0, 15), Span(6, 15)])
    )
    coding = Coding(article=Article(id="1", text=text), sentences=(Span(0, 23),), mentions=(), events=events, coder="x")
    assert "  [غارات [إسرائيلية]¹]² على بلد" in printed(coding)


def test_a_terminal_obeys_nothing_that_an_article_says():
    text = "زارت \x1b[2J\x1b]0;owned\x07 \u202eروسيا\u2067 العراق"
    coding = world.Coder()(text)
    for line in printed(replace(coding, article=replace(coding.article, given="\x1b[31m.txt")), terminal=True):
        assert "\x1b" not in line and "\x07" not in line and "\u202e" not in line


def test_articles_without_an_event_are_counted_unless_every_one_is_wanted():
    def shown(**options: bool) -> str:
        console = Console(file=io.StringIO(), width=90)
        show([replace(CODING, events=()), CODING, replace(CODING, events=())], console, "en", **options)
        return console.file.getvalue()

    assert shown().count("No event found.") == 2 and "Left out" not in shown()
    assert "No event found." not in shown(every=False)
    assert shown(every=False).splitlines()[-1] == "Left out, without such an event: 2"


def test_items_and_what_an_event_is_about_have_words_of_their_own():
    lines = printed()
    assert any(re.fullmatch(r" +about event +\d+", line) for line in lines)
    assert any(re.fullmatch(r" +items +RUS  منظومة .*", line) for line in lines)


def test_an_article_without_events_says_so():
    coding = replace(CODING, events=())
    assert any("No event found." in line for line in printed(coding))
    assert any("وفد عسكري روسي" in line for line in printed(coding))


def test_colours_come_only_where_they_are_wanted():
    def shown(**console: object) -> str:
        file = io.StringIO()
        show([CODING], Console(file=file, width=90, highlight=False, **console), "en")
        return file.getvalue()

    assert "\x1b[" not in shown()
    coloured = shown(force_terminal=True)
    assert "\x1b[" in coloured
    assert RLI not in coloured  # colours forced into a pipe are still no terminal
    assert not re.search("\x1b\\[[0-9;]*3[0-9]", shown(force_terminal=True, no_color=True))


def following(lines: list[str], start: str) -> list[str]:
    """The lines from the first that has ``start`` in it, without the spaces around."""
    at = next(n for n, line in enumerate(lines) if start in line)
    return [" ".join(line.split()) for line in lines[at:]]


def test_whom_a_party_means_stands_below_it(known):
    lines = following(printed(known, width=110), "RUS.GOV.MOD")
    assert lines[0] == "who RUS.GOV.MOD نائب وزير الدفاع الروسي، أندريه فوروبيوف"
    assert lines[1] == "= Andrei Vorobyov · Deputy Minister of Defence · Russia"
    lines = following(printed(known, width=110), "SDN.GOV.MOD")
    assert lines[:3] == [
        "to whom SDN.GOV.MOD وزير الدفاع السوداني، ياسين الطاهر",
        "= former Minister of Defence · Sudan",
        "or perhaps SDN.MIL 0.70",
    ]
    lines = following(printed(known, "ar", width=110), "SDN.GOV.MOD")
    assert lines[1:3] == ["= ياسين الطاهر · وزير الدفاع سابقًا · السودان", "أو ربما SDN.MIL 0.70"]
    assert any(line.endswith("= civilians · Sudan") for line in printed(known))


def test_whom_it_means_is_said_once_in_a_sentence(known):
    lines = printed(known)
    assert sum("RUS.GOV.MOD" in line for line in lines) == 3
    assert sum("= Andrei Vorobyov" in line for line in lines) == 1


def test_amounts_and_days(known):
    lines = following(printed(known), "how much")
    assert lines[:3] == ["how much 5 خمسة مدنيين", "4,200,000,000 USD دارفور", "20–99 km القاهرة"]
    assert any(re.fullmatch(r" +when +2026-03-01 week", line) for line in printed(known))
    assert any(re.fullmatch(r" +كم +5  خمسة مدنيين", line) for line in printed(known, "ar"))
    assert any(re.fullmatch(r" +20–99 كم  القاهرة", line) for line in printed(known, "ar"))


@pytest.mark.parametrize("terminal", [False, True])
def test_what_is_resolved_keeps_arabic_last_in_an_english_line(known, terminal):
    for line in printed(known, terminal=terminal):
        plain = line.split(" · Events")[0]
        if LATIN.search(line) and ARABIC.search(line) and "S-400" not in line:
            assert not LATIN.search(plain[ARABIC.search(plain).start() :]), line


def test_a_name_in_the_other_letters_comes_last_in_an_english_line_and_is_isolated():
    layout = Layout("en", 80, True)
    assert [*joined(["زيد", "Minister", "Iraq"], layout, 70)] == [f"Minister · Iraq · {RLI}زيد{PDI}"]
    layout = Layout("ar", 80, True)
    assert [*joined(["Zayd", "وزير", "العراق"], layout, 70)] == [f"{LRI}Zayd{PDI} · وزير · العراق"]
    assert [*joined([], layout, 70)] == []


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_long_office_is_broken_between_its_parts(lang):
    parts = ["a" * 20, "b" * 50, "c" * 20]
    assert [*joined(parts, Layout(lang), 60)] == [parts[0], parts[1], parts[2]]
    assert [*joined(parts, Layout(lang), 80)] == [f"{parts[0]} · {parts[1]}", parts[2]]


def test_isolates_are_balanced_where_all_is_resolved(known):
    for lang in ("en", "ar"):
        for line in printed(known, lang, terminal=True):
            assert sum(line.count(mark) for mark in (RLI, LRI)) == line.count(PDI)
