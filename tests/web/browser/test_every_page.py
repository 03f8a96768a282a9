"""Every page of the story in a real browser: both languages, both themes, with and without script."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from screenshots import weigh

#: One worker has them all: each would tell the story anew, in a browser of its own.
pytestmark = pytest.mark.xdist_group("browser")

#: What a page and all that it draws in may weigh without fonts, in bytes.
MOST = 150_000
#: What axe calls them.
GRAVE = ("serious", "critical")
#: Latin letters within a page in Arabic that are no words to be told in Arabic, and where they stand.
_ELSEWHERE = "script,style,code,kbd,pre,cite,bdi,[lang=en],[dir=ltr],svg,input,option,blockquote,q,time,#wif"


def settled(page) -> None:
    """Wait until all parts that a page asks for by itself are in it."""
    expect(page.locator("[hx-trigger=load], .htmx-request")).to_have_count(0, timeout=20_000)


def opened(visit, at: str, path: str, lang: str, **given):
    page = visit(at, path, lang=lang, **given)
    settled(page)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    return page


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_axe_finds_nothing_grave_and_no_page_is_wider_than_its_window(story, places, visit, lang):
    found = []
    page = visit(story[1], "/", lang=lang)
    for name, path in places.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(story[1] + path)
        settled(page)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            grave = [one for one in Axe().run(page).response["violations"] if one["impact"] in GRAVE]
            found += [(name, theme, one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in grave]
        for width in (1280, 400):
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [(name, f"wider than {width}", over)] if over > 0 else []
    assert found == []


def test_no_page_weighs_much(story, places, visit):
    heavy = {}
    page = visit(story[1], "/", lang="ar")
    for name, path in places.items():
        page.context.clear_cookies()
        with_script = page.context.new_page()
        sent = weigh(with_script)
        with_script.goto(story[1] + path)
        settled(with_script)
        if sum(sent) > MOST:
            heavy[name] = sum(sent)
        with_script.close()
    assert heavy == {}


def test_the_language_switch_keeps_the_place(story, places, visit):
    page = opened(visit, story[1], "/", "en")
    for path in places.values():
        page.goto(story[1] + path)
        before = page.url
        for lang in ("ar", "en"):
            page.locator("a.switch").click()
            page.wait_for_load_state()
            assert page.locator("html").get_attribute("lang") == lang
            kept = re.sub(r"[?&]lang=..", "", page.url)
            assert kept == before or kept.replace("&", "?", 1) == before


def test_every_page_says_the_same_without_script(story, places, visit):
    with_, without = (visit(story[1], "/", lang="ar", java_script_enabled=on) for on in (True, False))
    for name, path in places.items():
        for page in (with_, without):
            page.goto(story[1] + path)
        assert with_.locator("h1").first.inner_text() == without.locator("h1").first.inner_text(), name
        assert without.locator("main").inner_text().strip(), name


def test_no_day_is_written_in_latin_digits_beside_arabic_words(story, places, visit):
    found = {}
    page = visit(story[1], "/", lang="ar")
    for name, path in places.items():
        if name == "brief":  # the same as the file to keep, whose days are those of its data
            continue
        page.goto(story[1] + path)
        page.evaluate(f"document.querySelectorAll('main :is({_ELSEWHERE})').forEach(one => one.remove())")
        if days := re.findall(r"\d{4}-\d{2}-\d{2}", page.locator("main").inner_text()):
            found[name] = days[:5]
    assert found == {}
