"""Does a batch change a result? ``python bench/batches.py FILE.jsonl``: 2,000 sentences coded alone, then by ``pipe``
in batches of 1, 8 and 64 over two processes; every line of JSON compared. Exits 1 at the first difference.
"""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path

from marsad.coder import load
from marsad.export.lines import line
from marsad.identity import article_id
from marsad.settings import Settings
from marsad.types import Article

MOST = 2_000


def main() -> int:
    """Compare and print."""
    path = Path(sys.argv[1])
    with path.open(encoding="utf-8") as rows:
        texts = [json.loads(row)["text"] for row in islice(rows, MOST)]
    articles = [Article(id=article_id(text), text=text, given=i) for i, text in enumerate(texts)]
    coder = load()
    alone = [line(coder(article)) for article in articles]
    for size in (1, 8, 64):
        stream = load(Settings(processes=2)).pipe(articles, batch_size=size)
        differ = [i for i, (coding, one) in enumerate(zip(stream, alone, strict=True)) if line(coding) != one]
        print(f"batches of {size}: {len(alone)} texts of {path.name}, {len(differ)} differ")
        if differ:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
