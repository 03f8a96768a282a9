"""The words of days and spans of time in Arabic and English, each with the sign that the grammar knows it by.

Arabic stands folded (:func:`marsad.text.fold_text`). A sign is one letter:

==== ============================================ ==== ============================================
``M``  month: its number, how sure the word is    ``W``  weekday, Monday is 0; ``V`` shortened
``H``  Hijri month, how sure the word is          ``C``  month of two words, its first; ``O`` second
``u``  unit, ``U`` definite (الشهر)               ``2``  dual, ``3`` definite (الشهرين)
``P``  plural, ``Q`` definite (الأشهر)            ``S``  season, ``Z`` definite
``b``  last, past; ``L``, ``B`` latest            ``a``  next; ``c`` current; ``t`` this
``j``  yesterday, day before; ``g`` tomorrow      ``J``  today
``o``  ordinal, ``f`` أول                         ``k``  cardinal, ``K`` definite
``p``  part: 0 early, 1 middle, 2 late            ``v``  decade: its first year
``A``  قبل, before   ``I`` منذ, since             ``F``  بعد, after, in   ``G`` ago
``m``  من, of, from   ``i`` في, in, on            ``l``  إلى, حتى, to     ``E`` بين, between
``w``  و, and                                     ``e``  era: م, هـ       ``h``  الساعة
``~``  about, more than                           ``R``  اللي   ``r`` فات, جاي
``d``  1 to 31   ``y`` four digits of a year      ``n``  other number
``#``  a date in figures: its days                ``z``  a time in figures: 1 with a.m., p.m., GMT
``q``  Q1, H2: unit * 10 + number                 ``x``  anything else; ``N`` a line break
==== ============================================ ==== ============================================
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

#: How sure a month's word is a month: always; with a preposition or the like; only with a number or «شهر».
SAFE, CUED, WEAK = 2, 1, 0
#: Units that the grammar counts in. The value of u, U, 2, 3, P, Q.
DAY, WEEK, MONTH, YEAR, DECADE, CENTURY, QUARTER, HALF, HOUR = range(9)


class Word(NamedTuple):
    """What a written form is: its sign and value, the signs of clitics before it, how long those are written."""

    sign: str
    value: int = 0
    sure: int = SAFE
    before: str = ""
    skip: int = 0


#: Egyptian, Levantine, Maghrebi, Gulf; a bar divides what is sure from what needs a cue, and from the weak.
_MONTHS_AR = (
    "يناير جانفي ينائر",
    "فبراير فيفري فبرائر شباط",
    "| مارس اذار",
    "ابريل افريل إبريل | نيسان",
    "| مايو ايار مايس | ماي",
    "يونيو يونيه حزيران | | جوان",
    "يوليو يوليه يوليوز جويليه | تموز",
    "اغسطس غشت | | اب اوت",
    "سبتمبر شتنبر سيبتمبر ايلول",
    "اكتوبر اوكتوبر",
    "نوفمبر نونبر نوفنبر",
    "ديسمبر دجنبر دسمبر ديسامبر",
)
#: First words of months of two words, and what the ordinal after them makes (an ordinal, or a word of its own).
COMPOUND: dict[str, tuple[str, dict[int, int]]] = {
    "تشرين": ("M", {1: 10, 2: 11}),
    "كانون": ("M", {1: 12, 2: 1}),
    "ربيع": ("H", {1: 3, 2: 4}),
    "جمادي": ("H", {1: 5, 2: 6}),
    "ذو": ("H", {11: 11, 12: 12}),
    "ذي": ("H", {11: 11, 12: 12}),
}
#: الآخر of ربيع الآخر, القعدة and الحجة after ذو.
SECOND = {"الاخر": 2, "الاخره": 2, "القعده": 11, "الحجه": 12}
_HIJRI_AR = ("| | محرم المحرم", "| | صفر", "", "", "", "", "| | رجب", "| | شعبان", "| رمضان", "| شوال",
             "ذوالقعده", "ذوالحجه")  # fmt: skip
_MONTHS_EN = (
    "January | | Jan",
    "February | | Feb",
    "| March | Mar",
    "April | | Apr",
    "| May",
    "June | | Jun",
    "July | | Jul",
    "August | | Aug",
    "September | | Sep Sept",
    "October | | Oct",
    "November | | Nov",
    "December | | Dec",
)
_HIJRI_EN = ("| | Muharram", "| | Safar", "", "", "", "", "| | Rajab", "| | Shaaban Shaban", "| Ramadan", "| Shawwal",
             "", "")  # fmt: skip
_WEEKDAYS_AR = ("الاثنين الإثنين", "الثلاثاء الثلثاء", "الاربعاء", "الخميس", "الجمعه", "السبت", "الاحد")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_EN = ("Mon", "Tue Tues", "Wed", "Thu Thurs", "Fri", "Sat", "Sun")
#: Unit: singular, definite, dual (also before its noun), definite dual, plural, definite plural.
_UNITS_AR = {
    DAY: ("يوم يوما", "", "يومين يومان يومي", "اليومين", "ايام", "الايام"),
    WEEK: ("اسبوع اسبوعا", "الاسبوع", "اسبوعين اسبوعان اسبوعي", "الاسبوعين", "اسابيع", "الاسابيع"),
    MONTH: ("شهر شهرا", "الشهر", "شهرين شهران شهري", "الشهرين", "اشهر شهور", "الاشهر الشهور"),
    YEAR: ("عام عاما سنه حول", "العام السنه", "عامين عامان عامي سنتين سنتان سنتي", "العامين السنتين",
           "اعوام سنوات سنين", "الاعوام السنوات السنين"),
    DECADE: ("عقد عقدا", "العقد", "عقدين عقدان", "العقدين", "عقود", "العقود"),
    CENTURY: ("قرن قرنا", "القرن", "قرنين قرنان", "القرنين", "قرون", "القرون"),
    QUARTER: ("", "الربع الفصل", "", "", "", ""),
    HALF: ("", "النصف", "", "", "", ""),
    HOUR: ("ساعه", "", "ساعتين", "الساعتين", "ساعات", "الساعات"),
}  # fmt: skip
_UNITS_EN = {
    DAY: ("day", "days"),
    WEEK: ("week", "weeks"),
    MONTH: ("month", "months"),
    YEAR: ("year", "years"),
    DECADE: ("decade", "decades"),
    CENTURY: ("century", "centuries"),
    QUARTER: ("quarter", ""),
    HALF: ("half", ""),
    HOUR: ("hour", "hours"),
}
_SEASONS_AR = ("ربيع", "صيف", "خريف", "شتاء")
_SEASONS_EN = ("spring", "summer", "autumn fall", "winter")
_ORDINALS_AR = (
    "الاول الاولي", "الثاني الثانيه", "الثالث الثالثه", "الرابع الرابعه", "الخامس الخامسه", "السادس السادسه",
    "السابع السابعه", "الثامن الثامنه", "التاسع التاسعه", "العاشر العاشره", "الحادي الحاديه",
)  # fmt: skip
_ORDINALS_EN = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
                "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
                "eighteenth", "nineteenth", "twentieth", "twenty-first")  # fmt: skip
_CARDINALS_AR = (
    "واحد واحده", "اثنين اثنان اثنتين اثنا اثني اثنتي", "ثلاث ثلاثه", "اربع اربعه", "خمس خمسه", "ست سته",
    "سبع سبعه", "ثماني ثمانيه ثمان", "تسع تسعه", "عشر عشره", "احد احدي",
)  # fmt: skip
_CARDINALS_EN = ("one a an", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
                 "twelve", "thirteen", "fourteen", "fifteen")  # fmt: skip
_TENS_AR = {
    20: "عشرين عشرون", 30: "ثلاثين ثلاثون", 40: "اربعين اربعون", 50: "خمسين خمسون", 60: "ستين ستون",
    70: "سبعين سبعون", 80: "ثمانين ثمانون", 90: "تسعين تسعون", 100: "مئه مائه",
}  # fmt: skip
_TENS_EN = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 90: "ninety", 100: "hundred"}
#: الثلاثينيات to التسعينيات, also without one of their ي; العشرينيات.
_DECADES_AR = {20: "عشرين", 30: "ثلاثين", 40: "اربعين", 50: "خمسين", 60: "ستين", 70: "سبعين", 80: "ثمانين", 90: "تسعين"}
_DECADES_EN = {20: "twenties", 30: "thirties", 40: "forties", 50: "fifties", 60: "sixties", 70: "seventies",
               80: "eighties", 90: "nineties"}  # fmt: skip

#: Sign, value, Arabic words. Those that take clitics (و ف ب ل ك) with their article stand first.
_OTHER_AR = (
    ("b", -1, "الماضي الماضيه الماضيين الماضيتين المنصرم المنصرمه المنصرمين المنصرمتين المنقضي المنقضيه الفائت الفائته "
     "الفارط الفارطه"),
    ("L", -1, "الاخير الاخيره الاخيرين الاخيرتين"),
    ("a", 1, "المقبل المقبله المقبلين المقبلتين القادم القادمه القادمين القادمتين الاتي الاتيه الجاي الجايه"),
    ("c", 0, "الجاري الجاريه الحالي الحاليه الراهن الراهنه"),
    ("t", 0, "هذا هذه هالشهر"),
    ("R", 0, "اللي"),
    ("r", -1, "فات فاتت راح راحت مضي مضت"),
    ("r", 1, "جاي جايه"),
    ("j", -1, "امس الامس البارحه امبارح مبارح"),
    ("J", 0, "اليوم النهارده الليله"),
    ("g", 1, "غدا غد الغد غدًا بكره"),
    ("p", 0, "مطلع اوائل بدايه بدايات مستهل"),
    ("p", 1, "منتصف اواسط وسط"),
    ("p", 2, "اواخر نهايه نهايات ختام متم موفي"),
    ("f", 1, "اول فاتح غره"),
    ("A", 0, "قبل"),
    ("I", 0, "منذ مذ"),
    ("F", 0, "بعد غضون"),
    ("B", -1, "اخر"),
    ("m", 0, "من"),
    ("i", 0, "في فى خلال طوال طيله بحلول اثناء"),
    ("l", 0, "الي حتي لغايه"),
    ("E", 0, "بين مابين"),
    ("w", 0, "و او"),
    ("e", 0, "م ميلادي ميلاديه الميلادي الميلاديه للميلاد"),
    ("e", 1, "ه هجري هجريه الهجري الهجريه للهجره"),
    ("h", 0, "الساعه"),
    ("~", 0, "نحو حوالي قرابه زهاء اكثر اقل مايقارب حدود"),
)  # fmt: skip
_OTHER_EN = (
    ("b", -1, "last past previous"),
    ("a", 1, "next coming upcoming"),
    ("c", 0, "this current"),
    ("j", -1, "yesterday"),
    ("J", 0, "today tonight"),
    ("g", 1, "tomorrow"),
    ("p", 0, "early beginning start"),
    ("p", 1, "mid middle"),
    ("p", 2, "late end close"),
    ("A", 0, "before"),
    ("I", 0, "since"),
    ("F", 0, "after within"),
    ("G", 0, "ago"),
    ("m", 0, "of from"),
    ("i", 0, "in on during by throughout over"),
    ("l", 0, "to until till through"),
    ("E", 0, "between"),
    ("w", 0, "and or"),
    ("e", 1, "AH"),
    ("~", 0, "about around nearly almost some"),
)
#: No sign at all: the, and ال standing off its number (الـ24).
SILENT = frozenset({"the", "The", "ال"})
#: Words whose look with a clitic is another word: door, touched, so as not to, my father.
_BARE = frozenset({"اب", "امس", "غد", "م", "ه", "و", "من", "في", "فى", "مذ", "حول", "ماي", "غره"})


def _graded(line: str) -> Iterator[tuple[str, int]]:
    """The words of a row of months, each with how sure it is."""
    for sure, part in zip((SAFE, CUED, WEAK), line.split("|"), strict=False):
        for word in part.split():
            yield word, sure


def _arabic() -> Iterator[tuple[str, Word]]:
    """Every Arabic word without its clitics."""
    for sign, rows in (("M", _MONTHS_AR), ("H", _HIJRI_AR)):
        for number, line in enumerate(rows, 1):
            for word, sure in _graded(line):
                yield word, Word(sign, number, sure)
    for number, line in enumerate(_WEEKDAYS_AR):
        for word in line.split():
            yield word, Word("W", number)
    for unit, forms in _UNITS_AR.items():
        for sign, line in zip("uU23PQ", forms, strict=True):
            for word in line.split():
                yield word, Word(sign, unit)
    for number, word in enumerate(_SEASONS_AR):
        yield word, Word("S", number)
        yield f"ال{word}", Word("Z", number)
    yield from ((word, Word("C")) for word in COMPOUND)
    yield from ((word, Word("O", number)) for word, number in SECOND.items())
    for number, line in enumerate(_ORDINALS_AR, 1):
        yield from ((word, Word("o", number)) for word in line.split())
    for number, line in [*enumerate(_CARDINALS_AR, 1), *_TENS_AR.items()]:
        for word in line.split():
            yield word, Word("k", number)
            yield f"ال{word}", Word("K", number)
    for number, stem in _DECADES_AR.items():
        for article in ("ال", ""):
            for ending in ("يات", "ات"):
                yield f"{article}{stem}{ending}", Word("v", 1900 + number)
    for sign, value, line in _OTHER_AR:
        yield from ((word, Word(sign, value)) for word in line.split())


def _with_clitics(word: str, known: Word) -> Iterator[tuple[str, Word]]:
    """The word with و or ف, with ب ل ك, and with both."""
    yield word, known
    yield f"و{word}", known._replace(before="w", skip=1)
    if word in _BARE or len(word) < 2:
        return
    yield f"ف{word}", known._replace(skip=1)
    for first, signs in (("", ""), ("و", "w")):
        for particle, sign in (("ب", "i"), ("ل", ""), ("ك", "")):
            if particle == "ل" and word.startswith("ال"):
                yield f"{first}ل{word[1:]}", known._replace(before=signs, skip=len(first) + 1)
            else:
                yield f"{first}{particle}{word}", known._replace(before=signs + sign, skip=len(first) + 1)


def _english() -> Iterator[tuple[str, Word]]:
    """Every English word, in small letters where it may be so written."""
    for sign, rows in (("M", _MONTHS_EN), ("H", _HIJRI_EN)):
        for number, line in enumerate(rows, 1):
            for word, sure in _graded(line):
                yield word, Word(sign, number, sure)
                if len(word) > 3:
                    yield word.upper(), Word(sign, number, min(sure, CUED))
    for sign, weekdays in (("W", _WEEKDAYS_EN), ("V", _SHORT_EN)):
        for number, line in enumerate(weekdays):
            yield from ((word, Word(sign, number)) for word in line.split())
    small: list[tuple[str, Word]] = []
    for unit, (one, many) in _UNITS_EN.items():
        small += [(one, Word("u", unit))] + ([(many, Word("P", unit))] if many else [])
    small += [(word, Word("S", number)) for number, line in enumerate(_SEASONS_EN) for word in line.split()]
    small += [(word, Word("o", number)) for number, word in enumerate(_ORDINALS_EN, 1)]
    for number, line in [*enumerate(_CARDINALS_EN, 1), *_TENS_EN.items()]:
        small += [(word, Word("k", number)) for word in line.split()]
    small += [(word, Word("v", 1900 + number)) for number, word in _DECADES_EN.items()]
    small += [(word, Word(sign, value)) for sign, value, line in _OTHER_EN for word in line.split()]
    for word, known in small:
        yield word, known
        yield word.capitalize(), known


def lexicon() -> dict[str, Word]:
    """Every written form, folded, with what it is. Plain forms win over those with clitics."""
    words: dict[str, Word] = {}
    plain = dict(reversed(list(_arabic())))
    for word, known in plain.items():
        for form, with_clitics in _with_clitics(word, known):
            words.setdefault(form, with_clitics)
    return words | plain | dict(reversed(list(_english()))) | dict.fromkeys(SILENT, Word(""))
