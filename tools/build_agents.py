"""Builds ``src/marsad/knowledge/data/agents_oed.csv``: Arabic agent nouns with sectors, from an open dictionary.

    python tools/build_agents.py agents.all.ar_v4.txt [--check]

The source is ``agents.all.ar_v4.txt`` of openeventdata/arabic_dictionaries (MIT, commit b72cef1, January 2019), one
``noun [~CODE]`` a line. Only single words are taken; its CAMEO codes become the sectors of the annotation
guidelines; :data:`DROP` are words that are wrong, misspelt, or name no agent, and :data:`MOVE` those of another
sector there than here. Words of our own stand in ``agents.csv``. The same input gives the same bytes; ``--check``
says whether the file is what this script would write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from built import arguments, finish

TARGET = Path(__file__).parents[1] / "src/marsad/knowledge/data/agents_oed.csv"
HEAD = """\
# Single agent nouns and the sector of their people. Built by tools/build_agents.py: do not edit.
# Source: openeventdata/arabic_dictionaries, agents.all.ar_v4.txt at commit b72cef1 (MIT, Copyright (c) 2018 Open Event
#   Data Alliance), cleaned. Date: 2019-01-22.
"""
#: Sectors of the guidelines by the last CAMEO code of a noun. EDU, HLH, REF, REL and the like are civilians here.
SECTORS = {
    "AGR": "BUS", "BUS": "BUS", "COP": "COP", "CVL": "CVL", "EDU": "CVL", "GOV": "GOV", "HLH": "CVL", "JUD": "JUD",
    "LEG": "LEG", "MED": "MED", "MIL": "MIL", "MUS": "CVL", "OPP": "CVL", "PTY": "PTY", "RAD": "REB", "REB": "REB",
    "REF": "CVL", "REL": "CVL", "SPY": "SPY", "UAF": "REB",
}  # fmt: skip
_DROPPED = """
ألعاهل ألفقير ألمتفجع أم أمام إدارة إسلامي إصلاحي إف إمبراطورة اباتشي اتصال احتياطي اصلي اف اكاديمي الجنجويد
الجهاديين الدواويني الرجعيين العمدة الغانم القاضي الكونغرس المالك المتجنس المتنزه المستبد المشير المطافي
المظليين الملا الملتمس المنشقين النازحين الهازيدية امبراطورة امرأة انتفاضة بارجة بايع بحري بستاني بقال بي تاسيسي
تبني تجمع تكتل تلفزيون تمرد تمردية تنجنيست ثري ثكنات ثوري جامعة جبان جرح حاج حاوية حشد حصاد حملة حي خادم خدمة
داعية دستوري دولة ديانة دير رئيس رائد راكب رجل رضيع رياضي زبون زراعة زراعي زعيم سلطة سني سياحي سيادة سياسي سيدة
صحافة صليبي صناعة صهريج صيد ضيعة طائرة طفل طيران عالم عايدين عضو علامة علمم عمل عملية عمولة غرفة فار فتاة فريق
فلاح فلاحة قاتل قافلة قروي قرية قضاء كتئبة كلية لجنة ماشي مالك مبعوث متظهر متعهد متفرج متنزه مجالس مجتمع مجلة
محاصص محاضر مخرج مدرسة مدونة مرب مربع مرتد مريض مزرعة مزيتة مسافر مساوم مستاجر مستشفى مستعمر مستوطنة مسلم مشهد
مصحة مصدر مصلح معتد معرض معلن مقايض مقدم مقيم ممثل مملكة مناشد منتج منشور منظم منفى مهجر مهندس موقع ميراج نائب
نادر نادل نساء نظام نهاب هازيدي هوائي واعظ وكالة ولاية يهودي
"""
#: Misspelt, of doubtful sense, or no agent: places, things, adjectives, words of many sectors.
DROP = frozenset(_DROPPED.split())
#: Where the guidelines put a noun in another sector than CAMEO does.
MOVE = {"مستشار": "GOV", "موفد": "GOV", "مندوب": "GOV", "مفوض": "GOV", "الدرك": "COP", "محامي": "CVL", "مرتزق": "REB"}

_LINE = re.compile(r"([ء-ي]+) \[~([A-Z]{3,6})\]")


def table(lines: Iterable[str]) -> str:
    """The text of the file, from the lines of the dictionary."""
    found: dict[str, set[str]] = {}
    for line in lines:
        match = _LINE.fullmatch(line.strip())
        if match and match[1] not in DROP and match[2][-3:] in SECTORS:
            found.setdefault(MOVE.get(match[1], SECTORS[match[2][-3:]]), set()).add(match[1])
    rows = (f"{sector},{'|'.join(sorted(forms))}" for sector, forms in sorted(found.items()))
    return HEAD + "\n".join(("sector,forms", *rows)) + "\n"


def main() -> int:
    """Writes the file, or compares it under ``--check``."""
    given = arguments(__doc__, "agents.all.ar_v4.txt")
    return finish(TARGET, table(given.source.read_text(encoding="utf-8").splitlines()), given.check)


if __name__ == "__main__":
    raise SystemExit(main())
