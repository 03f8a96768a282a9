"""What a reader does, from the first visit on, with the mouse, by keyboard alone, and without script."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

#: One worker has them all: each would tell the story anew, in a browser of its own.
pytestmark = pytest.mark.xdist_group("browser")

#: The sentence behind the rung that is chosen.
SENTENCE = "#evidence > figure blockquote"


def focused(page: Page) -> str:
    """What has the focus: its tag, and what it is called."""
    return page.evaluate("document.activeElement.tagName + ' ' + (document.activeElement.id || '')")


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Tab until the focus is on what ``selector`` names."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


@pytest.mark.parametrize(("lang", "script"), [("ar", True), ("en", False)])
def test_from_an_empty_store_to_the_sentence_of_the_highest_rung(bare, visit, lang, script):
    page = visit(bare[1], "/", lang=lang, java_script_enabled=script)
    expect(page.locator(".ways > li")).to_have_count(3)
    page.locator(".ways form button").click()
    # Without a script the page of progress loads itself anew, until the first page is there.
    page.wait_for_url(f"{bare[1]}/", timeout=240_000)
    page.locator(".rows a.pair", has_text="روسيا" if lang == "ar" else "Russia").first.click()
    page.wait_for_url("**/relation/**")
    page.locator(".ladder-L a[href*='#evidence']").first.click()
    shown = page.locator(SENTENCE)
    expect(shown).to_be_visible()
    words = shown.inner_text()
    page.locator("#evidence figcaption a[href^='/article/']").first.click()
    page.wait_for_url("**/article/**")
    expect(page.locator(".text")).to_contain_text(words.split("…")[0][:40].strip())


def test_the_pair_page_by_keyboard_alone(story, places, visit):
    page = visit(story[1], places["relation"])
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tab_to(page, "svg.course a.mark")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("End")
    last = page.evaluate("document.activeElement.getAttribute('href')")
    assert last != first
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") == last
    with page.expect_response(lambda one: "part=evidence" in one.url):
        page.keyboard.press("Enter")
    expect(page.locator(SENTENCE)).to_be_visible()
    expect(page.locator("#evidence")).to_be_focused()
    assert "rung=" in page.url
    tab_to(page, "#evidence figcaption a[href^='/article/']", most=8)
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")


def test_a_mark_is_a_link_without_script(story, places, visit):
    page = visit(story[1], places["relation"], java_script_enabled=False)
    page.goto(urljoin(page.url, page.locator("svg.course a.mark").last.get_attribute("href")))
    expect(page.locator(SENTENCE)).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_judgement_there_and_back(copied, places, visit, script):
    desk, at = copied
    page = visit(at, places["article"], java_script_enabled=script)
    article = page.url.rsplit("/", 1)[-1]
    page.locator("#judged a[href*='judge=']").click()
    form = page.locator("#judged form.judge")
    form.locator("select[name=field]").select_option("published")
    form.locator("[name=value]").fill("2020-03-14")
    form.locator("[name=name]").fill("Rana")
    form.locator("[name=reason]").fill("the paper is of Saturday")
    form.locator("button").last.click()
    expect(page.locator("#judged")).to_contain_text("the paper is of Saturday")
    (kept,) = desk.judgements(article)
    assert (kept.field, kept.value, kept.name) == ("published", "2020-03-14", "Rana")
    page.goto(f"{at}/article/{article}")
    expect(page.locator("#judged")).to_contain_text("Rana")
    page.locator("#judged details summary").first.click()
    withdraw = page.locator("#judged form[action$='/withdraw']")
    assert withdraw.locator("[name=name]").input_value() == "Rana"
    withdraw.locator("[name=reason]").fill("the paper was right")
    withdraw.locator("button").click()
    page.wait_for_load_state()
    expect(page.locator("#judged .held")).to_have_count(0)
    assert [one.reason for one in desk.judgements(article)] != [kept.reason]


@pytest.mark.parametrize("script", [True, False])
def test_an_alert_from_its_arrival_to_its_acknowledgement(copied, visit, script):
    desk, at = copied
    unseen = desk.count_alerts()
    assert unseen > 3
    page = visit(at, "/", java_script_enabled=script)
    expect(page.locator("#unseen .count")).to_have_text(str(unseen))
    page.locator("#unseen").locator("xpath=..").locator("a[href='/alerts']").click()
    first = page.locator(".alert.new").first
    id_ = first.get_attribute("id")
    expect(first.locator("blockquote").first).to_be_visible()
    first.locator("form.seen button").click()
    page.wait_for_load_state()
    assert desk.count_alerts() == unseen - 1
    expect(page.locator(f"#{id_} form.seen")).to_have_count(0)
    page.goto(f"{at}/")
    expect(page.locator("#unseen .count")).to_have_text(str(unseen - 1))


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("name", ["brief", "finding"])
def test_it_prints(story, places, visit, name, lang):
    page = visit(story[1], places[name], lang=lang)
    page.emulate_media(media="print")
    for gone in (".pages", ".find", ".switches", ".filters"):
        for one in page.locator(gone).all():
            expect(one).to_be_hidden()
    made = page.pdf(format="A4", print_background=False)
    assert made.startswith(b"%PDF") and made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") <= 12


def test_the_keys(story, visit):
    page = visit(story[1], "/")
    page.keyboard.press("/")
    assert focused(page) == "INPUT find"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("[data-move]").nth(1)
    expect(second).to_have_class("pair-row here" if "pair-row" in second.get_attribute("class") else "here")
    page.keyboard.press("k")
    expect(page.locator("[data-move]").first).to_contain_class("here")
    page.keyboard.press("?")
    expect(page.locator("dialog#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#help")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/relation/**")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/alerts")
    page.keyboard.press("l")
    page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_the_search_without_script(story, visit):
    page = visit(story[1], "/", lang="ar", java_script_enabled=False)
    page.locator("#find").fill("بانتسير")
    page.locator("#find").press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator("main mark").first).to_have_text("بانتسير")
