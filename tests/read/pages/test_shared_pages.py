"""Pages that papers have really published, where they are at hand; none of them is part of the repository."""

import gzip
import json
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from marsad.errors import EmptyError
from marsad.read.article import Origin, article
from marsad.read.pages.html import page
from marsad.settings import Settings

PAGES = Path(__file__).parents[4] / "shared" / "ingest" / "html_arabic_pages"
FILES = sorted(path for path in PAGES.glob("*.html*") if path.suffix in {".html", ".gz"}) if PAGES.is_dir() else []

pytestmark = pytest.mark.skipif(not FILES, reason="no saved pages here")

#: The day of each page, and where it is from; the story of CNN is of 3 August 2013, saved on two later days.
DAYS = {
    "fundus_LBC": ("2026-01-08T11:42:50+00:00", "json-ld"),
    "goose3_tes": ("2013-08-03", "address"),
    "newspaper4": ("2013-08-03", "address"),
    "trafilatur": ("2019-02-08T00:00:00+01:00", "time"),
}


def data_of(path):
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def expected(path):
    """The text and the title that the page is known to have, where they are known."""
    stem = path.name.split(".html")[0]
    beside = next((one for one in PAGES.glob("*.json") if stem.startswith(one.stem)), None)
    if beside is None:
        return None, None
    known = json.loads(beside.read_text(encoding="utf-8"))
    if "V1" in known:
        sections = known["V1"]["body"]["sections"]
        return "\n\n".join(line for one in sections for line in one["paragraphs"]), known["V1"]["title"]
    return known.get("text") or known["expected"]["cleaned_text"], known.get("title")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:20])
def test_a_real_page_gives_its_article(path):
    text, facts = page(data_of(path), path.name)
    made = article(text, facts, Origin(path.name), Settings(), drawn=True)
    assert made.language == "ar"
    assert len(text) > 1_000
    assert made.title is not None and made.title.stop < 200
    assert facts.source and facts.url and facts.url.startswith("http")
    assert (facts.published, facts.published_from) == DAYS[path.name[:10]]
    assert facts.title not in text.split("\n\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:20])
def test_the_text_is_the_known_one(path):
    wanted, title = expected(path)
    if wanted is None:
        pytest.skip("its text is not known")
    text, facts = page(data_of(path), path.name)
    assert title is None or facts.title == title
    match = SequenceMatcher(None, wanted.split(), text.split(), autojunk=False)
    same = sum(block.size for block in match.get_matching_blocks())
    assert same >= 0.95 * len(wanted.split())
    if title is not None:  # of the others only the begin is known
        assert same >= 0.8 * len(text.split())


@pytest.mark.parametrize("codec", ["cp1256", "utf-16-le", "utf-16"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:20])
def test_a_real_page_in_an_old_charset_is_the_same(path, codec):
    source = data_of(path).decode("utf-8")
    again = source.encode(codec, "xmlcharrefreplace")
    assert page(again, path.name) == page(source.encode(), path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:20])
def test_a_clipped_page_gives_what_there_is_of_it(path):
    data = data_of(path)
    for part in (0.3, 0.5, 0.7, 0.9):
        with suppress(EmptyError):  # of some there is but the head
            page(data[: int(part * len(data))], path.name)
