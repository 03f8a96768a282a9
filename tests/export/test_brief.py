"""A brief says the same in JSON, in text and on a page, in both languages; what there is none of is said."""

import re
from datetime import date
from html.parser import HTMLParser

import msgspec
import pairs
import pytest
from rich.cells import cell_len
from rich.console import Console

from marsad.desk.pairs.briefing import brief
from marsad.export.brief import brief_record, word
from marsad.export.brief_html import MOST, brief_body, brief_page
from marsad.export.brief_text import brief_lines, most
from marsad.export.table import Layout

SPRING = {"since": date(2025, 1, 1), "until": date(2025, 6, 30)}
EMPTY = {"since": date(2024, 1, 1), "until": date(2024, 1, 31)}


@pytest.fixture(scope="module")
def asked():
    with pairs.desk() as desk, pytest.MonkeyPatch.context() as patch:
        pairs.stand_in(patch)
        yield brief(desk, "IRQ", "RUS", **SPRING), brief(desk, "IRQ", "RUS", **EMPTY)


def text(given, lang, width=100):
    lines = brief_lines(given, Layout(lang=lang, width=width), Console(width=width))
    return [line.plain for line in lines]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.links = [], []

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)
        self.links += [value for key, value in attrs if key == "href"]


def tags(page):
    parser = Tags()
    parser.feed(page)
    return parser


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_record_is_json_and_each_rung_leads_to_its_sentence_and_address(asked, lang):
    record = brief_record(asked[0], lang)
    assert msgspec.json.decode(msgspec.json.encode(record))["kind"] == "brief"
    assert [one["rung"] for one in record["rungs"]] == ["L3", "W0", "L4", "L6", "W5", "L3"]
    for one in record["rungs"]:
        assert one["sentence"] and one["article"] and one["source"] and one["voice_text"] and one["status_text"]


def test_a_ladder_says_what_moved(asked):
    ladders = {one["ladder"]: one for one in brief_record(asked[0])["standing"]}
    assert ladders["L"]["moved"] == ladders["W"]["moved"] == "first" and "R" not in ladders
    assert ladders["L"]["highest"]["rung"] == "L6" and ladders["L"]["before"] is None


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_news_is_said_and_not_left_out(asked, lang):
    record = brief_record(asked[1], lang)
    assert record["quiet"] and word("lacks.quiet", lang) in record["lacks"]
    assert word("lacks.read", lang) in record["coverage"]["limits"]
    told = "\n".join(text(asked[1], lang))
    page = brief_page(asked[1], lang)
    for key in ("rungs", "changes", "statements", "denials"):
        assert word(f"lacks.{key}", lang) in told and word(f"lacks.{key}", lang) in page
    assert word("lacks.quiet", lang) in told and word("lacks.quiet", lang) in page


def test_papers_that_were_not_read_are_named(asked):
    record = brief_record(asked[1])
    assert not record["coverage"]["countries"]
    assert brief_record(asked[0])["coverage"]["articles"] > 0


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("width", [60, 100, 200])
def test_no_line_of_the_text_is_wider_than_a_hundred_cells(asked, lang, width):
    for one in asked:
        assert all(cell_len(line) <= min(width, 100) for line in text(one, lang, width))


def test_the_text_has_no_command_for_a_terminal(asked):
    assert not re.search("[\x00-\x1f\x7f]", "".join(text(asked[0], "en")))


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_page_needs_nothing_else_and_runs_nothing(asked, lang):
    page = brief_page(asked[0], lang)
    found = tags(page)
    assert not {"script", "img", "link", "iframe", "object"} & set(found.found)
    assert all(link.startswith("https://") for link in found.links)
    assert f'lang="{lang}"' in page and "default-src 'none'" in page and " style=" not in page


def test_what_articles_say_is_text_on_the_page(asked):
    assert "<script>alert" not in brief_page(asked[0]) and "&lt;script&gt;alert" in brief_page(asked[0])


def test_in_the_observatory_each_line_leads_to_its_page(asked):
    record = brief_record(asked[0], "en")
    links = tags(brief_body(record, "en", linked=True)).links
    shown, _ = most(record, "rungs", MOST)
    assert {f"/article/{one['article']}" for one in shown} <= set(links)
    assert {f"/law/{one['instrument']}" for one in record["findings"][: MOST["findings"]]} <= set(links)


def test_of_too_many_rungs_the_highest_are_shown_in_the_order_of_days():
    given = [
        {"id": str(n), "confirmed": n % 2 == 0, "effective": n % 7, "day": date(2025, 1, 1 + n)} for n in range(20)
    ]
    shown, left = most({"rungs": given}, "rungs", {"rungs": 4})
    assert left == 16 and [one["id"] for one in shown] == sorted((one["id"] for one in shown), key=int)
    assert all(one["confirmed"] for one in shown) and max(one["effective"] for one in shown) == 6


def test_every_word_stands_in_both_languages():
    from marsad.export.brief import _words

    def leaves(table):
        for value in table.values():
            yield from leaves(value) if "en" not in value else [value]

    assert all(one["en"] and one["ar"] for one in leaves(_words()))
    places = re.compile(r"{(\w+)}")
    assert all(set(places.findall(one["en"])) == set(places.findall(one["ar"])) for one in leaves(_words()))
