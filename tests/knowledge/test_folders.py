"""A user's folders: what they add, what they stand over, and what every fault tells."""

import os
import pickle
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise

import pytest
from build import span

from marsad import coder
from marsad.coder import Coder
from marsad.errors import KnowledgeError
from marsad.knowledge import actors, added, holders, kept, using, within
from marsad.knowledge.folders import NOTHING, Added, NamedActor, built_in, load
from marsad.model import Found
from marsad.resolve.who import who
from marsad.settings import Settings
from marsad.types import Actor, Article, Kind, Mention, Name, Sector

ACTORS = "id,name_ar,name_en,forms_ar,forms_en,kind,country,sector,since,until,wikidata,links,source\n"
HOLDERS = (
    "person_id,person_ar,person_en,aliases_ar,country,actor,role,office_ar,office_en,sector,since,until,"
    "confidence,source,checked\n"
)
PLACES = "id,name_ar,name_en,forms_ar,country,latitude,longitude,source\n"
LEAGUE = (
    "IRQ.RIVER-LEAGUE,رابطة النهرين,River League,عصبة النهرين|الرابطة,,ORG,IRQ,NGO,2019-03,,,part-of:IRQ.CVL,mine\n"
)
MINISTER = (
    "IRQ.HADI-NAHRI,هادي النهري,Hadi Nahri,هادي عبدالله النهري,IRQ,IRQ.GOV.WATER,WATER,وزير الموارد,Minister of Water,"
    "GOV,2026-06,,known,mine,2026-11\n"
)
TOWN = "IRQ.NAHRIYA,النهرية,Nahriya,ناحية النهرية,IRQ,33.1,44.2,mine\n"


@pytest.fixture
def folder(tmp_path):
    def make(name="mine", **tables):
        made = tmp_path / name
        made.mkdir(exist_ok=True)
        for table, text in tables.items():
            (made / f"{table}.csv").write_text(text, encoding="utf-8")
        return made

    return make


def test_what_the_tables_hold_is_read(folder):
    added = load([folder(actors=ACTORS + LEAGUE, holders=HOLDERS + MINISTER, places=PLACES + TOWN)])
    (entry,), (holder,), (place,) = added.actors, added.holders, added.places
    assert entry.actor == Actor(
        id="IRQ.RIVER-LEAGUE", name=Name("رابطة النهرين", "River League"), kind=Kind.ORG, country="IRQ",
        sector=Sector.NGO, since=date(2019, 3, 1), links=("part-of:IRQ.CVL",),
    )  # fmt: skip
    assert entry.forms == ("رابطة النهرين", "River League", "عصبة النهرين", "الرابطة")
    assert entry.where.endswith("actors.csv:2")
    assert (holder.person_id, holder.since) == ("IRQ.HADI-NAHRI", date(2026, 6, 1))
    assert holder.checked == date(2026, 11, 30)
    assert (place.id, place.latitude, place.longitude, place.country) == ("IRQ.NAHRIYA", 33.1, 44.2, "IRQ")


def test_holders_extend_the_table(folder):
    added = load([folder(holders=HOLDERS + MINISTER)])
    table = holders.table().extended(added.holders)
    assert [row.person_id for row in table.of_person("وهادي النهري")] == ["IRQ.HADI-NAHRI"]
    assert table.of_office("IRQ.GOV.WATER", "WATER", date(2026, 12, 1))[0].person_id == "IRQ.HADI-NAHRI"
    assert not holders.of_person("هادي النهري")


def test_a_later_folder_stands_over_an_earlier(folder):
    one = folder("one", actors=ACTORS + LEAGUE)
    two = folder("two", actors=ACTORS + LEAGUE.replace("River League", "League of the Rivers"))
    assert [entry.actor.name.en for entry in load([one, two]).actors] == ["League of the Rivers"]
    assert [entry.actor.name.en for entry in load([two, str(one)]).actors] == ["River League"]


def test_a_changed_file_is_read_again(folder):
    made = folder(actors=ACTORS + LEAGUE)
    first = load([made])
    assert load([made]) is first
    folder(actors=ACTORS + LEAGUE.replace("NGO", "CVL"))
    os.utime(made / "actors.csv", ns=(1, 1))
    assert load([made]).actors[0].actor.sector is Sector.CVL
    assert first.actors[0].actor.sector is Sector.NGO


def test_a_table_saved_by_a_spreadsheet_is_read(folder):
    made = folder(actors="")
    (made / "actors.csv").write_bytes(("\ufeff" + ACTORS + LEAGUE).replace("\n", "\r\n").encode())
    assert load([made]).actors[0].actor.id == "IRQ.RIVER-LEAGUE"


FAULTS = [
    (
        "actors",
        LEAGUE.replace("NGO", "CHARITY"),
        "actors.csv:2: column sector: 'CHARITY' is not allowed",
        "IGO, JUD, LEG",
    ),
    ("actors", LEAGUE.replace("ORG", "CLUB"), "actors.csv:2: column kind: 'CLUB' is not allowed", "PERSON"),
    ("actors", LEAGUE.replace("IRQ.RIVER-LEAGUE", "river league"), "actors.csv:2: column id", "an id like RUS.ROSTEC"),
    (
        "actors",
        LEAGUE.replace("2019-03,", "2019-03,2018"),
        "actors.csv:2: column until: 2018 is before since",
        "mend one",
    ),
    (
        "actors",
        LEAGUE.replace("2019-03", "March 2019"),
        "actors.csv:2: column since: 'March 2019' is no day",
        "YYYY-MM",
    ),
    (
        "actors",
        LEAGUE.replace(",IRQ,NGO", ",Iraq,NGO"),
        "actors.csv:2: column country: 'Iraq' is not three letters",
        "IGO",
    ),
    (
        "actors",
        LEAGUE.replace("رابطة النهرين,River League", ","),
        "actors.csv:2: column name_en: there is no name",
        "fill",
    ),
    (
        "actors",
        LEAGUE.replace("الرابطة", "«»"),
        "actors.csv:2: column forms_ar: '«»' holds no letter",
        "leave it out",
    ),
    ("actors", LEAGUE + LEAGUE, "actors.csv:3: column id: IRQ.RIVER-LEAGUE stands at", "keep one"),
    ("actors", LEAGUE.replace("mine", ""), "actors.csv:2: column source: is empty", "fill it"),
    ("actors", LEAGUE.replace("part-of:IRQ.CVL", "IRQ.CVL"), "actors.csv:2: column links", "part-of:"),
    ("holders", MINISTER.replace("known", "sure"), "holders.csv:2: column confidence: 'sure' is not allowed", "known"),
    (
        "holders",
        MINISTER.replace("2026-06,", "2026-06,2025"),
        "holders.csv:2: column until: 2025 is before",
        "mend one",
    ),
    ("holders", MINISTER + MINISTER, "holders.csv:3: column person_id: IRQ.HADI-NAHRI stands at", "keep one"),
    ("places", TOWN.replace("33.1", "133.1"), "places.csv:2: column latitude: 133.1 is not on the globe", "-90 to 90"),
    ("places", TOWN.replace("33.1", ""), "places.csv:2: column latitude: is empty where", "give both"),
    ("places", TOWN.replace("33.1", "N33"), "places.csv:2: column latitude: 'N33' is not degrees", "36.32"),
]
HEADS = {"actors": ACTORS, "holders": HOLDERS, "places": PLACES}


@pytest.mark.parametrize(("table", "rows", "what", "do"), FAULTS)
def test_a_fault_names_file_line_column_and_mend(folder, table, rows, what, do):
    made = folder(**{table: HEADS[table] + rows})
    with pytest.raises(KnowledgeError) as caught:
        load([made])
    assert str(caught.value).startswith(str(made))
    assert what in str(caught.value)
    assert do in str(caught.value).partition(what)[2]
    assert caught.value.exit_code == 4


def test_a_folder_without_tables_is_told(folder, tmp_path):
    with pytest.raises(KnowledgeError, match="holds no table"):
        load([folder()])
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load([tmp_path / "nowhere"])
    with pytest.raises(KnowledgeError, match=r"actor\.csv: no table is called so"):
        load([folder(actor=ACTORS)])
    (folder("other") / "actors.csv").write_bytes(b"id\xff\n")
    with pytest.raises(KnowledgeError, match="no UTF-8"):
        load([tmp_path / "other"])
    assert load([]) is NOTHING


OTHER = "IRQ.OTHER,اتحاد آخر,Other Union,عُصبة النهرين,,ORG,IRQ,NGO,{since},{until},,,mine\n"


@pytest.mark.parametrize(
    ("since", "until", "clash"),
    [("", "", True), ("2019", "2020", True), ("2019-03-01", "", True), ("", "2019-03", True),
     ("", "2019-02", False), ("2010", "2018", False)],
)  # fmt: skip
def test_two_actors_with_one_name_at_one_time_are_told_with_both_lines(folder, since, until, clash):
    one = folder("one", actors=ACTORS + LEAGUE)
    two = folder("two", actors=ACTORS + "# mine too\n" + OTHER.format(since=since, until=until))
    if not clash:
        assert len(load([one, two]).actors) == 2
        return
    with pytest.raises(KnowledgeError) as caught:
        load([one, two])
    told = str(caught.value)
    assert f"{one / 'actors.csv'}:2" in told and f"{two / 'actors.csv'}:3" in told
    assert "IRQ.OTHER" in told and "IRQ.RIVER-LEAGUE" in told and "عصبه النهرين" in told


def known(actor_id, form, **more):
    return NamedActor(Actor(id=actor_id, name=Name(en=form), kind=Kind.ORG, **more), (form,), "actors.csv:77")


def test_a_name_of_a_built_in_actor_is_told_unless_the_row_stands_over_it(folder):
    made = folder(actors=ACTORS + LEAGUE)
    with pytest.raises(KnowledgeError, match=r"actors\.csv:2: IRQ\.RIVER-LEAGUE and IRQ\.BUILT-IN \(actors\.csv:77\)"):
        load([made], [known("IRQ.BUILT-IN", "River-league")])
    assert load([made], [known("IRQ.RIVER-LEAGUE", "River League")]).actors
    assert load([made], [known("IRQ.BUILT-IN", "River League", until=date(2019, 2, 28))]).actors
    # what two built-in actors share is no fault of the user's
    assert load([made], [known("IRQ.A", "Same Name"), known("IRQ.B", "Same Name")]).actors


def test_the_actors_that_come_with_marsad_are_known_by_line(folder):
    entry = next(entry for entry in built_in() if entry.actor.id == "RUS.ROSOBORONEXPORT")
    assert re.fullmatch(r"actors\.csv:\d+", entry.where)
    taken = LEAGUE.replace("الرابطة", entry.actor.name.ar)
    with pytest.raises(KnowledgeError, match=re.escape(f"IRQ.RIVER-LEAGUE and RUS.ROSOBORONEXPORT ({entry.where})")):
        load([folder(actors=ACTORS + taken)])


def test_a_form_with_a_condition_may_be_shared(folder):
    head = ACTORS.replace("links,", "links,conditions,")
    row = LEAGUE.replace("part-of:IRQ.CVL,", "part-of:IRQ.CVL,الرابطة: only_near النهرين,")
    made = folder(actors=head + row)
    assert load([made], [known("IRQ.BUILT-IN", "الرابطة")]).actors
    with pytest.raises(KnowledgeError, match="both called"):
        load([made], [known("IRQ.BUILT-IN", "عصبة النهرين")])


def test_a_full_name_of_another_person_is_told(folder):
    rows = MINISTER.replace("هادي عبدالله النهري", "فؤاد حسين")
    with pytest.raises(KnowledgeError, match=r"holders\.csv:2: IRQ\.HADI-NAHRI and IRQ\.FUAD-HUSSEIN \(holders\.csv\)"):
        load([folder(holders=HOLDERS + rows)])
    # a family name is shared by many
    assert load([folder(holders=HOLDERS + MINISTER.replace("هادي عبدالله النهري", "المالكي"))]).holders


def test_time_grows_with_the_names(folder):
    # Two thousand actors one after the other, all of one name.
    rows = "".join(
        f"IRQ.A{number},اسم,Name {number},,,ORG,IRQ,NGO,{1 + number // 2:04}-{1 + number % 2 * 6:02},"
        f"{1 + number // 2:04}-{6 + number % 2 * 6:02},,,mine\n"
        for number in range(2_000)
    )
    assert len(load([folder(actors=ACTORS + rows)]).actors) == 2_000


def test_nothing_is_kept_in_the_module():
    module = sys.modules["marsad.knowledge.folders"]
    state = {
        name for name, value in vars(module).items() if isinstance(value, (list, set)) and not name.startswith("__")
    }
    assert not state


# ---------------------------------------------------------------- in use

ON = date(2026, 12, 1)
NAMES = {
    "قسد": Kind.ORG,
    "عصبة النهرين": Kind.ORG,
    "هادي النهري": Kind.PERSON,
    "وزير الموارد المائية العراقي": Kind.OFFICE,
}
TEXT = "التقى هادي النهري، وهو وزير الموارد المائية العراقي، وفدا من عصبة النهرين، وغابت قسد."


def read(text, part):
    """Finds the names above, and knows nothing about them."""
    return Found(
        tuple(Mention(span=span(text, name), kind=kind) for name, kind in NAMES.items() if name in text), (), ()
    )


def coded(made, text=TEXT):
    article = Article(id="1", text=text, language="ar", published=ON)
    return {mention.span.of(text): mention for mention in made(article).mentions}


def mine(*folders, **settings):
    return Coder(read, "test", Settings(knowledge=tuple(map(str, folders)), **settings))


def first(phrase, on=ON, context=None):
    found = who(phrase, on, context)
    return (found[0].actor, found[0].person.en if found[0].person else None) if found else None


def test_what_the_folders_add_is_found_inside_and_not_outside(folder):
    before = [first(name) for name in NAMES], len(holders.holders()), len(actors.actors())
    with using([folder(actors=ACTORS + LEAGUE, holders=HOLDERS + MINISTER)]):
        assert [first(name) for name in NAMES] == [
            ("SYR.SDF", None), ("IRQ.RIVER-LEAGUE", None), ("IRQ.GOV.WATER", "Hadi Nahri"),
            ("IRQ.GOV.WATER", "Hadi Nahri"),
        ]  # fmt: skip
        assert first("رئيس عصبة النهرين") == ("IRQ.RIVER-LEAGUE", None)
        assert [name for _, name in actors.find("قالت عصبة النهرين إن قسد")] == ["IRQ.RIVER-LEAGUE", "SYR.SDF"]
        assert [actor.id for actor in actors.named("والرابطة")] == ["IRQ.RIVER-LEAGUE"]
        assert actors.named("الرابطة", date(2018, 1, 1)) == ()  # it was not there yet
        assert actors.actors()["IRQ.RIVER-LEAGUE"].sector is Sector.NGO
        assert holders.of_office("IRQ", "WATER", ON)[0].person_id == "IRQ.HADI-NAHRI"
        with using([]):
            assert first("عصبة النهرين") == ("INT.NGO", None)  # some association
        assert first("عصبة النهرين") == ("IRQ.RIVER-LEAGUE", None)
    assert ([first(name) for name in NAMES], len(holders.holders()), len(actors.actors())) == before
    assert first("عصبة النهرين") == ("INT.NGO", None)


def test_a_coder_finds_what_its_folders_add(folder):
    made = mine(folder(actors=ACTORS + LEAGUE, holders=HOLDERS + MINISTER))
    found = coded(made)
    league, minister = found["عصبة النهرين"], found["هادي النهري"]
    assert (league.actor, league.country, league.sector) == ("IRQ.RIVER-LEAGUE", "IRQ", Sector.NGO)
    assert (minister.actor, minister.person.en, minister.office.en) == (
        "IRQ.GOV.WATER",
        "Hadi Nahri",
        "Minister of Water",
    )
    (meant,) = made.meant(Article(id="1", text=TEXT, published=ON), [(span(TEXT, "عصبة النهرين"), Kind.ORG)])
    assert meant.actor == "IRQ.RIVER-LEAGUE"
    assert made.who("عصبة النهرين", ON)[0].actor == "IRQ.RIVER-LEAGUE"
    assert added() is None


def test_a_place_of_the_folders_is_found(folder):
    text = "وصل الوفد إلى ناحية النهرية أمس."
    article = Article(id="1", text=text, published=ON)
    for made, actor in ((mine(folder(places=PLACES + TOWN)), "IRQ.NAHRIYA"), (mine(), None)):
        (meant,) = made.meant(article, [(span(text, "ناحية النهرية"), Kind.PLACE)])
        assert meant.actor == actor


def test_coders_with_folders_of_their_own_do_not_mix(folder):
    tribe = LEAGUE.replace("IRQ.RIVER-LEAGUE", "SYR.TRIBE").replace(",IRQ,NGO", ",SYR,REB")
    many = [
        (mine(folder("one", actors=ACTORS + LEAGUE)), "IRQ.RIVER-LEAGUE"),
        (mine(folder("two", actors=ACTORS + tribe)), "SYR.TRIBE"),
        (mine(), "IRQ.NGO"),
    ]
    for _ in range(2):
        for made, expected in many:
            assert coded(made)["عصبة النهرين"].actor == expected
    with ThreadPoolExecutor(4) as pool:
        texts = [(made, expected, TEXT + " " * n) for n in range(20) for made, expected in many]
        found = list(pool.map(lambda each: coded(each[0], each[2])["عصبة النهرين"].actor, texts))
    assert found == [expected for _, expected, _ in texts]
    with using([folder("one")]):
        assert coded(many[2][0])["عصبة النهرين"].actor == "IRQ.NGO"  # what a coder knows is in its settings
        # A stream that is being read leaves what is around it alone.
        stream = many[1][0].pipe([Article(id=str(n), text=TEXT, published=ON) for n in range(3)])
        for coding in stream:
            assert any(mention.actor == "SYR.TRIBE" for mention in coding.mentions)
            assert first("عصبة النهرين") == ("IRQ.RIVER-LEAGUE", None)


def test_another_process_gets_the_folders_with_the_settings(folder, monkeypatch):
    made = mine(folder(actors=ACTORS + LEAGUE), processes=2)
    settings = pickle.loads(pickle.dumps(made.settings))
    monkeypatch.setattr(coder, "load", lambda given: Coder(read, "test", given))
    coding = coder._one_of(settings)(Article(id="1", text=TEXT, published=ON))
    assert "IRQ.RIVER-LEAGUE" in {mention.actor for mention in coding.mentions}


def test_a_row_of_the_same_id_stands_over_the_built_in(folder):
    assert first("داعش") == ("INT.ISIS", None)
    row = "INT.ISIS,التنظيم,The Organisation,جماعة البغدادي,,ORG,SYR,REB,,,,,mine\n"
    with using([folder(actors=ACTORS + row)]):
        (found, *_) = who("جماعة البغدادي", ON)
        assert (found.actor, found.country, found.office.en) == ("INT.ISIS", "SYR", "The Organisation")
        assert actors.named("داعش") == () == tuple(actors.find("قال داعش"))  # its forms are those of the row
        assert actors.forms("INT.ISIS") == ("التنظيم", "The Organisation", "جماعة البغدادي")
    assert actors.actors()["INT.ISIS"].country == "INT"


def test_an_office_can_be_ended(folder):
    (row,) = (row for row in holders.of_person("سيرغي لافروف") if row.actor == "RUS.GOV.MFA")
    office = f"RUS,RUS.GOV.MFA,FOREIGN,,,GOV,{row.since},2026-11-20,known,mine,2026-12"
    assert not who("لافروف", ON)[0].former
    with using([folder(holders=HOLDERS + f"{row.person_id},سيرغي لافروف,,سيرغي الطويل,{office}\n")]):
        assert who("لافروف", ON)[0].former  # by a name that only the row in its place had
        assert not who("لافروف", date(2026, 11, 20))[0].former
        assert {each.actor for each in holders.of_person("سيرغي الطويل")} == {"RUS.GOV.MFA"}
    assert not holders.of_person("سيرغي الطويل")


def test_a_changed_file_counts_from_the_next_article_on(folder):
    made = mine(folder(actors=ACTORS + LEAGUE))
    assert coded(made)["عصبة النهرين"].sector is Sector.NGO
    folder(actors=ACTORS + LEAGUE.replace("NGO", "REB"))
    os.utime(folder() / "actors.csv", ns=(1, 1))
    assert coded(made)["عصبة النهرين"].sector is Sector.REB
    (folder() / "holders.csv").write_text(HOLDERS + MINISTER, encoding="utf-8")
    assert coded(made)["هادي النهري"].actor == "IRQ.GOV.WATER"


def test_a_fault_is_told_when_a_coder_is_made(folder):
    with pytest.raises(KnowledgeError, match=r"actors\.csv:2: column sector: 'CLUB'"):
        mine(folder(actors=ACTORS + LEAGUE.replace("NGO", "CLUB")))
    with pytest.raises(KnowledgeError, match="cannot be read"):
        mine("/no/such/folder")
    with pytest.raises(KnowledgeError) as caught:
        mine(folder(actors=ACTORS + LEAGUE + OTHER.format(since="", until="")))
    assert "IRQ.OTHER" in str(caught.value) and "IRQ.RIVER-LEAGUE" in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("الرابطة", "no condition"),
        ("الرابطة: only_nearly ص", "only_nearly"),
        ("الرابطة: only_near @nowhere", "@nowhere"),
        ("الرابطة الأخرى: only_near ص", "a condition on no form"),
    ],
)
def test_a_condition_that_cannot_be_read_is_told_with_its_line(folder, cell, told):
    row = LEAGUE.replace("part-of:IRQ.CVL,", f"part-of:IRQ.CVL,{cell},")
    with pytest.raises(KnowledgeError, match=rf"actors\.csv:2: .*{told}"):
        load([folder(actors=ACTORS.replace("links,", "links,conditions,") + row)])


def test_a_condition_of_a_row_is_asked(folder):
    row = LEAGUE.replace("part-of:IRQ.CVL,", "part-of:IRQ.CVL,الرابطة: only_near @country & unless_after @MED,")
    with using([folder(actors=ACTORS.replace("links,", "links,conditions,") + row)]):
        assert [name for _, name in actors.find("في العراق قالت الرابطة ذلك")] == ["IRQ.RIVER-LEAGUE"]
        assert not actors.find("في المغرب قالت الرابطة ذلك")
        assert not actors.find("في العراق قالت صحيفة الرابطة ذلك")


def test_tables_are_made_once_a_set_of_folders(folder):
    one, two = folder("one", actors=ACTORS + LEAGUE), folder("two", holders=HOLDERS + MINISTER)
    seen = []
    for _ in range(2):
        for folders in ([], [one], [two], [one, two]):
            with using(folders):
                seen.append((actors.table(), holders.table()))
    assert all(
        a is b for before, after in zip(seen[:4], seen[4:], strict=True) for a, b in zip(before, after, strict=True)
    )
    assert [a[0] is b[0] for a, b in pairwise(seen[:4])] == [False, False, False]
    assert seen[0][1] is seen[1][1]  # no folder adds to it


def test_kept_apart_for_each_set_of_folders():
    asked = []

    @kept(4)
    def of(word):
        asked.append((word, added()))
        return word, added()

    sets = [None, Added(), Added()]
    for _ in range(2):
        for given in sets[:3]:
            with within(given):
                assert of("a") == ("a", given)
    assert asked == [("a", given) for given in sets]


def test_what_is_in_use_ends_with_an_error(folder):
    with pytest.raises(ZeroDivisionError), using([folder(actors=ACTORS + LEAGUE)]):
        _ = 1 / 0
    assert added() is None
