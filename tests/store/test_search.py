"""Search on SQLite, and on PostgreSQL where TEST_POSTGRES names a server."""

import os
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
import world
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, make_url, text

from marsad.errors import FormatError
from marsad.identity import article_id
from marsad.store import Store, articles, codings, runs, search
from marsad.store.queries import Query, Wanted, fts, highlights, query, snippet, tsquery
from marsad.store.schema import about, meta
from marsad.store.where import Where
from marsad.text import terms
from marsad.types import Article, EventType, Span, Status, Voice

NOW = datetime(2026, 3, 10, tzinfo=UTC)
DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PostgreSQL database of one's own."""
    if not (given := os.environ.get("TEST_POSTGRES")):
        pytest.skip("TEST_POSTGRES is not set")
    url, name = make_url(given).set(drivername="postgresql+psycopg"), f"marsad_search_{os.getpid()}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as db:
        db.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    with admin.connect() as db:
        db.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store."""
    address = "sqlite://" if request.param == "sqlite" else request.getfixturevalue("server")
    with Store(address) as made:
        if request.param == "postgresql":
            with made.writing() as db:
                db.execute(text("TRUNCATE " + ", ".join([*(f'"{name}"' for name in meta.tables), "search"])))
        yield made


def piece(body: str, number: int = 0, **more) -> Article:
    more = {"url": f"https://paper.example/{number}", "published": DAY, **more}
    return Article(id=article_id(body, more["url"]), text=body, **more)


def keep(store: Store, *some: Article) -> None:
    drafts = [articles.draft(one) for one in some]
    with store.writing() as db:
        articles.add(db, drafts, NOW)


def found(store: Store, written: str, where: Where | None = None, **more) -> list[str]:
    with store.reading() as db:
        return [hit.article.text for hit in search.find(db, written, where or Where(), **more).items]


# What is asked


@pytest.mark.parametrize(
    ("written", "groups", "without"),
    [
        ("العقوبات", [["عقوبات"]], []),
        ("oil  gas", [["oil"], ["gas"]], []),
        ('"Security Council" «مجلس الأمن» “oil price”', [["security council"], ["مجلس امن"], ["oil price"]], []),
        ("S-400 U.S.", [["s 400"], ["u s"]], []),
        ("oil -gas -«حزب الله»", [["oil"]], ["gas", "حزب الله"]),
        ("oil OR gas war", [["oil", "gas"], ["war"]], []),
        ("a OR b OR c", [["a", "b", "c"]], []),
        ("OR oil OR", [["or"], ["oil"]], []),
        ("x OR -y z", [["x"], ["z"]], ["y"]),
        ("well-known - --x", [["well known"], ["x"]], []),
        ('"unclosed x', [["unclosed"], ["x"]], []),
        ("NEAR(a b) col:x ^z +q {}", [["near a"], ["b"], ["col x"], ["z"], ["q"]], []),
        ("a' | !b & (c)", [["a"], ["b"], ["c"]], []),
    ],
)
def test_a_question_is_read(written, groups, without):
    asked = query(written)
    assert [[" ".join(one.terms) for one in group] for group in asked.groups] == groups
    assert [" ".join(one.terms) for one in asked.without] == without


def test_a_beginning_is_asked_for_in_every_way_in_which_it_may_stand():
    assert query("sanct*").groups == ((Wanted(("sanct",), begins=True),),)
    assert query("وزار*").groups == ((Wanted(("وزار",), begins=True), Wanted(("زار",), begins=True)),)
    assert query("a* ***b").groups == ((Wanted(("a",)),), (Wanted(("b",)),))


@pytest.mark.parametrize("written", ["", " ", "*", '"', "«»", "-", "\0", "؟!"])
def test_nothing_asked_for_is_an_error_that_says_what_to_do(written):
    with pytest.raises(FormatError, match=r"no word to search for.*give one"):
        query(written)


def test_only_words_to_leave_out_are_an_error():
    with pytest.raises(FormatError, match="must not be there"):
        query("-oil -gas")


def test_a_question_of_too_many_words_is_an_error():
    with pytest.raises(FormatError, match="more than 64"):
        query("نفط " * 65)
    with pytest.raises(FormatError, match="more than 64"):
        query("ووووووو* " * 40)


@given(st.text(st.sampled_from("ab OR-*\"«»'\\:|&!()<>^\0\ud800و ")))
def test_nothing_but_quoted_terms_reaches_an_engine(written):
    try:
        asked = query(written)
    except FormatError:
        return
    for char in "\\:^\0\ud800":
        assert char not in fts(asked)
    assert fts(asked).count('"') % 2 == 0 and tsquery(asked).count("'") % 2 == 0


# What is found


def test_a_word_is_found_however_it_is_written(store):
    bodies = ["فُرضت العقوبات أمس", "رحبت بعقوبات جديدة", "وللعقوبات أثر", "تحدث عن العقوبة", "Iraq's oil"]
    keep(store, *(piece(body, n) for n, body in enumerate(bodies)))
    assert sorted(found(store, "عقوبات")) == sorted(bodies[:3])
    assert found(store, "IRAQ") == found(store, "oil iraq") == [bodies[4]]
    assert sorted(found(store, "عقوب*")) == sorted(bodies[:4])


HOSTILE = [
    "'; DROP TABLE article; --",
    '"' * 1001,
    "a" * 100_000,
    "«" * 10_000 + "x",
    "search MATCH 'x' OR 1",
    "\0x\0",
    "*:*",
]


@pytest.mark.parametrize("written", [*HOSTILE, "x\ud800", "' & !x:*", '" AND words:"x', "ﷺ OR x", "-(x) y"])
def test_a_hostile_question_is_harmless(store, written):
    keep(store, piece("x y drop table article"))
    with suppress(FormatError):
        found(store, written)
    assert found(store, "drop") == ["x y drop table article"]


WORDS = ["نفط", "غاز", "حرب", "سلام", "العقوبات", "عقوبات", "مجلس", "الأمن", "oil", "gas", "المجلس", "وزير", "زارت"]
QUESTIONS = [
    "نفط", "نفط غاز", '"نفط غاز"', "نفط -غاز", "نفط OR غاز", "حرب OR سلام oil", '"مجلس الأمن"', '"مجلس الأمن" -نفط',
    "عقوب*", "زار*", "gas -«oil gas»", '"مجلس مجلس"', "وزي* oil", "غاز -عقوب*",
]  # fmt: skip


def answers(asked: Query, body: str) -> bool:
    """Whether a text answers a question, worked out anew."""
    there = terms(body)

    def stands(wanted: Wanted) -> bool:
        size = len(wanted.terms)
        for n in range(len(there) - size + 1):
            run = there[n : n + size]
            if run[:-1] == list(wanted.terms[:-1]) and (
                run[-1].startswith(wanted.terms[-1]) if wanted.begins else run[-1] == wanted.terms[-1]
            ):
                return True
        return False

    return all(any(map(stands, group)) for group in asked.groups) and not any(map(stands, asked.without))


@pytest.fixture
def many(store: Store) -> tuple[Store, list[Article]]:
    """A store with 120 articles of few words, and these."""
    rng = random.Random(5)
    some = [
        piece(
            " ".join(rng.choices(WORDS, k=rng.randint(1, 9))),
            n,
            published=None if n % 17 == 0 else DAY + timedelta(rng.randint(0, 12)),
            language="en" if n % 5 == 0 else "ar",
            url=f"https://paper{n % 3}.example/{n}",
        )
        for n in range(120)
    ]
    keep(store, *some)
    return store, some


@pytest.mark.parametrize(
    "ways",
    [
        {},
        {"RARE": 0, "DENSE": 1e-9},
        {"RARE": 0, "DENSE": 1e-9, "FEW": 0},
        {"RARE": 0, "DENSE": 2.0, "DENSE_POSTGRESQL": 2.0, "FEW": 0},
        {"RARE": 3, "DENSE": 2.0, "DENSE_POSTGRESQL": 2.0},
    ],
    ids=["sorted", "tried", "tried of all", "gathered", "of few"],
)
def test_every_way_finds_the_same_on_both_engines_newest_first(many, monkeypatch, ways):
    store, some = many
    for name, value in ways.items():
        monkeypatch.setattr(search, name, value)
    monkeypatch.setattr(search, "RARE_POSTGRESQL", search.RARE)
    first, last = DAY + timedelta(3), DAY + timedelta(9)
    wheres = [
        (Where(), lambda one: True),
        (Where(since=first, until=last), lambda one: one.published and first <= one.published <= last),
        (Where(sources=("paper1.example",)), lambda one: "paper1" in one.url),
        (Where(sources=("nobody",)), lambda one: False),
        (Where(languages=("en",)), lambda one: one.language == "en"),
    ]
    order = {one.id: n for n, one in enumerate(some)}
    for written in QUESTIONS:
        for where, fits in wheres:
            expected = [one for one in some if fits(one) and answers(query(written), one.text)]
            expected.sort(key=lambda one: (one.published or date.min, order[one.id]), reverse=True)
            got, after = [], None
            with store.reading() as db:
                while True:
                    page = search.find(db, written, where, after=after, limit=7)
                    got += [hit.article.id for hit in page.items]
                    if (after := page.after) is None:
                        break
                assert search.count(db, written, where) == len(expected)
            assert got == [one.id for one in expected], written


def test_a_hit_has_its_article_its_source_and_where_the_words_stand(store):
    body = "العقوبات على بغداد\n\nأعلنت واشنطن عُقوباتٍ جديدة."
    keep(store, piece(body, title=Span(0, 18)))
    with store.reading() as db:
        (hit,) = search.find(db, "عقوبات", Where()).items
    assert hit.source is not None and hit.source.id == "paper.example"
    assert hit.article.published == DAY and hit.article.title == Span(0, 18)
    assert [span.of(body) for span in hit.spans] == ["العقوبات", "عُقوباتٍ"]
    assert hit.snippet.of(body) == "أعلنت واشنطن عُقوباتٍ جديدة."


def test_only_what_stands_at_an_address_now_is_found_unless_versions_are_asked_for(store):
    keep(store, piece("نفط أول", fetched=NOW), piece("نفط ثان", fetched=NOW + timedelta(1)))
    assert found(store, "نفط") == ["نفط ثان"]
    assert sorted(found(store, "نفط", versions=True)) == ["نفط أول", "نفط ثان"]
    with store.reading() as db:
        assert search.count(db, "نفط", Where()) == 1
        assert search.count(db, "نفط", Where(), versions=True) == 2


@pytest.mark.parametrize(
    "ways",
    [{}, {"RARE": 0, "FEW": 0}, {"RARE": 0, "DENSE": 2.0, "DENSE_POSTGRESQL": 2.0}],
    ids=["sorted", "tried", "of few"],
)
def test_what_is_asked_of_events_is_asked_of_an_event_that_counts(store, monkeypatch, ways):
    for name, value in ways.items():
        monkeypatch.setattr(search, name, value)
    monkeypatch.setattr(search, "RARE_POSTGRESQL", search.RARE)
    made = world.handmade()
    keep(store, made.article, piece("الخرطوم بلا أحداث", 9))
    with store.writing() as db:
        codings.write(db, runs.ensure(db, "fake", "none", NOW).id, [made], NOW)
    yes = made.article.text
    one = made.events[0]
    side = next(mention.country for event in made.events for mention in event.actors if mention.country)
    assert set(found(store, "الخرطوم")) == {yes, "الخرطوم بلا أحداث"}
    for where in (
        Where(types=(one.type,)),
        Where(statuses=(Status.DENIED,)),
        Where(voices=(Voice.VERBATIM,)),
        Where(actors=(side,)),
        Where(parties=(side,)),
        Where(country=side),
        Where(actors=(side,), sources=("example.org",), since=date(2026, 3, 5), until=date(2026, 3, 5)),
    ):
        assert found(store, "الخرطوم", where) == [yes]
        with store.reading() as db:
            assert search.count(db, "الخرطوم", where) == 1
    for where in (
        Where(actors=("FRA",)),
        Where(types=(EventType.PROTEST,), actors=(side,), statuses=(Status.POSSIBLE,)),
    ):
        assert found(store, "الخرطوم", where) == []


# What is kept


def test_what_is_removed_is_found_no_longer(store):
    keep(store, piece("نفط أول", 1), piece("نفط ثان", 2))
    with store.writing() as db:
        seq, one = articles.find(db, piece("نفط أول", 1).id)
        search.remove(db, [(seq, search.words(one.text))])
        search.compact(db)
        search.remove(db, [])
        search.index(db, [])
    assert found(store, "نفط") == ["نفط ثان"]


def test_an_index_of_other_rules_is_made_again(store):
    keep(store, *(piece(f"نفط {n}", n) for n in range(12)))
    with store.writing() as db:
        search.reindex(db)  # as opening a store does
        assert not search.stale(db) and search.reindex(db) == 0
        seqs = articles.seqs(db, [piece("نفط 3", 3).id])
        search.remove(db, [(seq, search.words("نفط 3")) for seq in seqs.values()])
        db.execute(about.update().values(value="0"))
        assert search.stale(db) and search.reindex(db) == 12
    assert len(found(store, "نفط")) == 12


def test_the_first_words_of_a_very_long_text_are_found_and_the_first_places_of_each(store):
    long = " ".join(["نفط"] * 300 + ["خام"] + [f"w{n}" for n in range(20_000)] + ["last"])
    keep(store, piece(long))
    assert found(store, "w16000") and not found(store, "w16400") and not found(store, "last")
    assert found(store, '"خام w0"') and found(store, "نفط") and not found(store, '"نفط خام"')
    some = "ب" + "\u0646" * 199_000 + " behind"
    keep(store, piece(some, 2), piece(" " * 300_000, 3), piece("ﷺ" * 150_000, 4))
    assert found(store, "behind") == [some]
    ligatures = " ".join(chr(0xFC00 + n % 90) * 20 + str(n) for n in range(9_000))
    keep(store, piece(ligatures, 5))


@given(st.text(st.sampled_from("ab و"), max_size=900))
def test_words_in_the_index_are_the_terms(body):
    assert search.words(body).split() == terms(body)


# What is shown


def test_phrases_are_shown_whole_and_what_overlaps_once():
    body = "قال مجلس الأمن، والأمن الدولي. مجلس"
    assert [span.of(body) for span in highlights(body, query('"مجلس الأمن" أمن'))] == ["مجلس الأمن", "والأمن"]
    assert [span.of(body) for span in highlights(body, query("دول* -قال"))] == ["الدولي"]


def test_a_snippet_is_the_part_that_shows_most_in_whole_words():
    body = "عنوان نفط\n\n" + "كلمة " * 100 + "نفط " + "كلمة " * 100 + "نفط وغاز ونفط " + "كلمة " * 100
    one = piece(body, title=Span(0, 9))
    spans = highlights(body, query("نفط OR غاز"))
    shown = snippet(one, spans).of(body)
    assert "نفط وغاز ونفط" in shown and len(shown) <= 240
    assert set(shown.split()) == {"كلمة", "نفط", "وغاز", "ونفط"}


@given(st.text(st.sampled_from("اب \n"), max_size=600), st.integers(0, 20))
def test_a_snippet_lies_in_the_text(body, title):
    one = piece(body, title=Span(0, min(title, len(body))))
    for written in ("اب", "ا* OR ب*"):
        span = snippet(one, highlights(body, query(written)))
        assert 0 <= span.start <= span.stop <= len(body)
