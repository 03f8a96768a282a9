import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import world
from cost import grows_less
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.export.html import page
from marsad.types import Article, Candidate, Coding, Evidence, Kind, Mention, Name, Skipped, Span

CODING = world.handmade()
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Tree(HTMLParser):
    """A strict reader of a page: every element closed in its order, its attributes and its text kept."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"text": [], "h2": []}
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert not (tag == "a" and any(name == "a" for name, _ in self.open)), "a link within a link"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        names = [name for name, _ in self.open]
        if "sup" in names:
            return
        for name, attributes in self.open:
            if name == "h2":
                self.texts["h2"].append(data)
            elif attributes.get("class") == "text":
                self.texts["text"].append(data)

    def all(self, key: str) -> list[str]:
        return [attributes[key] for _, attributes in self.elements if attributes.get(key)]


def rendered(*items: Coding | Skipped, lang: str = "en") -> str:
    return "".join(page(items, lang))


@pytest.fixture(scope="module", params=["en", "ar"])
def source(request):
    return rendered(CODING, lang=request.param)


def test_the_page_asks_for_nothing_outside_and_runs_nothing(source):
    tree = Tree(source)
    names = {name for name, _ in tree.elements}
    assert not names & {"script", "img", "iframe", "object", "embed", "form", "base", "video", "audio"}
    assert [attributes["href"] for name, attributes in tree.elements if name == "link"] == ["data:,"]
    assert tree.all("src") == [] and tree.all("style") == []
    assert not [key for _, attributes in tree.elements for key in attributes if key.startswith("on")]
    outward = [href for href in tree.all("href") if not href.startswith(("#", "data:,"))]
    assert outward == ["https://example.org/khartoum"]
    assert "url(" not in source and "@import" not in source


def test_the_policy_allows_this_style_sheet_and_nothing_else(source):
    policy = next(a["content"] for name, a in Tree(source).elements if a.get("http-equiv"))
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy and "script" not in policy


def test_every_anchor_is_there_once_and_every_link_leads_to_one(source):
    tree = Tree(source)
    ids = tree.all("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.all("href") if href.startswith("#")} <= set(ids)


def test_each_event_leads_to_its_word_and_each_word_to_its_event(source):
    tree = Tree(source)
    for number in range(1, len(CODING.events) + 1):
        assert f"a1t{number}" in tree.all("id") and f"a1e{number}" in tree.all("id")
        assert f"#a1t{number}" in tree.all("href") and f"#a1e{number}" in tree.all("href")


def test_the_text_is_all_there_unchanged(source):
    tree = Tree(source)
    text, title = CODING.article.text, CODING.article.title
    assert "".join(tree.texts["h2"]) == title.of(text)
    assert "".join(tree.texts["text"]) == text[title.stop :].replace("\n", "")


def test_language_and_direction_stand_on_page_and_article():
    for lang, way in (("ar", "rtl"), ("en", "ltr")):
        tree = Tree(rendered(CODING, lang=lang))
        assert next(a for name, a in tree.elements if name == "html") == {"lang": lang, "dir": way}
        text = next(a for _, a in tree.elements if a.get("class") == "text")
        assert (text["lang"], text["dir"]) == ("ar", "rtl")


def test_what_colour_says_is_said_without_it(source):
    assert source.count('<span class="sign"') == len(CODING.events)
    denied = [n for n, event in enumerate(CODING.events, 1) if event.status == "DENIED"]
    assert denied
    for number in denied:
        assert re.search(rf'id="a1t{number}"><a [^>]*>✕{number}</a>', source)


def test_landmarks_and_headings():
    tree = Tree(rendered(CODING, CODING))
    names = [name for name, _ in tree.elements]
    assert all(names.count(name) == 1 for name in ("h1", "main", "nav", "footer"))
    assert names.count("article") == 2
    assert any(attributes.get("class") == "skip" for _, attributes in tree.elements)


def test_a_page_of_one_article_has_no_list_of_contents():
    assert "<nav" not in rendered(CODING)


def test_parties_are_told_apart_and_keep_their_codes():
    mentions = CODING.mentions
    event = replace(CODING.events[0], actors=(mentions[0],), recipients=(mentions[1], mentions[2]), about=None)
    for lang, comma in (("en", ","), ("ar", "،")):
        who = re.search(r'<p class="who">(.*?)</p>', rendered(replace(CODING, events=(event,)), lang=lang))[1]
        words = re.sub(r"<[^>]+>", "", who)
        assert f"الخرطوم\u00a0SDN{comma} واشنطن\u00a0USA" in words
        assert words.count(comma) == 1
    assert ".party{display:inline-block" in rendered(CODING)


def test_no_pair_has_a_side_that_is_no_single_state():
    nobody = replace(CODING.mentions[0], country="INT")
    event = replace(CODING.events[0], actors=(nobody,), about=None)
    assert '<ul class="pairs"' in rendered(replace(CODING, events=CODING.events[:1]))
    assert '<ul class="pairs"' not in rendered(replace(CODING, events=(event,)))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_whom_a_party_means_stands_below_it(known, lang):
    source = rendered(known, lang=lang)
    Tree(source)
    shown = re.findall(r'<span class="meant">(.*?)</span>', source)
    words = [re.sub(r"<[^>]+>", "", line) for line in shown]
    minister, former, perhaps = {
        "en": (
            "Andrei Vorobyov · Deputy Minister of Defence · Russia",
            "former Minister of Defence · Sudan",
            "or perhaps",
        ),
        "ar": ("أندريه فوروبيوف · نائب وزير الدفاع · روسيا", "ياسين الطاهر · وزير الدفاع سابقًا · السودان", "أو ربما"),
    }[lang]
    assert minister in words and former in words and f"{perhaps} SDN.MIL 0.70" in words
    assert ">RUS.GOV.MOD</abbr>" in source and ">SDN.CVL</abbr>" in source
    tips = [title for title in Tree(source).all("title") if minister in title]
    assert tips and all(title.endswith(f"{minister} · RUS.GOV.MOD") for title in tips)


def test_a_state_is_named_behind_its_code_and_not_below(known):
    assert re.search(r'>SDN</abbr> <small class="state">Sudan</small></span>', rendered(known))
    assert '<span class="meant"><bdi>Sudan</bdi></span>' not in rendered(known)


def test_amounts_are_told_as_the_text_has_them_and_as_numbers(known):
    for lang, unit in (("en", "km"), ("ar", "كم")):
        (told,) = re.findall(r'<dd>(<span class="amount">.*?)</dd>', rendered(known, lang=lang))
        words = re.sub(r"<[^>]+>", "", told)
        assert words == f"خمسة مدنيين = 5 · دارفور = 4,200,000,000 USD · القاهرة = 20–99 {unit}"
    assert "2026-03-01</time> <small>week</small>" in rendered(known)


def test_hostile_names_stay_words(known):
    evil = Name("<script>ا</script>", '<script>&"</script>')
    mention = replace(
        known.mentions[0], actor='"><b>', person=evil, office=evil, candidates=(Candidate("<i>", 0.5),), former=True
    )
    event = replace(known.events[0], actors=(mention,), about=None)
    for lang in ("en", "ar"):
        source = rendered(replace(known, mentions=(mention,), events=(event,)), lang=lang)
        assert not {name for name, _ in Tree(source).elements} & {"script", "i"}


def test_a_narrow_page_leads_from_the_text_to_its_events(source):
    tree = Tree(source)
    jump = next(attributes for _, attributes in tree.elements if attributes.get("class") == "jump")
    assert jump["href"] == "#a1l" and "a1l" in tree.all("id")
    assert re.search(r"max-width:56rem\)\{\.jump\{display:block;[^}]*position:sticky", source)


def test_fonts_without_arabic_letters_come_first():
    serif = re.search(r"--serif:([^;]*)", rendered(CODING))[1]
    assert serif.index("Georgia") < serif.index("Noto Naskh Arabic")


def test_articles_without_an_event_are_counted_unless_every_one_is_wanted():
    empty = replace(CODING, events=())
    both = "".join(page([CODING, empty], "en", every=False))
    assert both.count('<article class="piece"') == 1 and "without such an event: 1" in both
    assert rendered(CODING, empty).count('<article class="piece"') == 2
    assert "without such an event" not in rendered(CODING, empty)
    Tree("".join(page([empty], "ar", every=False)))


def test_what_could_not_be_read_has_its_code_and_a_word_in_the_language_of_the_page():
    skipped = Skipped(code="empty", message="a.txt: no text in it")
    assert "رمز الخطأ" in rendered(skipped, lang="ar") and "<code>empty</code>" in rendered(skipped, lang="ar")


def test_hostile_words_stay_words():
    evil = "<script>alert(1)</script>\"'&\x00\x1b\ud800\u202eكلمة"
    article = Article(
        id="1", text=evil, title=Span(0, len(evil)), url="javascript:alert(1)", source=evil, author=evil, given=evil,
        language='"><script>',
    )  # fmt: skip
    mention = Mention(span=Span(0, 5), kind=Kind.ORG, country='"<b>')
    event = replace(
        CODING.events[0],
        trigger=Span(3, 12),
        mode='"><i>',
        contexts=("<u>",),
        actors=(mention,),
        recipients=(),
        evidence=(Evidence(part="<b>", span=Span(0, 9), why='"><script>'),),
    )
    coding = Coding(
        article=article, sentences=(Span(0, len(evil)),), mentions=(mention,), events=(event,), coder="<script>"
    )
    skipped = Skipped(code="<b>", message="<script>")
    for lang in ("en", "ar"):
        source = rendered(coding, skipped, lang=lang)
        tree = Tree(source)
        assert not {name for name, _ in tree.elements} & {"script", "b>", "i", "u"}
        assert not any("javascript:" in href for href in tree.all("href"))
        source.encode("utf-8")
        assert "\x00" not in source and "\x1b" not in source


TEXT = "زار الوزير بغداد وقال كلاما طويلا.\n\n  ثم عاد إلى بلده، والتقى الصحافيين هناك.\nوانتهى."
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(
    lambda one: Span(one[0], min(len(TEXT), one[0] + one[1]))
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=6), st.booleans())
def test_marks_that_nest_and_overlap_lose_no_letter(triggers, named, titled):
    mentions = tuple(dict.fromkeys(Mention(span=span, kind=Kind.ORG, country="IRQ") for span in named))
    events = tuple(
        replace(CODING.events[0], id=f"e{n}", trigger=span, actors=mentions[:1], recipients=mentions[1:2], about=None)
        for n, span in enumerate(triggers)
    )
    title = Span(18, 34) if titled else None
    article = Article(id="1", text=TEXT, title=title)
    coding = Coding(article=article, sentences=(Span(0, len(TEXT)),), mentions=mentions, events=events, coder="fake")
    tree = Tree(rendered(coding))
    assert "".join(tree.texts["text"]) == "".join(
        line
        for part in ((TEXT[: title.start], TEXT[title.stop :]) if title else (TEXT,))
        for line in part.split("\n")
        if line.strip()
    )
    ids = tree.all("id")
    assert len(ids) == len(set(ids))


def test_a_number_never_stands_within_a_word():
    # «نفت» in «نفته»: a number after the mark would tear the letters apart.
    text = "ونفته الوزارة"
    event = replace(CODING.events[0], trigger=Span(1, 4), actors=(), recipients=(), about=None)
    coding = Coding(
        article=Article(id="1", text=text), sentences=(Span(0, 13),), mentions=(), events=(event,), coder="fake"
    )
    body = re.sub(r"<[^>]+>", "", re.search(r'class="text"[^>]*>(.*?)</div>', rendered(coding))[1])
    assert body == "ونفته1 الوزارة"


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
def test_colours_have_the_contrast_that_wcag_aa_asks_for(theme):
    blocks = re.findall(r":root\{([^}]*--paper:#[^}]{7,}--vc[^}]*)", rendered(CODING))
    colours = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", blocks[theme]))
    grounds = ["paper", "sheet"]
    pairs = [(fore, ground) for fore in ("ink", "soft", "edge", "vc", "mc", "vx", "mx") for ground in grounds]
    pairs += [("ink", f"{quad}-t") for quad in ("vc", "mc", "vx", "mx")] + [("ink", "lit"), ("on-edge", "edge")]
    assert {
        pair: _contrast(colours[pair[0]], colours[pair[1]])
        for pair in pairs
        if _contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    } == {}


def test_time_grows_with_the_number_of_paragraphs_and_no_faster():
    def page(count: int) -> Coding:
        text = "زار الوزير بغداد.\n" * count
        spans = [Span(18 * n, 18 * n + 3) for n in range(0, count, 10)]
        events = tuple(replace(CODING.events[0], id=f"e{n}", trigger=span) for n, span in enumerate(spans))
        return Coding(
            article=Article(id="1", text=text), sentences=(Span(0, len(text)),), mentions=CODING.mentions,
            events=events, coder="fake",
        )  # fmt: skip

    small, large = page(2_000), page(8_000)
    assert grows_less(9, lambda: rendered(small), lambda: rendered(large), floor=0.09)
