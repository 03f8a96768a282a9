"""The page of a brief: the same as the file to keep, with ways to the pages behind each line."""

import re

import pytest

TIME = "since=2015-01-01&until=2026-12-31"


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_brief_leads_to_articles_and_other_pages(reader, lang):
    answer = reader.get(f"/brief/IRQ/RUS?{TIME}&lang={lang}")
    page = answer.text
    assert answer.status_code == 200 and len(answer.content) < 150_000 and " style=" not in page
    assert re.search(r'href="/article/[0-9a-f]{16}"', page) and 'href="/relation/IRQ/RUS"' in page


def test_no_news_is_said(reader):
    page = reader.get("/brief/IRQ/RUS?since=2001-01-01&until=2001-01-31&lang=en").text
    assert "There is no news of the two in these days." in page and "the silence is ours" in page


def test_the_files_to_keep(reader):
    page, text, record = (reader.get(f"/brief/IRQ/RUS?{TIME}&lang=en&as={form}") for form in ("page", "text", "json"))
    assert page.text.startswith("<!doctype html>") and text.text.startswith("Iraq – Russia")
    assert record.json()["since"] == "2015-01-01"
    assert 'filename="IRQ-RUS-2015-01-01-2026-12-31.txt"' in text.headers["content-disposition"]


def test_its_style_is_served(reader):
    answer = reader.get("/static/css/brief.css")
    assert answer.headers["content-type"].startswith("text/css") and ".brief" in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/brief/IRQ/IRQ", 400), ("/brief/XXX/RUS", 404), ("/brief/IRQ/RUS?since=x", 400),
        ("/brief/IRQ/RUS?since=2025-02-01&until=2025-01-01", 400), ("/brief/IRQ/RUS?sanctioner=IRQ", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(reader, address, status):
    assert reader.get(address).status_code == status
