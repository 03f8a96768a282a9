"""Builds src/marsad/text/languages.tsv: how frequent which three letters are in which language.

    pip download --no-deps --no-binary :all: langdetect==1.0.9    # Apache-2.0, counts from Wikipedia abstracts
    pip download --no-deps django==5.2.19                         # BSD-3-Clause, translated messages
    python tools/build_languages.py LANGDETECT.tar.gz DJANGO.whl > src/marsad/text/languages.tsv

The same two files give the same bytes. Counts are of letters, with "_" for the edge of a word; a weight is
log(1 + share / 0.0001) to the half; what weighs 1 or less is left out. Languages that langdetect lacks come from
the messages of Django, which are fewer, so only what is seen twice counts.
"""

from __future__ import annotations

import gettext
import io
import json
import math
import re
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator

WORD = re.compile(r"[^\W\d_]+")
FLOOR = 1e-4
#: Script, languages of langdetect, languages of Django.
SCRIPTS = (
    (
        "latin",
        "af ca cs cy da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl so sq sv sw tl tr vi",
        "az eo eu ga gl is ms tk uz",
    ),
    ("arabic", "ar fa ur", "ckb ug"),
    ("cyrillic", "bg mk ru uk", "be kk ky mn sr tg tt"),
    ("hebrew", "he", ""),
)
HEAD = """\
# How frequent which three letters are in which language: script, language, weight, letters ("_": edge of a word).
# source: langdetect 1.0.9 (profiles of Wikipedia abstracts), Django (messages; az eo eu ga gl is ms tk uz ckb ug be
# source: kk ky mn sr tg tt), by tools/build_languages.py
# licence: Apache-2.0 (langdetect), BSD-3-Clause (Django)
"""


def from_langdetect(archive: tarfile.TarFile, code: str) -> Counter[str]:
    """The counts of one profile, letters made small."""
    name = next(n for n in archive.getnames() if n.endswith(f"/profiles/{code}"))
    file = archive.extractfile(name)
    assert file is not None, name
    counts: Counter[str] = Counter()
    for gram, count in json.load(file)["freq"].items():
        if len(gram) == 3 and WORD.search(gram):
            counts[gram.lower().replace(" ", "_")[:3]] += count
    return counts


def messages(archive: zipfile.ZipFile, code: str) -> Iterator[str]:
    """The distinct messages in one language."""
    seen: set[str] = set()
    for name in sorted(archive.namelist()):
        if name.endswith(f"/locale/{code}/LC_MESSAGES/django.mo"):
            for line in gettext.GNUTranslations(io.BytesIO(archive.read(name)))._catalog.values():  # type: ignore[attr-defined]
                seen.add(re.sub(r"%\([^)]*\)[sd]|%[sd]|\{[^}]*\}|<[^>]*>|&\w+;|\S+[:/@]\S+", " ", str(line)))
    yield from sorted(seen)


def from_django(archive: zipfile.ZipFile, code: str) -> Counter[str]:
    """The counts over the messages in one language."""
    counts: Counter[str] = Counter()
    for line in messages(archive, code):
        for word in WORD.findall(line.lower()):
            edged = f"_{word}_"
            counts.update(edged[i : i + 3] for i in range(len(edged) - 2))
    return Counter({gram: count for gram, count in counts.items() if count > 1})


def lines(script: str, code: str, counts: Counter[str]) -> Iterator[str]:
    """The lines of one language, the heaviest first."""
    total = sum(counts.values())
    by_weight: dict[int, list[str]] = defaultdict(list)
    for gram, count in counts.items():
        weight = round(2 * math.log(1 + count / total / FLOOR))
        if weight > 2:
            by_weight[weight].append(gram)
    for weight in sorted(by_weight, reverse=True):
        yield f"{script}\t{code}\t{weight / 2}\t{' '.join(sorted(by_weight[weight]))}"


def main() -> None:
    """Prints the table."""
    with tarfile.open(sys.argv[1]) as profiles, zipfile.ZipFile(sys.argv[2]) as catalogues:
        sys.stdout.write(HEAD)
        for script, ours, theirs in SCRIPTS:
            tables = [(code, from_langdetect(profiles, code)) for code in ours.split()]
            tables += [(code, from_django(catalogues, code)) for code in theirs.split()]
            for code, counts in sorted(tables):
                print(*lines(script, code, counts), sep="\n")


if __name__ == "__main__":
    main()
