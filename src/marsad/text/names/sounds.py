"""How far two strings of sounds are from each other: a weighted edit distance whose weights are written down here.

The weights say what the press does to a name on its way from one script to another; they were set by hand and tried on
name pairs of Wikidata (CC0) and of tables of office-holders, none of which is in ``bench/names.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from marsad.text.names.letters import script, sounds

#: Cost of taking one sound for another, both ways; what is not here costs 1.
_NEAR = """
Pb.0 Pp.04 bp.5 Pv.45 bv.5 Ff.0 Fv.04 fv.2 Fw.3 Fp.45 fp.6 vw.12 fw.5 Uw.0 Uv.12 Uu.0 Uo.0 UI.6 Ui.5 Ue.35 Ua.4 Uy.6
td.4 tT.05 Ts.1 Tz.3 TS.7 TD.4 dD.1 Dz.08 Dt.5 DE.05 DB.1 Ez.03 Ed.12 EB.05 ET.4 Bd.03 Bz.15 Et.5
Jj.0 Jg.04 JG.3 JZ.06 Jz.35 Jy.5 JC.3 JK.7 jg.5 jZ.08 jz.35 jy.25 jC.4 jG.5 jH.35 ZS.35 Zz.2 Zg.3 zs.3 Zs.5
Kk.0 Kg.25 KC.4 Kq.1 KH.4 KG.4 kq.06 kg.45 kH.3 qg.12 qG.2 Gg.03 Gk.4 qJ.5 qH.4 gH.5 GH.45 qC.6 kC.3 kG.5 Gy.5
Hh.12 hG.5 hg.5 SC.12 Ss.35 Cs.4 Cj.4 CJ.35 CZ.35 Cz.4 CH.3 nm.5 rl.8 lr.8 tC.5 ts.6
ae.1 ai.3 ao.2 au.3 ei.06 eo.3 eu.35 io.4 iu.35 ou.04 Aa.0 Ae.12 Ao.15 Ai.5 Au.35 AU.5 AI.55 A@.05 A&.1 Ay.6
Ij.25 Xs.03 XC.03 XS.08 Ii.0 Ie.03 Iy.0 Ia.35 Io.5 Iu.4 IY.02 yi.03 ye.15 yY.03 ya.4 yo.5 yu.5 UY.7
@a.0 @e.0 @i.0 @o.0 @u.0 @I.1 @U.1 @y.2 @w.3 3a.0 3e.0 3i.03 3o.0 3u.0 3A.1 3@.08 3I.4 3U.4 3y.3 3h.35 3q.6 3G.4
&a.0 &e.05 &h.06 &o.3 &A.03 &i.3 &Y.25 &I.4 &y.4 &U.45 &u.35 &t.3 &@.1 &3.15 Yi.0 Ye.08 Ya.18 YA.35 Yo.35 YU.5 Yu.4
3Y.4 wu.06 wo.08 wb.6
XJ.1 Xj.1 1s.0 1z.15 1j.12 1J.12 1C.12 1S.25 1k.3 1T.2 2k.0 2K.02 2q.06 2H.3 2g.4 2j.2 2J.2 2C.2 2X.05 2S.35 2G.45
"""
#: Two sounds that may stand for one.
_PAIRS = """
thT.04 shS.1 khH.1 dhD.05 ghG.1 tSC.0 dZj.0 dJj.02 dyj.3 tsz.15 tss.15 tsC.2 tsS.35 zhZ.1 dhE.05 dhB.05 ytI.6 auU.05
awU.05 aww.05 iyI.0 iyY.02 eyI.02 ayI.12 aiI.12 aya.2 uwU.0 ahA.1 aaA.0 SCS.1 kss.2 dzz.05 zsZ.2 dzD.1 yuU.1 yuu.15
ts1.15 yoo.1 yoU.12 yaA.1 yaa.1 IAa.2 IU@.2 IAy.3 ngn.2 chC.05 chS.1 chH.15 eae.1 oaU.1 nKn.3 nGn.1 ngG.2 nJn.25
auo.05 aya.1 euU.1
AIa.15 AIe.12 AIY.2 AIi.3 aye.08 UIU.3 gzz.3 Kss.2 ohU.1 Urr.9
"""
_DROP = {
    "a": 0.22, "e": 0.17, "i": 0.25, "o": 0.25, "u": 0.25, "A": 0.3, "U": 0.5, "I": 0.45, "@": 0.1, "3": 0.05,
    "&": 0.5, "Y": 1.1, "h": 0.35, "y": 0.15, "w": 0.4, "G": 0.8, "H": 0.8,
}  # fmt: skip
#: A vowel beside Arabic, which does not write the short ones.
_SHORT = {"a": 0.04, "e": 0.04, "i": 0.05, "o": 0.06, "u": 0.06, "y": 0.12, "&": 0.5}
#: What a sound counts in the length of a word.
_WEIGHT = {"a": 0.3, "e": 0.3, "i": 0.3, "o": 0.3, "u": 0.3, "A": 0.45, "U": 0.6, "I": 0.6, "@": 0.45, "3": 0.5,
           "&": 0.4, "Y": 0.5, "y": 0.4, "h": 0.7}  # fmt: skip
_LEAST_WEIGHT = 2.6


def _read(table: str) -> dict[str, float]:
    return {entry[: entry.index(".")]: float(entry[entry.index(".") :]) for entry in table.split()}


_COST: dict[str, float] = {}
for _pair, _cost in _read(_NEAR.replace(".0 ", ".00 ")).items():
    _COST[_pair] = _COST[_pair[::-1]] = _cost
_COMPOSITE: dict[str, dict[str, float]] = {}
for _pair, _cost in _read(_PAIRS).items():
    _COMPOSITE.setdefault(_pair[:2], {})[_pair[2]] = _cost


@lru_cache(1 << 16)
def _weight(word: str) -> float:
    return sum(_WEIGHT.get(sound, 1.0) for sound in word)


@lru_cache(1 << 17)
def distance(a: str, b: str, arabic_a: bool, arabic_b: bool, most: float = 99.0) -> float:
    """The cheapest way to make the sounds ``a`` into ``b``, in units of one consonant; ``most`` where it is dearer.

    >>> distance("SUIGU", "Soigu", True, False) < distance("SUIGU", "lavrov", True, False)
    True
    """
    drop_a, drop_b = _drops(a, arabic_b and not arabic_a), _drops(b, arabic_a and not arabic_b)
    if abs(firm(a) - firm(b)) * 0.5 >= most:
        return most
    pairs_a, pairs_b = _composites(a), _composites(b)
    row = [0.0]
    for cost in drop_b:
        row.append(row[-1] + cost)
    before = row
    for i, x in enumerate(a):
        dropped, pair_a = drop_a[i], pairs_a[i]
        last = row[0] + dropped
        now = [last]
        least = last
        for j, y in enumerate(b):
            best = row[j] if x == y else row[j] + _COST.get(x + y, 1.0)
            other = row[j + 1] + dropped
            if other < best:
                best = other
            other = last + drop_b[j]
            if other < best:
                best = other
            if pair_a and y in pair_a:
                other = before[j] + pair_a[y]
                if other < best:
                    best = other
            pair_b = pairs_b[j]
            if pair_b and x in pair_b:
                other = row[j - 1] + pair_b[x]
                if other < best:
                    best = other
            now.append(best)
            last = best
            if best < least:
                least = best
        if least >= most and min(row) >= most:
            return most
        before, row = row, now
    return min(row[-1], most)


@lru_cache(1 << 16)
def _composites(word: str) -> tuple[Mapping[str, float] | None, ...]:
    """For each sound with the one before it, the sounds for which the two may stand."""
    return (None, *(_COMPOSITE.get(word[i - 1 : i + 1]) for i in range(1, len(word))))


@lru_cache(1 << 16)
def firm(word: str) -> int:
    """How many sounds of ``word`` cannot be left out cheaply."""
    return sum(sound not in _DROP for sound in word)


@lru_cache(1 << 16)
def _drops(word: str, short: bool) -> tuple[float, ...]:
    """What it costs to leave out each sound of ``word``; ``short`` where the other word is Arabic and this is not."""
    costs = [(_SHORT.get(sound) if short else None) or _DROP.get(sound, 1.0) for sound in word]
    if costs and word[-1] in "iou":
        costs[-1] = 0.4
    elif (
        short and len(word) > 3 and (word[-1] in "tdsx" or word.endswith(("er", "ez")))
    ):  # silent at the end of French names
        costs[-1] = 0.45
    return tuple(costs)


_BAGS = {sound: place for place, letters in enumerate(("bpP", "fFvw", "td", "sz", "S", "kgGqHK", "m", "n", "l", "r"))
         for sound in letters}  # fmt: skip
#: Sounds that may answer to one of another class.
_WILD = frozenset("TDEBZJjXCU12")


@lru_cache(1 << 16)
def _bag(word: str) -> tuple[tuple[int, ...], int]:
    counts = [0] * 11
    for sound in word:
        if sound in _BAGS:
            counts[_BAGS[sound]] += 1
        elif sound in _WILD and sound != "U":
            counts[10] += 1
    return tuple(counts), sum(counts)


def hopeless(a: str, b: str) -> bool:
    """Whether two strings of sounds share so few consonants that they need not be measured."""
    (x, size), (y, other) = _bag(a), _bag(b)
    more = less = 0
    for place in range(10):
        gap = x[place] - y[place]
        if gap > 0:
            more += gap
        else:
            less -= gap
    return max(more, less) - x[10] - y[10] > 1 + 0.35 * max(size, other)


def near(x: str, y: str) -> float:
    """The cost of taking the sound ``x`` for ``y``, from 0 to 1."""
    return 0.0 if x == y else _COST.get(x + y, 1.0)


@lru_cache(1 << 17)
def likeness(a: str, b: str, least: float = 0.5) -> float:
    """How alike two folded, lower-case words sound, from 0 to 1, whatever their scripts;
    what is less alike than ``least`` is measured no further.

    >>> likeness("شويغو", "шойгу") > 0.9 > 0.6 > likeness("лавров", "ريابكوف")
    True
    """
    if a == b:
        return 1.0
    x, y = sounds(a), sounds(b)
    if not x or not y or hopeless(x, y):
        return 0.0
    size = max(_weight(x), _weight(y), _LEAST_WEIGHT)
    return 1.0 - distance(x, y, script(a) == "arab", script(b) == "arab", (1.0 - least) * size) / size
