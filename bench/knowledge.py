"""The knowledge: how long it takes to load, what it holds in memory, and how fast mentions are resolved with it.

    python bench/knowledge.py [FILE.jsonl]

Loads every table in a process of its own, first without cached tables, then with them. Resolving is timed on the
annotations that the shipped model makes of the examples, or of the articles of a file (``text``, one a line); for each
round the caches of phrases and sentences are empty, as they are for articles that nobody has read. Exits 1 where the
tables take more than half a second of the processor with the cache, or 120 MB.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent.parent
MOST_SECONDS, MOST_MB = 0.5, 120.0
ON = date(2025, 6, 1)


def resident() -> float:
    """Resident memory now, in MB."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def tables() -> Iterator[tuple[str, Callable[[], object]]]:
    """Every table, with what makes it be read."""
    from marsad.knowledge import actors, arms, countries, gazetteer, grammar, holders, lexicon, listed, ontology, organs
    from marsad.knowledge import places as towns
    from marsad.text.names.lexicon import common

    yield "countries", countries.countries
    yield "gazetteer", gazetteer.table
    yield "holders", holders.table
    yield "actors", lambda: (actors.find("قسد"), actors.named("قسد السورية"))
    yield "arms", lambda: arms.find("S-400")
    yield "organs", organs.terms
    yield "places", towns.table
    yield "lexicon", lambda: (lexicon.agents(), lexicon.classes(), grammar.words("OFFICIAL"))
    yield "listed", lambda: listed.match("Rosoboronexport JSC of Moscow")
    yield "listed, UN", lambda: listed.match("Rosoboronexport JSC of Moscow", of="un")
    yield "names", lambda: common("محمد")
    yield "ontology", lambda: list(ontology.entries())


def load() -> None:
    """Load every table and print seconds of the processor and MB of each, as a line of JSON."""
    began = time.process_time()
    import marsad.resolve  # noqa: F401 (with all that it imports)

    rows = [("imports", time.process_time() - began, resident())]
    for name, read in tables():
        before, start = resident(), time.process_time()
        read()
        rows.append((name, time.process_time() - start, resident() - before))
    print(json.dumps({"rows": rows, "whole": resident()}))


def loaded(cache: str) -> dict[str, object]:
    """What :func:`load` prints in a process of its own."""
    environ = os.environ | {"XDG_CACHE_HOME": cache, "HOME": cache, "LOCALAPPDATA": cache}
    done = subprocess.run([sys.executable, __file__, "--load"], check=True, capture_output=True, env=environ)
    return json.loads(done.stdout)


def seconds(made: dict[str, object]) -> float:
    """Seconds of the processor for all tables, without the imports."""
    return sum(row[1] for row in made["rows"][1:])


def texts(path: Path | None) -> list[str]:
    """The articles that are resolved."""
    if path is None:
        return [file.read_text(encoding="utf-8") for file in sorted((HERE / "examples" / "articles").glob("*.txt"))]
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()][:400]


def speed(path: Path | None) -> None:
    """Time :func:`marsad.resolve.resolve` and :func:`marsad.resolve.who.who`, and print it."""
    from marsad.annotate import annotate
    from marsad.identity import article_id
    from marsad.knowledge import within
    from marsad.knowledge.folders import Added
    from marsad.model import load as model
    from marsad.resolve import resolve
    from marsad.resolve.who import who
    from marsad.text import language
    from marsad.types import ACTING, Annotation, Article

    read, given = model(), texts(path)
    articles = [Article(id=article_id(t), text=t, language=language(t), published=ON) for t in given]
    annotations = [annotate(article, read) for article in articles]
    phrases = [
        (m.span.of(a.article.text), a.sentences[a.sentence_of(m.span)].of(a.article.text))
        for a in annotations
        for m in a.mentions
        if m.kind in ACTING
    ]
    mentions = sum(len(annotation.mentions) for annotation in annotations)

    def rate(do: Callable[[], None], least: float = 5.0) -> float:
        """How often a second ``do`` is done, each time with empty caches."""
        spent, done = 0.0, 0
        while spent < least:
            with within(Added()):  # a set of folders of its own, which adds nothing
                resolve(Annotation(article=Article(id="0", text="و"), sentences=(), mentions=()))  # the automata
                who("قسد السورية", ON, "قالت قسد السورية في أنقرة")
                start = time.process_time()
                do()
                spent += time.process_time() - start
                done += 1
        return done / spent

    def whole() -> None:
        for annotation in annotations:
            resolve(annotation)

    def asked() -> None:
        for phrase, context in phrases:
            who(phrase, ON, context)

    words = sum(len(text.split()) for text in given)
    print(f"{len(given)} articles of {words / len(given):.0f} words and {mentions / len(given):.0f} mentions")
    print(f"resolve: {60 * rate(whole) * len(given):,.0f} articles a minute on one core")
    print(f"who: {rate(asked) * len(phrases):,.0f} phrases a second on one core")


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as cache:
        cold = loaded(cache)
        warm = min((loaded(cache) for _ in range(3)), key=seconds)
    print(f"{'':<12}  cold s  warm s      MB")
    for (name, first, _), (_, then, size) in zip(cold["rows"], warm["rows"], strict=True):
        print(f"{name:<12}  {first:6.3f}  {then:6.3f}  {size:6.1f}")
    held = sum(row[2] for row in warm["rows"][1:])
    print(f"{'all tables':<12}  {seconds(cold):6.3f}  {seconds(warm):6.3f}  {held:6.1f}  (process {warm['whole']:.1f})")
    speed(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    return int(seconds(warm) > MOST_SECONDS or held > MOST_MB)


if __name__ == "__main__":
    if sys.argv[1:] == ["--load"]:
        load()
    else:
        sys.exit(main())
