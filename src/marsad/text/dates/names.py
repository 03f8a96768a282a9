"""Where words of dates name something else (a street, a paper, a brigade), and days known without their year."""

from __future__ import annotations

import re


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


#: Directly before a day or month that is part of a name.
_NAMED = _words(
    "مدينه بلده قريه شارع جسر ميدان ساحه دوار حي جامعه ملعب استاد ستاد صحيفه جريده مجله قناه اذاعه دار حركه",
    "قوي تحالف كتيبه لواء تنظيم حزب جبهه منظمه مستشفي مطار شركه سيارات سياره مستوطنه مدرسه كليه نادي فريق",
    "قاعه قاعده معسكر جامع مسجد مؤسسه ائتلاف جماعه فندق سد مخيم طريق مديريه سوق جيش كتائب سرايا الويه",
    "نفق محطه معهد مركز عياده السيد السيده الدكتور",
    "رئيسه الرئيس الوزير الوزيره اللاعب الشيخ بن ابن ابو تيريزا",
    "Theresa Mrs Ms Mr Minister PM Black Mayor Prime Lady",
)
#: Directly after an English day or month that is part of a name.
_NAMES = _words(
    "Movement movement Brigade Brigades Alliance alliance coalition Coalition City Bridge Street Square University",
    "Martyrs bloc Group group Madness Clinic Hospital كلينك Airport Mosque",
)
#: A weekday that stands for every one, or is part of a name: before it, after it.
_WEEKLY = _words(
    "كل ايام صلاه صلوات خطبه خطب سوق جامع كلا عطله ليالي جمعه every each",
    "Good Black Bloody Palm Ash Maundy Cyber Super Man Ruby",
)
_WEEKLY_AFTER = _words(
    "الدامي الداميه الاسود السوداء العظيمه الحزينه المقدس معا",
    "prayers Times Telegraph Mirror Express Mail Prayer prayer Night",
)
#: اليوم in names of papers and channels, and where it is a day of its own or any day.
_TODAY = _words("ذلك تلك المصري روسيا اخبار راي العربي في نفس كل ساعات منتصف لبنان هموم الفلسطيني المغرب")
_TODAY_AFTER = _words(
    "التالي الواحد العالمي الدولي الوطني نفسه ذاته الموعود الذي التي الدراسي الاخير المفتوح الانتخابي السابق اللاحق"
)
#: العام in titles and the like: the secretary-general, public opinion.
_GENERAL = _words(
    "الامين المدير المفتش النائب القائد المدعي السكرتير المراقب المرشد القطاع الراي الامن الحاكم المنسق المفوض",
    "الدين المال الصالح الوكيل المندوب المشرف الاتحاد المقرر النقاش الشان الانفاق الاضراب الوضع السياق الاطار العفو",
)
#: The same year, that month: counted from what the text said before.
_SAME = _words("نفسه نفسها ذاته ذاتها عينه التالي التاليه السابق السابقه")
_AGED = re.compile(r"\W{0,3}(?:من|of|in)?\s?(?:ال)?عمر(?:ه|ها|هم|هن|هما)?\b")
_NTH = re.compile(r" ال\d")
#: Nouns that four figures before them count.
_COUNTED = re.compile(
    r"\s?(?:%|٪|(?:ال)?(?:دولار|يورو|مليون|مليار|الف|طن|شخص|قتيل|جريح|متر|كيلو|كلم|صفحه|ليره|دينار|ريال|درهم|جنيه|برميل|نسخه|"
    r"وحده|مقعد|ميغا|درجه|ميل|فرد|عنصر|مقاتل|جندي|لاجئ|نازح|اسير|معتقل|موظف|عائله|اسره|منزل|هكتار|دونم|حاله|اصابه|"
    r"فدان|رصاصه|صاروخ|قطعه|سياره|دبابه|مواطن|شهيد)\w{0,3}\b"
    r"|(?:\w+-)?(?:people|fighters|troops|soldiers|men|women|homes|houses|villages|cities|km|kilomet|miles|met(?:er|re)s|"
    r"dollars|euros|tons|tonnes|barrels|families|refugees|prisoners|jobs|workers|others|militants|civilians|seats|votes|"
    r"cases|feet|pages|members|students|police|personnel|delegates|vehicles|tanks|rockets|missiles|million|billion|percent|"
    r"kg|deaths|migrants|hectares|acres|square|rounds|units|islands|years|days|words|hours)\b)"
)
#: The same by its look, a singular in the accusative (2017 رئيسا), or a word that may as well be a verb. After «في»
#: such figures are rather a year: «انتخب في 2017 رئيسا».
_MAYBE_COUNTED = re.compile(
    r"\s(?:(?:صوت|طالب|قدم|كم|حاج|مشارك)\b"
    r"|(?!اي?ضا\b|رسميا|تقريبا|مثلا|نهائيا|مرورا|وصولا|انتهاء|بدءا|حاليا|هذا|عندما|حينما|بينما)[ء-ي]{3,9}ا\b(?<!يا))"
)
_WITHIN = re.compile(r"(?<!\w)[وف]?(?:في|منذ|خلال|حتي|بحلول|بعد|قبل)\s\(?$")
#: What four figures number: a law, a page, a room, a model.
_NUMBERED = re.compile(
    r"(?:(?<!\w)(?:ال)?(?:رقم|عدد|قرار|القرارين|ماده|صفحه|ص|فقره|بند|فصل|غرفه|طراز|رحله|بوينغ|ايرباص|ايزو|رؤيه|هاتف|خط|قناه|فئه|"
    r"كيلومتر|تردد|مرسوم|موديل|اجنده|خطه|نموذج|نحو|حوالي|زهاء|قرابه|بلغ|بلغت|بعدد|عددهم|مقابل)"
    r"|\b(?:No|no|number|page|pages|Resolution|resolution|resolutions|room|Room|flight|Flight|Boeing|Vision|Agenda|article|"
    r"Article|section|Section|about|around|nearly|almost|some|than|over|Law|law|Order|ISO|Route|Highway|model|Windows|"
    r"Area|Channel|at|for|only|all|least))\.?\s?[\(#:]?$|[#$€£/\d]\s?$|[\d][.,]$"
)
#: Before a bare year: in, since, until … and nouns of what a year has (elections, a war, an accord).
_YEARLY = re.compile(
    r"(?:(?<!\w)[وف]?(?:في|منذ|مذ|خلال|حتي|الي|لغايه|بحلول|بعد|قبل|من|بين|ما بين|طوال|"
    r"اواخر|اوائل|مطلع|منتصف|نهايه|بدايه|مستهل|عن|"
    r"(?:[بلك]?ال|[بلك])?(?:انتخابات|حرب|اتفاق|اتفاقيه|موازنه|ميزانيه|غزو|ثوره|انقلاب|عدوان|هزيمه|نكسه|نكبه|قمه|ازمه|حدود|موسم|دستور|تعداد|"
    r"معاهده|مونديال|زلزال|انتفاضه|احتجاجات|هجمات|بطوله|دوره|اولمبياد|صيف|شتاء|ربيع|خريف|يوليو|احداث|مجزره|وثيقه|مؤتمر|"
    r"كاس العالم|نسخه|طبعه))"
    r"|\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Ff]rom|[Dd]uring|[Bb]efore|[Aa]fter|[Tt]hrough|[Bb]etween|and|to|of|[Tt]he|[Ee]arly|"
    r"[Ll]ate|[Mm]id|[Ii]ts|[Hh]is|[Tt]heir|[Aa]|election|elections|war|budget|year|fiscal|FY|circa))(?:[ -]|\s\()\(?$"
)
_THE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Tt]heir|[Aa]|of) $")
_ENGLISH_NOUN = re.compile(r"(?:-|\s)[a-z]{3,}")
#: Month, day, year, and words directly before or after that name what happened then. Common knowledge.
_KNOWN: tuple[tuple[int, int | None, int, str], ...] = (
    (9, 11, 2001, "احداث هجمات اعتداءات تفجيرات هجوم ضربه ضربات ذكري attacks attack hijackers terror terrorist"),
    (9, None, 2001, "احداث هجمات اعتداءات"),
    (10, 7, 2023, "احداث هجمات هجوم عمليه attack attacks assault massacre"),
    (1, 25, 2011, "ثوره انتفاضه revolution uprising"),
    (6, 30, 2013, "ثوره"),
    (2, 17, 2011, "ثوره revolution"),
    (10, 17, 2019, "ثوره انتفاضه احتجاجات"),
    (9, 26, 1962, "ثوره"),
    (9, 21, 2014, "ثوره انقلاب"),
    (7, 23, 1952, "ثوره revolution"),
    (7, 14, 1958, "ثوره انقلاب"),
    (10, None, 1973, "حرب"),
    (10, 6, 1973, "حرب"),
    (6, None, 1967, "نكسه حرب"),
    (6, 5, 1967, "نكسه حرب"),
)
_EVENTS = {(month, day, word): year for month, day, year, words in _KNOWN for word in words.split()}
_WORD_BEFORE = re.compile(r"(?:^|[^\w])(\w{1,24})[ «\"“(\-]{1,2}$")
_WORD_AFTER = re.compile(r"[ -](\w{1,24})")


def before(text: str, start: int) -> str:
    """The word directly before, empty where there is none."""
    match = _WORD_BEFORE.search(text[max(0, start - 28) : start])
    return match[1] if match else ""


def after(text: str, stop: int) -> str:
    """The word directly after."""
    match = _WORD_AFTER.match(text, stop, stop + 28)
    return match[1] if match else ""


def _bare(word: str) -> str:
    """The word without و ف and with its article in full."""
    return word[1:] if len(word) > 3 and word[0] in "وفب" and word[1:] in _NAMED else word


def named(text: str, start: int, stop: int) -> bool:
    """Whether a day or month there is part of the name of a street, a brigade, a person.

    >>> named("عبر جسر 14 تموز", 8, 15), named("وصل في 14 تموز", 7, 14)
    (True, False)
    """
    return _bare(before(text, start)) in _NAMED or after(text, stop) in _NAMES


def weekly(text: str, start: int, stop: int) -> bool:
    """Whether a weekday there means every one, or none: Friday prayers, the Sunday Times."""
    return before(text, start) in _WEEKLY or _NTH.match(text, stop) is not None or after(text, stop) in _WEEKLY_AFTER


def other_today(text: str, start: int, stop: int) -> bool:
    """Whether اليوم or today there is not the day of the article: Egypt's paper المصري اليوم, that day, a day."""
    word = before(text, start)
    if word in _TODAY or _NTH.match(text, stop) or after(text, stop) in _TODAY_AFTER:
        return True
    if text[start - 1 : start] in ("ب", "ل") and text[start : start + 1] == "ا":
        return True
    return text[start : start + 5] == "Today" and word[:1].isupper()


def public(text: str, start: int) -> bool:
    """Whether العام there is the adjective: the secretary-general, public opinion."""
    word = before(text, start)
    return word in _GENERAL or word.lstrip("وفلب") in _GENERAL


def same(text: str, stop: int) -> bool:
    """Whether what follows points back into the text: the same year."""
    return after(text, stop) in _SAME


def aged(text: str, stop: int) -> bool:
    """Whether it is somebody's age: in his eighties."""
    return _AGED.match(text, stop) is not None


def counts(text: str, stop: int) -> bool:
    """Whether the figures that end there count the noun after them: 2017 fighters."""
    return _COUNTED.match(text, stop) is not None


def year_stands(text: str, start: int, stop: int) -> bool:
    """Whether four figures with no word of years beside them are a year."""
    left = text[max(0, start - 24) : start]
    if numbered(text, start) or text[stop : stop + 1] in ("%", "٪"):
        return False
    enclosed = left.endswith("(") and text[stop : stop + 1] in (")", "-", "–")
    if not enclosed and not _YEARLY.search(left):
        return False
    if counts(text, stop) or (_MAYBE_COUNTED.match(text, stop) and not _WITHIN.search(left)):
        return False
    if _THE.search(left):
        return left.rstrip()[-2:] == "of" or _ENGLISH_NOUN.match(text, stop) is not None
    return True


def numbered(text: str, start: int) -> bool:
    """Whether the figures that begin there number a law, a page, a room."""
    return _NUMBERED.search(text[max(0, start - 24) : start]) is not None


def known_year(text: str, start: int, stop: int, month: int, day: int | None) -> int | None:
    """The year of a day that is known by what happened: أحداث 11 سبتمبر."""
    for word in (before(text, start), after(text, stop)):
        bare = word.removeprefix("ال")
        for form in (bare, bare[1:], bare.removeprefix("بال"), bare.removeprefix("لل")):
            year = _EVENTS.get((month, day, form))
            if year:
                return year
    return None
