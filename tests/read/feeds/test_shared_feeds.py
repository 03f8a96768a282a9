"""The fixtures of a feed library, where they lie beside the checkout: none may cost more than an error of ours.

Those that say in their first comment what is expected of an entry's title, address, text or date are compared. The
library keeps HTML where Marsad gives text, and its dates in UTC: both sides are brought to Marsad's manner first.
"""

import ast
import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from marsad.errors import MarsadError
from marsad.read.feeds.entry import line, person, prose
from marsad.read.feeds.feed import Entry, feed
from marsad.read.feeds.stamps import stamp

ARCHIVE = Path(__file__).parents[4] / "shared" / "ingest" / "feeds.tar.gz"
pytestmark = pytest.mark.skipif(not ARCHIVE.exists(), reason="needs ../shared/ingest")

_EXPECTED = re.compile(r"Description:\s*(?:.*?)\s*Expect:\s*(.*)\s*-->")
_SIMPLE = re.compile(
    r"\s*(?:not bozo and )?entries\[0\](?:\.|\[['\"])"
    r"(title|link|updated|published|author|summary|description|id)(?:['\"]\])? == u?(['\"].*['\"])\s*"
)
#: What is compared, and what Marsad makes of the value that is expected.
MANNER = {
    "title": line,
    "author": person,
    "summary": prose,
    "description": prose,
    "published": stamp,
    "updated": stamp,
    "link": str,
    "id": str,
}
#: Those that differ, and why; the first ends of their paths.
KNOWN = {
    "base/http_": "read against the address that they are fetched from, which a file does not have",
    "cdf/item_lastmod": "a format of 1997 that is not read beyond titles and addresses",
    "rss/item_dc_date": "the date of Dublin Core is when it was published",
    "rss/item_description_not_a_doctype": "half a tag is no text",
    "sanitize/entry_summary_iframe": "what stands in an iframe is no text",
    "atom10/entry_content_and_summary": "the content goes before the summary",
    "atom10/entry_summary_inline_markup_2": "a mark that is quoted as text is text",
}


def fixtures() -> list[tuple[str, bytes]]:
    with tarfile.open(ARCHIVE) as archive:
        members = [one for one in archive if one.isfile() and one.name.endswith((".xml", ".json"))]
        read = [(one.name, archive.extractfile(one)) for one in members]
        return [(name, stream.read()) for name, stream in read if stream]


def expected(data: bytes) -> tuple[str, str] | None:
    """The field of the first entry that a fixture tells of, and its value; None where it tells something else."""
    told = _EXPECTED.search(data.decode("utf-8", "ignore"))
    simple = _SIMPLE.fullmatch(told[1]) if told else None
    if simple is None:
        return None
    try:
        value = ast.literal_eval(simple[2])
    except (ValueError, SyntaxError):
        return None
    return (simple[1], value) if isinstance(value, str) else None


def found(entry: Entry, name: str) -> str | None:
    if name in ("summary", "description"):
        return entry.content or entry.summary
    return {"title": entry.title, "author": entry.author, "id": entry.id, "link": entry.url,
            "published": entry.published, "updated": entry.updated}[name]  # fmt: skip


def test_every_fixture_is_read_or_refused():
    codes: Counter[str] = Counter()
    for name, data in fixtures():
        try:
            feed(data, name)
        except MarsadError as error:
            codes[error.code] += 1
    # Nine in charsets of the Far East that nothing declares, and an empty document.
    assert codes == {"encoding": 9, "format": 1}


def test_entries_are_what_the_fixtures_expect():
    told: Counter[str] = Counter()
    right: Counter[str] = Counter()
    other = []
    for name, data in fixtures():
        if (wanted := expected(data)) is None:
            continue
        key, value = wanted
        told[key] += 1
        entries = feed(data, name).entries
        if entries and found(entries[0], key) == MANNER[key](value):
            right[key] += 1
        elif not any(known in name for known in KNOWN):
            other.append((name, wanted, entries[:1]))
    assert not other
    assert (told.total(), right.total()) == (678, 668), f"agree: {right} of {told}"
