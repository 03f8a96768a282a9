"""How long screening takes, and how well it finds: python bench/screen.py [--processes N] [--names N] [--entries N]

Makes synthetic lists under the names of five publishers, of invented names in Arabic, Latin and Cyrillic letters with
their aliases, and a table of names of which a few are spelled anew from the lists. Prints how long the lists take to
be added, with the index of each, and the table to be screened, by the clock and in time of the processors, which is
what tells on a machine that others use too; and the most memory of a process.

Then how well names are found across scripts: the pairs of ``bench/names.csv`` (set aside before the matcher was tuned)
and the spellings of ``gold/actors.csv``. One name of each pair is listed among the synthetic entries, the other is
asked for. Recall: the share of true pairs whose entry is found; precision: of the pairs whose entry is found, the share
that are true. At ``match`` and at ``possible`` or better; and the share of all other names that are no match.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from marsad.assess.names import Listing, listed_names
from marsad.assess.names import Lists as Asking
from marsad.assess.screen import Decision, screen
from marsad.desk.laws.lists import Lists
from marsad.desk.laws.screening import screened, screening
from marsad.text.names import NameIndex
from marsad.text.names.letters import script
from marsad.types.lists import Asked, EntryType, ListedName, ListEntry, ListVersion, NameKind

HERE = Path(__file__).parent
DAY = date(2026, 3, 1)
#: The share of the entries on each list.
SHARES = {"ofac-sdn": 0.45, "eu": 0.2, "uk": 0.2, "un": 0.1, "ofac-consolidated": 0.05}
GIVEN = {
    "arab": """محمد أحمد علي حسن حسين محمود إبراهيم خالد سعيد مصطفى يوسف عمر سالم صالح ناصر فيصل كريم ماجد وليد سامي
        طارق زياد جاسم رعد نزار هيثم باسم ليث قصي أنور جمال رشيد مهند عدنان غسان بشير منير هاني نبيل راشد مروان""",
    "latn": """Mohammed Ahmed Ali Hassan Hussein Mahmoud Ibrahim Khaled Sergei Dmitry Igor Viktor Anna John Peter Maria
        Li Carlos Luis Jose Ana David Daniel Thomas Laura Sofia Emma Lucas Pavel Andrei Oleg Ivan Yusuf Mehmet Hakan
        Reza Farhad Javad Parviz Rajesh Anil Sunil Wei Jun Min Hiroshi Kenji Kwame Kofi Amadou Ousmane Pierre""",
    "cyrl": """Сергей Дмитрий Игорь Виктор Анна Мария Николай Андрей Павел Олег Юрий Михаил Алексей Владимир Константин
        Евгений Григорий Борис Руслан Тимур Светлана Ольга Наталья Татьяна Вячеслав Леонид Станислав Роман Фёдор""",
}
SYLLABLES = {
    "arab": "شم ري كو با دو ني في طا هر مي سل عز قا وي جا بر نو سر غن دح مش رك تل حب صد زب فر نج وس بك لم طر حم كن يس",
    "latn": """sham ri ko ba du ni fi ta har mi sal az qa ov awi gor bek lin tch ver mont gue dor pra vel stro kan wick
        ham berg lund os ser gu mar cel tin don fer nan dez rod pet kov chen zhang wu""",
    "cyrl": "шам ри ко ба ду ни фи та хар ми сал аз ка ов ген бор вер мал жук пет дро кин лев сед тар чен зуб гол руд",
}
FIRM = ("{} Trading LLC", "{} Shipping Co", "{} General Trading", "شركة {} للتجارة", "ООО {}", "{} Bank")


def invented(chance: random.Random) -> str:
    """An invented name: of a person mostly, else of a firm."""
    of = chance.choices(list(GIVEN), weights=(3, 6, 2))[0]
    family = "".join(chance.choices(SYLLABLES[of].split(), k=chance.choice((3, 3, 4)))).capitalize()
    if chance.random() < 0.2:
        return chance.choice(FIRM).format(family)
    return " ".join((*chance.sample(GIVEN[of].split(), chance.choice((1, 1, 2))), family))


def entries(number: int, chance: random.Random) -> Iterator[ListEntry]:
    for each in range(number):
        name = invented(chance)
        words = name.split()
        aliases = [" ".join((*words[-1:], *words[:-1])), " ".join(words[:1] + words[-1:]), invented(chance)]
        names = dict.fromkeys((name, *chance.sample(aliases, chance.choice((0, 1, 1, 2, 3)))))
        yield ListEntry(
            uid=str(each),
            type=EntryType.PERSON,
            names=tuple(
                ListedName(one, NameKind.STRONG if place else NameKind.PRIMARY) for place, one in enumerate(names)
            ),
            programmes=("TEST",),
        )


def listing(name: str, made: list[ListEntry]) -> Listing:
    version = ListVersion(list=name, as_of=DAY, form="bench", source="", digest="", entries=len(made))
    return Listing(version, tuple(made), NameIndex(listed_names(made)).packed())


def un_xml(made: list[ListEntry]) -> str:
    """The entries as the UN writes them: the shortest of the official forms."""
    people = "".join(
        f"<INDIVIDUAL><DATAID>{one.uid}</DATAID><FIRST_NAME>{one.names[0].text}</FIRST_NAME>"
        + "".join(
            f"<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>{name.text}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
            for name in one.names[1:]
        )
        + "<UN_LIST_TYPE>TEST</UN_LIST_TYPE></INDIVIDUAL>\n"
        for one in made
    )
    return f'<CONSOLIDATED_LIST dateGenerated="{DAY}"><INDIVIDUALS>{people}</INDIVIDUALS></CONSOLIDATED_LIST>'


def used() -> list[resource.struct_rusage]:
    return [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]


def processor() -> float:
    """Seconds that the processors have worked for this process and those that it has ended."""
    return sum(one.ru_utime + one.ru_stime for one in used())


def speed(names: int, number: int, processes: int) -> None:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        kept = Lists(Path(folder) / "lists", lambda: datetime(2026, 3, 1, tzinfo=UTC))
        every: list[ListEntry] = []
        start = time.perf_counter()
        for name, share in SHARES.items():
            made = list(entries(round(number * share), chance))
            every += made
            file = Path(folder) / f"{name}.xml"
            file.write_text(un_xml(made), encoding="utf-8")
            kept.add([file], name=name)
        added = time.perf_counter() - start
        asked = [
            invented(chance) if chance.random() < 0.98 else chance.choice(every).names[0].text for _ in range(names)
        ]
        of = screening(kept.folder, DAY)
        start, before = time.perf_counter(), processor()
        found = [one.decision for one in screened(map(Asked, asked), of, processes)]
        took, worked = time.perf_counter() - start, processor() - before
        total = sum(len(one.names) for one in every)
        print(f"{len(every):,} entries, {total:,} names on {len(SHARES)} lists (and the shipped ones)")
        print(f"added in {added:.1f} s, with the indexes of their names, which are made once")
        print(f"{names:,} names screened in {took:.1f} s, loading included, {processes} process(es)")
        print(f"processor time of that: {worked:.1f} s, {1000 * worked / names:.1f} ms a name")
        print({str(one): found.count(one) for one in Decision})
    most = max(one.ru_maxrss for one in used()) / 1024
    print(f"most memory of a process: {most:.0f} MB\n")


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def pairs() -> Iterator[tuple[str, str, str, bool]]:
    for row in rows(HERE / "names.csv"):
        yield (
            row["case_group"].split("-")[0],
            row["name1"],
            row["name2"],
            row["is_match"].lower() in ("true", "1", "yes"),
        )
    for row in rows(HERE.parent / "gold" / "actors.csv"):
        yield "actors", row["ar"], row["en"], True


def found_well(number: int) -> None:
    chance = random.Random(11)
    given = list(pairs())
    made = list(entries(number, chance))
    added = [
        ListEntry(uid=f"pair-{place}", type=EntryType.ENTITY, names=(ListedName(listed),))
        for place, (_, _, listed, _) in enumerate(given)
    ]
    lists = Asking([listing("synthetic", made), listing("pairs", added)])
    told: dict[str, list[tuple[bool, Decision]]] = {}
    for place, (group, asked, listed, same) in enumerate(given):
        hits = {hit.entry.uid: hit.decision for hit in screen(Asked(asked), lists, most=50).hits}
        scripts = "-".join(sorted((script(asked) or "?", script(listed) or "?")))
        for of in ("all", group, scripts):
            told.setdefault(of, []).append((same, hits.get(f"pair-{place}", Decision.NONE)))
    print(f"{'pairs':<14}{'true':>6}{'false':>7}   recall, precision at match   recall, precision at possible")
    for of, seen in sorted(told.items()):
        line = f"{of:<14}{sum(same for same, _ in seen):>6}{sum(not same for same, _ in seen):>7}"
        for least in ((Decision.MATCH,), (Decision.MATCH, Decision.POSSIBLE)):
            hit = [same for same, decision in seen if decision in least]
            recall = sum(hit) / max(1, sum(same for same, _ in seen))
            line += f"{recall:>16.3f} {sum(hit) / max(1, len(hit)):>10.3f}"
        print(line)
    others = [screen(Asked(invented(chance)), lists).decision for _ in range(500)]
    print({f"other invented names: {one}": others.count(one) for one in Decision if one in others})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=50_000)
    given = parser.parse_args()
    speed(given.names, given.entries, given.processes)
    found_well(min(given.entries, 20_000))


if __name__ == "__main__":
    main()
