"""Payloads through whatever is no page: JSON, CSV, JSON lines, Atom, briefs, mails, messages, files and the terminal."""

# ruff: noqa: E501
from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import hostile
import parsed
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from marsad.alert.channels.mail import written
from marsad.alert.channels.means import Means
from marsad.alert.letter import letter
from marsad.cli import cli
from marsad.desk import Desk
from marsad.export.html import page as html_page
from marsad.export.rows import cell
from marsad.settings import Settings
from marsad.types import Message

#: What begins a formula for a spreadsheet.
FORMULAS = "=+-@\t\r\n＝＋－＠"
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?\Z")
#: What a terminal obeys, or what turns round what stands behind it. We set isolates of our own, in pairs.
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
LISTS = (
    "/api/events", "/api/reports", "/api/alerts", "/api/judgements", "/api/sources", "/api/watches",
    "/api/search?q=%D8%A7%D9%86%D8%AA%D9%87%D9%89", "/api/relations/IRQ/RUS",
)  # fmt: skip


def pages(reader: TestClient, path: str, ending: str) -> list[str]:
    """Every page of a list in a form."""
    head, mark, query = path.partition("?")
    found, after = [], None
    for _ in range(9):
        more = "&".join(one for one in (query, f"after={after}" if after else "", "limit=100") if one)
        answer = reader.get(f"{head}{ending}?{more}")
        if answer.status_code == 422 and "limit" in answer.text:
            answer = reader.get(f"{head}{ending}{mark}{query}")
        if answer.status_code in (404, 406):
            return found
        assert answer.status_code == 200, (path, ending, answer.text[:300])
        assert answer.headers["x-content-type-options"] == "nosniff"
        found.append(answer.content.decode())
        link = re.search(r"after=([^&>]+)", answer.headers.get("link", ""))
        if not link:
            break
        after = link[1]
    return found


@pytest.mark.parametrize("path", LISTS)
def test_json_and_its_lines(reader: TestClient, path: str) -> None:
    whole = pages(reader, path, ".json")
    items = [item for one in whole for item in json.loads(one).get("items", [])]
    lines = [json.loads(line) for one in pages(reader, path, ".ndjson") for line in one.split("\n") if line]
    if lines:
        assert lines == items
    assert whole


@pytest.mark.parametrize("path", LISTS)
def test_no_cell_of_csv_is_a_formula(reader: TestClient, path: str) -> None:
    for one in pages(reader, path, ".csv"):
        rows = parsed.cells(one)
        assert len({len(row) for row in rows}) == 1
        for each in (each for row in rows for each in row):
            assert each[:1] not in FORMULAS or not each or NUMBER.match(each), each[:80]


def test_no_payload_is_a_formula_in_a_cell() -> None:
    for one in hostile.payloads():
        for given in (one.text, [one.text, "x"], [one.text], one.line):
            made = cell(given)
            assert not made or made[0] not in FORMULAS, one
            assert "\0" not in made


@pytest.mark.parametrize("path", ["/feeds/watches/all.atom", "/feeds/events.atom"])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_feeds(reader: TestClient, path: str, lang: str) -> None:
    root = parsed.feed(reader.get(f"{path}?lang={lang}").text)
    names = {re.sub("{.*}", "", str(one.tag)) for one in root.iter()}
    assert names <= {"feed", "entry", "id", "title", "updated", "link", "summary", "author", "name", "published",
                     "category", "content"}, names  # fmt: skip
    for one in root.iter("{*}link"):
        assert one.get("href").startswith("http://127.0.0.1/"), one.get("href")
    for one in root.iter("{*}summary"):
        assert not parsed.faults(f"<!doctype html><html><head></head><body>{one.text}</body></html>")


def test_a_feed_is_called_what_an_address_says(reader: TestClient) -> None:
    for one in hostile.payloads():
        if "\0" in one.text or one.kind == "long":
            continue
        answer = reader.get("/feeds/events.atom", params={"title": one.text[:200], "party": "FJI"})
        assert answer.status_code == 200, (one, answer.text)
        title = parsed.feed(answer.text).find("{*}title")
        assert not len(title) and parsed.squeezed(title.text or "") == parsed.squeezed(one.text[:200]), one


# --- mails and messages -----------------------------------------------------------------------------------------------

MEANS = Means(settings=Settings(smtp="smtps://mail.example", sender="marsad@news.example"),
              now=lambda: datetime(2026, 3, 10, tzinfo=UTC))  # fmt: skip
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "MIME-Version",
           "Content-Language"}  # fmt: skip
STYLED = frozenset({"style"})


def test_alerts_by_mail_and_webhook(desk: Desk) -> None:
    alerts = list(desk.alerts(limit=200))
    watches = desk.watches()
    assert len(alerts) > 50
    for number, watch in enumerate(watches):
        some = alerts[number % 40 :: 40]
        message = Message(key=f"{number:032x}", watch=watch.id, channel="mail:a@news.example", due=hostile.NOW)
        made = letter(message, watch, some, "https://marsad.example")
        assert not parsed.faults(made.html, STYLED), watch
        body = json.loads(made.body)
        assert body["watch"]["name"] == watch.name and b"\n" not in made.body
        sent = written("desk@news.example", message.key, made, MEANS).as_bytes(policy=policy.SMTP)
        read = message_from_bytes(sent, policy=policy.default)
        assert set(read.keys()) == HEADERS and len(read.keys()) == len(HEADERS)
        assert [str(one) for one in read.get_all("to", [])] == ["desk@news.example"]
        assert not COMMANDS.search(str(read["subject"])), watch
        parts = [one.get_content_type() for one in read.walk()]
        assert parts == ["multipart/alternative", "text/plain", "text/html"]
        text = read.get_body(("plain",)).get_content().replace("\r\n", "\n")
        assert not COMMANDS.search(text)
        assert all(
            one.mark in text for alert in some for one in hostile.payloads() if one.mark in alert.because[0].quotation
        )


# --- files and the terminal -------------------------------------------------------------------------------------------


def kept(page: str) -> str:
    """A page to keep, without the style and the policy in its head."""
    head, _, rest = page.partition("</head>")
    head, styles = re.subn(r"<style>[^<]*</style>", "", head)
    head, policies = re.subn(
        r'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'[^"]*">', "", head
    )
    assert (styles, policies) == (1, 1)
    return f"{head}</head>{rest}"


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_pages_to_keep(lang: str) -> None:
    made = "".join(html_page([one.coding for one in hostile.pieces()], lang))
    assert not parsed.faults(kept(made))
    text = parsed.said(made)
    assert all(one.mark in text for one in hostile.payloads())


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("form", ["page", "text", "json"])
def test_briefs(reader: TestClient, form: str, lang: str) -> None:
    answer = reader.get(f"/brief/IRQ/RUS?since=2025-09-01&as={form}&lang={lang}")
    assert answer.status_code == 200
    if form == "page":
        assert not parsed.faults(kept(answer.text))
    elif form == "text":
        assert not COMMANDS.search(answer.text)
    else:
        json.loads(answer.text)


COMMAND_LINES = (
    "events --party IRQ", "events --reports", "events --quotations", "search انتهى", "sources", "watch list", "alerts",
    "relation IRQ RUS --since 2025-09", "brief IRQ RUS --since 2025-09", "judge --list", "key list", "changes IRQ RUS",
    "triangle IRQ RUS USA", "watch test all",
)  # fmt: skip


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_nothing_that_a_terminal_obeys(store: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    for lang in ("ar", "en"):
        given = [*line.split(), "--store", str(store)]
        result = CliRunner().invoke(cli, given, env={"MARSAD_LANG": lang, "NO_COLOR": "1"})
        if result.exit_code == 2:
            pytest.fail(result.output)
        assert result.exit_code in (0, 1), (given, result.output[-500:], result.exception)
        assert not (found := COMMANDS.search(result.output)), (given, found, result.output[found.start() - 80 :][:160])


def test_each_article_in_the_terminal(store: Path) -> None:
    for piece in hostile.pieces():
        result = CliRunner().invoke(cli, ["article", piece.article.id, "--store", str(store)], env={"NO_COLOR": "1"})
        assert result.exit_code == 0, result.output[-500:]
        assert not COMMANDS.search(result.output), piece.number


@pytest.mark.parametrize(
    "line", ["events --reports --csv", "events --csv", "export csv", "export polecat", "search انتهى --csv"]
)
def test_csv_of_the_command_line(store: Path, line: str) -> None:
    result = CliRunner().invoke(cli, [*line.split(), "--store", str(store)])
    assert result.exit_code in (0, 2), result.output[-400:]
    tabs = "polecat" in line
    rows = [one.split("\t") for one in result.stdout.splitlines()] if tabs else parsed.cells(result.stdout)
    for each in (each for row in rows for each in row):
        assert each[:1] not in FORMULAS or not each or NUMBER.match(each), (line, each[:80])
