"""How fast the gazetteer loads and searches, on one core: python bench/gazetteer.py [FILE]

Without FILE it searches sentences of its own, repeated with other endings, in which one word in sixteen names a state.
Prints characters a second of `find` on folded text (the bar is 5 million), beside those of the bare automaton and of
`fold` in the same run, the best of five.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from marsad.knowledge import gazetteer
from marsad.text import fold

#: Invented; about as many names as in news.
SENTENCES = """
قالت وزارة الخارجية التركية إن وفدا رفيعا سيصل إلى بغداد مطلع الأسبوع المقبل لبحث استئناف تصدير النفط عبر الأنابيب.
ونقلت وكالة محلية عن مسؤول في الحكومة أن المحادثات تناولت أمن الحدود وملف المياه وزيادة التبادل التجاري بين الجانبين.
وحذر متحدث باسم البيت الأبيض من أن أي صفقة سلاح مع موسكو قد تعرض الأطراف المشاركة فيها لعقوبات مالية شديدة.
في المقابل، نفت طهران ما ورد في التقرير، ووصفته بأنه ضغط على دول المنطقة قبل جولة المفاوضات في مسقط.
وأفاد شهود بأن طائرات مجهولة قصفت فجر الأحد مستودعا قرب المعبر، ما أدى إلى سقوط جرحى وتضرر عدد من الشاحنات.
The foreign minister told reporters that talks with the Russian delegation would resume after the holiday in Geneva.
"""
SIZE = 2_000_000
LOAD = """
import time, marsad.text
start = time.perf_counter()
from marsad.knowledge import gazetteer, lexicon
gazetteer.table(), lexicon.agents(), [lexicon.words(name) for name in lexicon.classes()]
print(time.perf_counter() - start)
"""


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """Seconds of the quickest round."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> None:
    text = Path(sys.argv[1]).read_text(encoding="utf-8") if len(sys.argv) > 1 else SENTENCES.strip() + "\n"
    text = (text * (SIZE // len(text) + 1))[:SIZE]
    load = min(
        float(subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True).stdout) for _ in range(3)
    )
    table = gazetteer.table()
    folded = fold(text)
    hits = len(gazetteer.find(text, folded))
    print(f"gazetteer and lexicon   {load:7.3f} s to load, {len(table.readings):,} patterns")
    for name, work in (
        ("find, all loaded", lambda: gazetteer.find(text, folded)),
        ("find with places", lambda: gazetteer.find(text, folded, places=True)),
        ("find, fold included", lambda: gazetteer.find(text)),
        ("automaton alone", lambda: table.automaton.find_matches_as_indexes(folded.text, overlapping=True)),
        ("fold alone", lambda: fold(text)),
    ):
        print(f"{name:<22}  {len(text) / best(work) / 1e6:7.1f} million characters/s")
    print(f"{hits:,} hits in {len(text):,} characters")


if __name__ == "__main__":
    main()
