"""Whether one run of stops ends a sentence: the rules on what stands right before and right after it.

``before`` and ``after`` are the 40 characters on either side, ``close`` the quotation marks and brackets that
close behind the stops, ``spaced`` whether white space follows those.
"""

from __future__ import annotations

import re

from marsad.text.fold import HAMZA_MARKS, TASHKEEL, TATWEEL


def words(line: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(line.split())


def any_of(line: str) -> str:
    """The words of a line as the alternatives of a pattern."""
    return "|".join(line.split())


_ARABIC = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff"
_MARK = TASHKEEL + HAMZA_MARKS
_LETTER = rf"[{_ARABIC}][{_MARK}]*"
_NO_LETTER = rf"(?:^|[^{_ARABIC}{_MARK}{TATWEEL}])"

#: Verbs of saying: said, added, stressed, explained, asked, shouted, wrote, went on, answered, announced, …
SAYING = (
    "قال قالت قالوا أضاف أضافت أكد أكدت أوضح أوضحت صرح صرحت سأل سألت تساءل تساءلت يسأل يتساءل يقول تقول هتف هتفوا صاح "
    "صرخ ردد رددوا كتب كتبت علق علقت تابع تابعت أجاب أجابت رد ردت ذكر ذكرت أعلن أعلنت شدد شددت"
)

# English abbreviations, without their last stop and in small letters.
#: Before a name, always: the stop is the abbreviation's.
_TITLES = words(
    "mr mrs ms dr prof gen gens lt col sgt capt cpl pvt adm maj brig cmdr sen sens rep reps gov amb rev hon pres "
    "supt insp messrs mme mlle vs v fig figs approx ca e.g i.e cf"
)
#: May close a sentence: so they do where a word follows that opens one.
_SHORT = words(
    "inc corp co ltd llc plc bros jr sr esq dept est ave blvd st mt ft jan feb mar apr jun jul aug sep sept oct nov "
    "dec mon tue tues wed thu thur thurs fri sat sun ala ariz calif colo conn fla ga ill kan mass mich minn miss mo "
    "mont neb nev okla ore pa penn tenn tex va vt wash wis wyo ph.d al"
)
#: As _SHORT, but closing wherever a capital follows that is no day, month or time zone.
_HOURS = words("a.m p.m etc")
_HOUR_GOES_ON = re.compile(
    f"(?:{any_of('Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec')}" r"|[A-Z]{2,4}\b)"
)
#: Before a figure; those that are words too, only with a capital.
_NUMBERED, _NUMBERED_WORDS = words("p pp vol vols sec secs para paras ch"), words("No Nos Art Arts")
_OPENS_ENGLISH = words(
    "The A An This That These Those It He She They We I You In On At But And Or However Meanwhile For From After "
    "Before When While If As There Its His Her Their Our My Your Some Many Most Several Both All Each Since Under "
    "Also Although Though Earlier Later Last Next According What Who Why How Where Which Is Are Was Were Will No "
    "Not Nor So Yet Then Now Once Instead Despite With Without During By To Until Only Even Still Such Because "
    "Officials Authorities Mr Mrs Ms Dr"
)
_ENGLISH_WORD = re.compile("[A-Za-z]+")
_ENGLISH = re.compile(r"(?:^|[^A-Za-z.'’&-])((?:[A-Za-z]\.)*[A-Za-z]+)$")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]|[A-Z]")
_DEGREES = re.compile(r"\d\s?[°º]?[A-Z]$")
_OPENING = "\"'«“‘(["

#: How the press spells Latin letters in Arabic: سي إن إن, بي بي سي, إم تي في.
_SPELT = any_of(
    "إيه ايه بي سي دي إي اي إف اف جي إتش آي جيه جاي كي كيه إل ال إم ام إن ان أو كيو آر ار إس اس تي يو في دبليو إكس واي"
)
_SPELT_CHAIN = re.compile(rf"{_NO_LETTER}(?:{_SPELT})(?:\.\s?(?:{_SPELT}))+$")
_SPELT_NEXT = re.compile(rf"(?:{_SPELT})\.")
_SPELT_LAST = re.compile(rf"{_NO_LETTER}(?:{_SPELT})$")
#: One letter, with و ل ب written to it in front (ود., لد.): a title, an initial, or a part of an abbreviation.
_ONE_LETTER = re.compile(rf"{_NO_LETTER}(?:[ولب](?=د))?{_LETTER}{TATWEEL}?$")
_ONE_LETTER_NEXT = re.compile(rf"{_LETTER}{TATWEEL}?\.")
_LETTER_CHAIN = re.compile(rf"{_NO_LETTER}{_LETTER}\.\s?(?:{_LETTER}\.\s?)?{_LETTER}{TATWEEL}?$")
#: A letter after a figure is a unit or an era (م، هـ، ص، ت): 2023م. 1445هـ. 10 ص.
_AFTER_FIGURE = re.compile(rf"\d\s?[°º]?{_LETTER}{TATWEEL}?$")
#: After these words one letter is a name: class, group, vitamin, letter, paragraph, level, plan, annex, form, …
_NAMED_BY_LETTER = re.compile(
    rf"(?:فئة|مجموعة|فيتامين|حرف|فقرة|مستوى|خطة|ملحق|نموذج|بند|قسم|درجة|فصيلة)\s+[«\"“(]?{_LETTER}{TATWEEL}?[»\"”)]?$"
)
#: The rest of a word after a stop inside it; a tatweel before a space is a dash.
_BROKEN_WORD = re.compile(rf"{TATWEEL}+[{_ARABIC}]")
#: A word that opens a sentence of Arabic news: و and a verb of saying, "as", "for his part", "it is worth".
_OPENS_ARABIC = re.compile(
    rf"(?:و(?:{any_of(SAYING)}|أشار|أشارت|لفت|لفتت|نقل|نقلت|بحسب|كان|كانت)|كما|بدوره|من جهته|من جانبه|يذكر|يشار)\b"
)
#: What goes on after a question or a cry in quotation marks: a verb of saying, a participle of it, "according to".
_ATTRIBUTES = re.compile(
    rf"(?:ف?(?:{any_of(SAYING)})|هكذا|بهذه|بحسب|حسب|وفق|وفقا|على حد|في إشارة|ثم|متسائل\w*|مضيف\w*|مشير\w*|مؤكد\w*)\b"
)
#: What the last label of an address looks like in Arabic letters: net, com, org.
_DOMAINS = words("نت كوم أورغ اورغ أورج")
_LETTERS_BEFORE = re.compile(rf"[{_ARABIC}{_MARK}]+$|[A-Za-z]+$|\d+$")
_LETTERS_AFTER = re.compile(rf"[{_ARABIC}{_MARK}]+|[A-Za-z]+|\d+")
_AFTER_ARABIC = re.compile(rf"[{_ARABIC}{_MARK}]\S?$")
_ADDRESS, _IN_ADDRESS = re.compile(r"[@/.]\S*$"), re.compile(r"\w+[.@/]\w")


def goes_on(before: str, after: str) -> bool:
    """Whether what follows cannot open a sentence: a comma, a bracket that closes, a small Latin letter.

    "eBay" opens a sentence like a capital, and so does a small letter after Arabic.
    """
    opening = after.lstrip(_OPENING)
    if not opening or after[0] in "،,؛;:)]}»”.!?؟…":
        return True
    small = opening[0].islower() and opening[0] < "\u0530" and not re.match(r"[a-z][A-Z]", opening)
    return small and not _AFTER_ARABIC.search(before)


def ends(stops: str, before: str, close: str, after: str, spaced: bool) -> bool:
    """Whether these stops end a sentence, where what follows could open one."""
    if stops == "." and not before.endswith((". ", "… ")):
        return _full_stop(before, close, after, spaced)
    if set(stops) <= {".", "…"}:  # an omission stands apart, as here ... or in brackets, or its stops do . . .
        apart = not before.strip() or before[-1].isspace() or before[-1] in "(«["
        return spaced and (not apart or _OPENS_ARABIC.match(after) is not None)
    return _question(before, close, after, spaced)


def _question(before: str, close: str, after: str, spaced: bool) -> bool:
    """Whether a question or exclamation mark ends a sentence."""
    if any(mark in close for mark in '»”"') and (_ATTRIBUTES.match(after) or after[0] in f"-–—{TATWEEL}"):
        return False
    if spaced:
        return not before.endswith("Yahoo")
    left, right = _LETTERS_BEFORE.search(before), _LETTERS_AFTER.match(after)
    if close:
        return right is not None
    if not left or not right or len(left[0]) < 2 or len(right[0]) < 2 or re.search(r"[/=&]\S*$", before):
        return False  # ?id=7, or a letter that was lost on the way: ا?كلام
    return not after[0].isascii() or (after[0].isupper() and after[1:2].islower())


def _full_stop(before: str, close: str, after: str, spaced: bool) -> bool:
    """Whether a single full stop ends a sentence."""
    if _BROKEN_WORD.match(after) or (before.endswith(TATWEEL) and not spaced):
        return False  # حمـ.ـاس, written so to pass a filter
    if not spaced:
        return _glued(before, close, after)
    right = _LETTERS_AFTER.match(after)
    if right is not None and right[0] in _DOMAINS:
        return False
    english = _ENGLISH.search(before)
    if english:
        return _english(before, english[1], after)
    if _SPELT_CHAIN.search(before) or (_SPELT_LAST.search(before) and _SPELT_NEXT.match(after)):
        return _OPENS_ARABIC.match(after) is not None
    if _ONE_LETTER.search(before):
        return _letter(before, after)
    return True


def _english(before: str, word: str, after: str) -> bool:
    """Whether the stop after an English word (or initials) ends a sentence, or belongs to an abbreviation."""
    key, opening = word.lower(), after.lstrip(_OPENING)
    if key in _TITLES:
        return False
    if key in _NUMBERED or word in _NUMBERED_WORDS:
        return not after[0].isdigit()
    if key in _HOURS:
        return not _HOUR_GOES_ON.match(opening)
    if key in _SHORT or (_INITIALS.fullmatch(word) and not _DEGREES.search(before)):
        follows = _ENGLISH_WORD.match(opening)
        return follows[0] in _OPENS_ENGLISH if follows else _OPENS_ARABIC.match(opening) is not None
    return True


def _letter(before: str, after: str) -> bool:
    """Whether the stop after one Arabic letter ends a sentence, or belongs to a title, an initial, an abbreviation."""
    if _ONE_LETTER_NEXT.match(after):
        return False
    if _LETTER_CHAIN.search(before):
        return _OPENS_ARABIC.match(after) is not None
    return bool(_AFTER_FIGURE.search(before) or _NAMED_BY_LETTER.search(before))


def _glued(before: str, close: str, after: str) -> bool:
    """Whether a full stop with no space behind it ends a sentence: قال.وأضاف, but not أ.ف.ب, 3.5 or marsad.org."""
    left, right = _LETTERS_BEFORE.search(before), _LETTERS_AFTER.match(after)
    if close:
        return right is not None
    if right is None:  # قال.«نعم»
        return after[0] in "«“" and (left is None or len(left[0]) > 1)
    if len(right[0]) < 2 or (left is not None and len(left[0]) < 2 and not left[0].isdigit()):
        return False
    if right[0][0].isdigit() or right[0] in _DOMAINS or _SPELT_LAST.search(before):
        return False
    if right[0][0].isascii():
        capital = right[0][0].isupper() and (right[0][1].islower() or left is None or not left[0].isascii())
        return capital and not _ADDRESS.search(before) and not _IN_ADDRESS.match(after)
    return True
