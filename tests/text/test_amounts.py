"""What `amounts` reads, what it leaves, and that nothing it is given makes it raise or slow."""

import math

import pytest
from cost import grows_less
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.amounts import amounts
from marsad.text.amounts.numerals import figures

READ = [
    # figures in three scripts, with what divides their thousands and decimals
    ("1,250,000 people", "1250000 count"),
    ("١٬٢٥٠٬٠٠٠ شخص", "1250000 count"),
    ("1.250.000 شخص", "1250000 count"),
    ("۳٫۵ مليون شخص", "3500000 count"),
    ("3,5 مليون شخص", "3500000 count"),
    ("3،5 مليون شخص", "3500000 count"),
    ("300 000 درهم مغربي", "300000 MAD"),
    ("1.500 جندي", "1500 count"),
    ("1.085 دولار", "1.085 USD"),
    ("8ر5 مليون دينار ليبي", "5800000 LYD"),
    ("حجز15 ألف يورو", "15000 EUR"),
    ("1.5 million people", "1500000 count"),
    # numbers in words
    ("ثلاثة وسبعون جنديا", "73 count"),
    ("أحد عشر شخصا", "11 count"),
    ("اثنتي عشرة دبابة", "12 count"),
    ("خمس مئة رجل", "500 count"),
    ("خمسمائة رجل", "500 count"),
    ("تسعمئة وتسعة وتسعين رجلا", "999 count"),
    ("مئتان وخمسون ألف نازح", "250000 count"),
    ("ألفان وثلاثمئة وأربعة عشر نازحا", "2314 count"),
    ("مليار ومئتا مليون نسمة", "1200000000 count"),
    ("ألف مليار دولار", "1000000000000 USD"),
    ("مليون ونصف المليون يورو", "1500000 EUR"),
    ("76 مليونا و277 ألفا و708 أشخاص", "76277708 count"),
    ("two hundred and thirty-four people", "234 count"),
    ("two and a half million euros", "2500000 EUR"),
    ("a dozen tanks", "12 count"),
    # duals
    ("قتيلان", "2 count"),
    ("وجنديين", "2 count"),
    ("مليونا دولار", "2000000 USD"),
    ("بلغ العدد مليونا", "1000000 count"),
    ("كيلومترين", "2 km"),
    # money
    ("$4.2bn", "4200000000 USD"),
    ("US$30m", "30000000 USD"),
    ("C$5", "5 CAD"),
    ("300 €", "300 EUR"),
    ("EUR 5 million", "5000000 EUR"),
    ("50 ألف ليرة", "50000 XXX"),
    ("50 ألف ليرة سورية", "50000 SYP"),
    ("5 ملايين ل.ل", "5000000 LBP"),
    ("10 million Jordanian dinars", "10000000 JOD"),
    ("$5m to $7m", "5000000..7000000 USD"),
    # shares and measures
    ("%٣", "3 percent"),
    ("15 بالمئة", "15 percent"),
    ("ثلاثين في المائة", "30 percent"),
    ("15-20%", "15..20 percent"),
    ("2.5 percentage points", "2.5 percent"),
    ("40 ميلا بحريا", "40 mile"),
    ("300 متر مربع", "300 m2"),
    ("900 كيلومتر في الساعة", "900 km/h"),
    ("-5 درجات مئوية", "-5 degree"),
    ("أربع سنوات ونصف السنة", "4.5 year"),
    ("a 25-year-old man", "25 year"),
    ("300m people", "300000000 count"),
    ("a 300m tunnel", "300 m"),
    # bounds and ranges
    ("أكثر من 300", "300.. count"),
    ("ما لا يقل عن نحو 12 قتيلا", "12.. count"),
    ("12 قتيلا على الأقل", "12.. count"),
    ("لأكثر من عشرين عاما", "20.. year"),
    ("up to 40 aircraft", "..40 count"),
    ("بين 3 و5 آلاف", "3000..5000 count"),
    ("بين مئة وخمسين ومئتي قتيل", "150..200 count"),
    ("بين 8 آلاف إلى 10 آلاف كتاب", "8000..10000 count"),
    ("200-300 مقاتل", "200..300 count"),
    ("between $3 million and $5 million", "3000000..5000000 USD"),
    ("عشرات القتلى", "20..99 count"),
    ("عشرات الآلاف من الجنود", "20000..99999 count"),
    ("ملايين الدولارات", "2000000..9999999 USD"),
    ("بضع مئات", "300..999 count"),
    ("dozens of people", "24..99 count"),
    # the noun before its number
    ("الجنود الثلاثة", "3 count"),
    ("جندي واحد", "1 count"),
    ("مهاجمين اثنين", "2 count"),
]
LEFT = [
    "القرار 1701", "المادة 231", "الفقرة 3 من الاتفاق", "الصفحة 45", "إس-400", "إس 400", "إف-16", "سو 35", "كوفيد-19",
    "بوينغ 737", "16 سبتمبر", "16 من الشهر", "الساعة 8 مساء", "10:30", "في عام 2017 مقاتلا", "انتخابات 2024",
    "فاز 2-1", "بنتيجة 3-0", "قبل ثلاثة أيام", "منذ عامين", "السنوات الخمس الماضية", "الثاني عشر من أيار",
    "الخامسة والستين", "مجموعة العشرين", "يوم الأحد", "لا أحد", "يوم الاثنين", "ألف ليلة وليلة", "ألف كتابا",
    "طالبان", "الإخوان", "لبنان", "رمضان", "عمان", "البلدان", "مديرين عامين", "أبو سهمين", "تونس2020", "بصوت واحد",
    "لست متأكدا",
    "الست الوالدة", "كميات الغاز", "دفعة واحدة", "ثلاثة أرباع الأعضاء", "مجموعة 5+1", "هاتف 07701234567",
    "+964 770 123 4567", "1234-5678-9012", "S-400", "F-16s", "A320", "Boeing 737 crashes", "Resolution 1701 calls",
    "page 45", "2-1", "Chapter 7", "in 2017 fighters", "the 2024 elections", "three days ago", "the past two weeks",
    "the two countries", "one of them", "No one", "a few", "few people", "Sept. 16", "47th", "two-thirds", "1e400",
    "10.9.2025.1", "192.168.1.1", "9" * 400, "", " ", "٪", "$",
]  # fmt: skip


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def shown(text: str, language: str | None = None) -> list[str]:
    """Each amount found, as the tables above write it."""
    return [
        f"{_figure(a.low)}{'' if a.low == a.high else '..' + _figure(a.high)} {a.unit}" for a in amounts(text, language)
    ]


@pytest.mark.parametrize(("text", "amount"), READ)
def test_what_is_read(text: str, amount: str) -> None:
    assert shown(text) == [amount]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_no_amount(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "phrase", "of"),
    [
        ("ووصل بنحو 73 دبّابةً، ثم", "نحو 73 دبّابةً", "دبّابةً"),
        ("وبالـ24 طائرة", "24 طائرة", "طائرة"),
        ("لثلاثة جنود", "ثلاثة جنود", "جنود"),
        ("ومقتل 3 من عناصر الأمن ليلا", "3 من عناصر الأمن", "عناصر الأمن"),
        ("عن ٤٠ طـنا من القمح", "٤٠ طـنا من القمح", "القمح"),
        ("قتل الجنود الثلاثة معا", "الجنود الثلاثة", "الجنود"),
        ("والجنود الثلاثة معا", "الجنود الثلاثة", "الجنود"),
        ("ومركز واحد", "مركز واحد", "مركز"),
        ("some 300 Russian soldiers fled", "some 300 Russian soldiers", "Russian soldiers"),
        ("(at least 12 people)", "at least 12 people", "people"),
        ("between 5 and 10 hostages", "between 5 and 10 hostages", "hostages"),
        ("ما بين 20 و30 مسلحا", "ما بين 20 و30 مسلحا", "مسلحا"),
        ("a deal of $4.2bn.", "$4.2bn", None),
    ],
)
def test_the_span_covers_number_cue_and_noun(text: str, phrase: str, of: str | None) -> None:
    [found] = amounts(text)
    assert (found.span.of(text), found.of) == (phrase, of)


def test_a_currency_without_its_country_is_the_one_that_the_text_names() -> None:
    assert shown("دفع 5 آلاف دينار عراقي ثم ألفي دينار") == ["5000 IQD", "2000 IQD"]
    assert shown("دفع 5 دنانير عراقية و5 دنانير كويتية ثم ألفي دينار") == ["5 IQD", "5 KWD", "2000 XXX"]


def test_a_change_is_two_amounts_and_a_span_one() -> None:
    assert shown("ارتفع التضخم من 3% إلى 5%") == ["3 percent", "5 percent"]
    assert shown("ستكلف من 3 إلى 5 ملايين دولار") == ["3000000..5000000 USD"]
    assert shown("Output fell from 3 million barrels to 2 million barrels") == ["3000000 barrel", "2000000 barrel"]


def test_neighbours_are_apart() -> None:
    assert shown("مقتل خمسة جنود وإصابة 12 آخرين") == ["5 count", "12 count"]
    assert shown("مقتل 8 آلاف و12 ألفا") == ["8000 count", "12000 count"]
    assert shown("5 ملايين دولار و3 ملايين يورو") == ["5000000 USD", "3000000 EUR"]


def test_other_languages_have_figures_with_a_sign_only() -> None:
    assert shown("۳ درصد و 5% و $3 million", language="fa") == ["5 percent", "3000000 USD"]
    assert shown("73 جنديا", language="ur") == []


def grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


@given(st.integers(1, 10**12), st.sampled_from(",٬"), st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
def test_a_written_number_reads_back(number: int, separator: str, digits: str) -> None:
    for plain in (str(number), grouped(number, separator)):
        text = f"بلغت الكلفة {plain.translate(str.maketrans('0123456789', digits))} دولار"
        [found] = amounts(text)
        assert (found.low, found.high, found.unit) == (number, number, "USD")


@given(st.decimals(0, 999, places=2), st.sampled_from(".,٫"))
def test_a_decimal_reads_back(number: object, point: str) -> None:
    [found] = amounts(f"{number}".replace(".", point) + " في المئة")
    assert found.low == found.high == float(str(number))


ONES = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TENS = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def below_thousand(number: int) -> str:
    """A number from 3 to 999 in Arabic words."""
    hundreds, rest = divmod(number, 100)
    parts = [HUNDREDS[hundreds - 1]] if hundreds else []
    if 11 <= rest <= 19:
        parts.append({11: "أحد", 12: "اثنا"}.get(rest, ONES[rest - 11]) + " عشر")
    elif rest == 10:
        parts.append("عشرة")
    else:
        parts += [ONES[rest % 10 - 1]] if rest % 10 else []
        parts += [TENS[rest // 10 - 2]] if rest >= 20 else []
    return " و".join(parts)


def words(number: int) -> str:
    """A number from 3 to a billion in Arabic words."""
    parts = []
    for scale, one, two, few, many in (
        (10**6, "مليون", "مليونان", "ملايين", "مليونا"), (10**3, "ألف", "ألفان", "آلاف", "ألفا"),
    ):  # fmt: skip
        count, number = divmod(number, scale)
        if count in (1, 2):
            parts.append((one, two)[count - 1])
        elif count:
            parts.append(f"{below_thousand(count)} {few if 3 <= count <= 10 else many}")
    if number:
        parts.append(below_thousand(number))
    return " و".join(parts)


@given(st.integers(3, 10**9 - 1))
def test_a_number_in_words_reads_back(number: int) -> None:
    [found] = amounts(f"نحو {words(number)} شخص")
    assert found.low == found.high == number, words(number)


WORDS = """3 5 12 ١٧ 2017 300 000 1.5 4,000 ، . - – / % ٪ $ € + ( ) «و و5 وخمسة ثلاثة خمسون مئة ألف ألفا آلاف مليون
ملايين مليارات نصف ونصف المليون عشرات مئات بضعة بين ما من إلى أو نحو أكثر لا يقل عن على الأقل جنود الجنود جندي جنديين
قتيلان آخرين دولار دينار عراقي دنانير طن القمح عاما أيام الماضية قبل يوم شهر سبتمبر الساعة القرار واحد اثنين في المئة
كم مربع at least more than up to about a an few half dozen hundred hundreds of million thousands and to between from
bn m one two twenty people Russian soldiers U . S . US$ years old ago page Iraqi dinars percent"""
PIECES = WORDS.split()
TEXTS = st.one_of(
    st.lists(st.sampled_from([*PIECES, "\n"]), max_size=14).map(" ".join),
    st.lists(st.sampled_from([*PIECES, " "]), max_size=12).map("".join),
    st.text(max_size=40),
)


@given(TEXTS)
def test_amounts_stand_in_order_within_the_text(text: str) -> None:
    last = 0
    for found in amounts(text):
        assert last <= found.span.start < found.span.stop <= len(text)
        assert found.low is not None or found.high is not None
        for end in (found.low, found.high):
            assert end is None or math.isfinite(end)
        if found.low is not None and found.high is not None:
            assert found.low <= found.high
        assert found.unit and (found.of is None or found.of in text)
        last = found.span.stop


@given(TEXTS)
def test_the_same_text_gives_the_same(text: str) -> None:
    assert amounts(text) == amounts(text)


@given(st.lists(st.text("0123456789", min_size=1, max_size=6), min_size=1, max_size=5), st.sampled_from(".,٬٫،"))
def test_figures_with_separators_are_a_number_or_none(groups: list[str], separator: str) -> None:
    for thousands in (False, True):
        value = figures(separator.join(groups), thousands)
        assert value is None or (math.isfinite(value) and value >= 0)


BAD = {
    "figures": "1", "commas": "1,", "stops": "1.", "dashes": "3-", "lists": "و5 ", "tens": "خمسة و", "scales": "مليون ",
    "groups": "000 ", "hundreds": "hundreds of ", "a million": "a million ", "percent": "%", "dollars": "$",
    "prices": "$5 ", "more": "أكثر من ", "least": "at least ", "ranges": "من 3 إلى 5 ", "between": "بين 3 و",
    "halves": "نصف ", "duals": "جنديان ", "changes": "ارتفع من 3 إلى ", "phrases": "5 big red ", "exponents": "1e400 ",
    "of": "five of ", "alif": "ألفا ", "hyphens": "ninety-", "one": "واحدة ",
    "tashkeel": "\u064e", "surrogates": "\ud800. ", "ligatures": "ﷺ", "NUL": "\0",
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_time_grows_with_the_text(kind: str) -> None:
    text = BAD[kind] * (5_000 // len(BAD[kind]))
    assert grows_less(10, lambda: amounts(text), lambda: amounts(text * 4), floor=0.1)
