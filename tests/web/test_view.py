"""What a page is made with: languages, digits, days, links that keep the place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from browser import browse
from desks import Coder
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.desk import Desk
from marsad.settings import INTERFACE, Settings
from marsad.web.view import LANG, THEME, ago, number, short, web
from marsad.web.words import counted

NOW = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


def test_the_language_of_the_address_is_remembered(reader: TestClient) -> None:
    assert 'lang="en"' in reader.get("/about").text[:60]
    answer = reader.get("/about?lang=ar")
    assert answer.cookies[LANG] == "ar"
    assert '<html lang="ar" dir="rtl"' in reader.get("/about").text
    assert '<html lang="en"' in reader.get("/about?lang=xx", headers={"cookie": ""}).text


def test_the_theme_of_the_address_is_remembered(reader: TestClient) -> None:
    assert reader.get("/about?theme=dark").cookies[THEME] == "dark"
    assert 'data-theme="dark"' in reader.get("/about").text
    assert 'data-theme="auto"' in reader.get("/about?theme=x", headers={"cookie": ""}).text


def test_the_switch_of_language_keeps_the_place(reader: TestClient) -> None:
    page = reader.get("/watches?near=JOR&counterpart=RUS&on=rung&lang=en").text
    assert 'href="/watches?near=JOR&amp;counterpart=RUS&amp;on=rung&amp;lang=ar"' in page


def test_a_browser_without_a_cookie_is_answered_in_its_language(reader: TestClient) -> None:
    for accept, lang in (("ar-JO,en;q=0.5", "ar"), ("fr,ar;q=0.8", "ar"), ("en-GB", "en"), ("fr", "en"), ("", "en")):
        assert f'<html lang="{lang}"' in reader.get("/about", headers={"accept-language": accept}).text, accept


def test_a_language_of_the_settings_goes_before_that_of_the_browser(tmp_path: object) -> None:
    with Desk(f"{tmp_path}/x.db", Settings(lang="ar"), coder=Coder(), now=lambda: NOW) as desk:
        assert '<html lang="ar"' in browse(desk).get("/about", headers={"accept-language": "en"}).text


def test_what_html_forbids_is_shown_as_a_sign(reader: TestClient) -> None:
    answer = reader.get("/watches", params={"near": "a\x00b\x1b[31m\x85", "lang": "en"})
    assert answer.status_code == 200
    assert "\x00" not in answer.text
    assert "\x1b" not in answer.text
    assert "a\ufffdb" in answer.text


def test_markup_of_an_address_is_text(reader: TestClient) -> None:
    page = reader.get("/watches", params={"near": '"><script>alert(1)</script>', "words": "<b>", "lang": "en"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (NOW - timedelta(seconds=20), ("now", "الآن")),
        (NOW - timedelta(minutes=2), ("2 minutes ago", "قبل دقيقتين")),
        (NOW - timedelta(hours=3), ("3 hours ago", "قبل ٣ ساعات")),
        (date(2026, 3, 10), ("today", "اليوم")),
        (date(2026, 3, 9), ("yesterday", "أمس")),
        (date(2026, 2, 27), ("11 days ago", "قبل ١١ يوما")),
        (date(2025, 11, 1), ("4 months ago", "قبل ٤ أشهر")),
        (date(2021, 3, 1), ("5 years ago", "قبل ٥ أعوام")),
        (date(2026, 3, 12), ("12 March 2026", "١٢ آذار/مارس ٢٠٢٦")),
        (None, ("", "")),
    ],
)
def test_how_long_ago(value: date | datetime | None, told: tuple[str, str]) -> None:
    assert (ago(value, NOW, "en"), ago(value, NOW, "ar")) == told


@settings(deadline=None)
@given(st.dates(max_value=date(2026, 3, 10), min_value=date(1900, 1, 1)), st.sampled_from(INTERFACE))
def test_any_day_has_words(day: date, lang: str) -> None:
    assert ago(day, NOW, lang)
    assert short(day, lang)


@settings(deadline=None)
@given(st.integers(0, 10**7))
def test_a_number_keeps_its_value(n: int) -> None:
    shown = number(n, "ar")
    assert int(shown.replace("٬", "").translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))) == n
    assert not any(digit in shown for digit in "0123456789")
    assert str(n) in counted("shared", "n_articles", n, "en")


def test_a_link_is_of_the_web() -> None:
    assert web("https://a.example/x") == "https://a.example/x"
    for bad in ("javascript:alert(1)", "data:text/html,x", "//a.example", "/x", "", None, " https://x"):
        assert web(bad) is None
