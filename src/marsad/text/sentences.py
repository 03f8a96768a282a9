"""Sentences of Arabic and English news, by rules on what stands around each stop and each line break.

Every rule looks at a bounded stretch of text on either side of a stop, so that the time is linear whatever
the text. ؛ joins clauses and ends no sentence; :mod:`marsad.text.clauses` cuts there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from marsad.text.fold import HAMZA_MARKS, INVISIBLE, TASHKEEL, TATWEEL
from marsad.text.lines import paragraphs
from marsad.types import Span

_UNSEEN = re.escape(INVISIBLE)
_ARABIC = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff"
_MARK = TASHKEEL + HAMZA_MARKS
_LETTER = rf"[{_ARABIC}][{_MARK}]*"

#: A run of stops with what closes after it, also a detached « » or curly quote, and the white space behind;
#: or a bullet within a line.
_CANDIDATE = re.compile(
    rf"(?P<stops>[.!?؟…۔।。！？⁇‼]+)(?P<close>[»”’\"'›)\]}}{_UNSEEN}]*(?:\s[»”][»”{_UNSEEN}]*)?)(?P<space>\s*)"
    rf"|(?<=\s)(?P<bullet>[•▪●◦‣■◆►▶])(?=\s)"
)
_WORD = re.compile(r"\w")


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def any_of(words: str) -> str:
    """The words as one alternative of a pattern."""
    return "|".join(words.split())


#: Before a name, always: the stop is the abbreviation's.
_TITLES = _words(
    "mr mrs ms dr prof gen lt col sgt capt adm maj brig cmdr sen rep gov amb rev hon st mt ft pres supt insp messrs "
    "mme mlle vs v fig figs approx ca e.g i.e cf"
)
#: May close a sentence: so they do where a word follows that opens one.
_SHORT = _words(
    "inc corp co ltd llc plc bros jr sr esq dept est ave blvd jan feb mar apr jun jul aug sep sept oct nov dec mon tue "
    "wed thu fri sat sun ala ariz calif colo conn fla ga ill kan mass mich minn miss mo mont neb nev okla ore pa penn "
    "tenn tex va vt wash wis wyo ph.d al"
)
#: As _SHORT, but closing wherever a capital follows that is no day, month or time zone.
_HOURS = _words("a.m p.m etc")
_HOUR_GOES_ON = re.compile(
    f"(?:{any_of('Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec')}" r"|[A-Z]{2,4}\b)"
)
#: Before a figure.
_NUMBERED = _words("no nos p pp vol vols art arts sec secs para paras ch")
_OPENS_ENGLISH = _words(
    "The A An This That These Those It He She They We I You In On At But And Or However Meanwhile For From After "
    "Before When While If As There Its His Her Their Our My Your Some Many Most Several Both All Each Since Under "
    "Also Although Though Earlier Later Last Next According What Who Why How Where Which Is Are Was Were Will No "
    "Not Nor So Yet Then Now Once Instead Despite With Without During By To Until Only Even Still Such Because "
    "Officials Authorities "
    "Mr Mrs Ms Dr"
)
_ENGLISH_WORD = re.compile("[A-Za-z]+")
_ENGLISH = re.compile(
    r"(?:The|An?|This|That|These|Those|It|He|She|They|We|I|You|In|On|At|But|And|Or|However|Meanwhile|For|From|After|"
    r"Before|When|While|If|As|There|Its|His|Her|Their|Our|My|Your|Some|Many|Most|Several|Both|All|Each|Since|Under|"
    r"Also|Although|Though|Earlier|Later|Last|Next|According|What|Who|Why|How|Where|Which|Is|Are|Was|Were|Will|No|"
    r"Not|Nor|So|Yet|Then|Now|Once|Instead|Despite|With|Without|During|By|To|Until|Only|Even|Still|Such|Because|"
    r"Officials|Authorities|Mr|Mrs|Ms|Dr)\b"
)
_ENGLISH = re.compile(r"(?:^|[^A-Za-z.'’&-])((?:[A-Za-z]\.)*[A-Za-z]+)$")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]|[A-Z]")

#: One letter, with و ل ب written to it in front (ود., لد.): a title, an initial, or a part of an abbreviation.
_ONE_LETTER = re.compile(rf"(?:^|[^{_ARABIC}{_MARK}{TATWEEL}])(?:[ولب](?=د))?{_LETTER}{TATWEEL}?$")
_ONE_LETTER_NEXT = re.compile(rf"{_LETTER}{TATWEEL}?\.")
_SEVERAL_LETTERS = re.compile(rf"(?:^|[^{_ARABIC}{_MARK}]){_LETTER}\.\s?(?:{_LETTER}\.\s?)?{_LETTER}{TATWEEL}?$")
#: The rest of a word after a stop inside it; a tatweel before a space is a dash.
_BROKEN_WORD = re.compile(rf"{TATWEEL}+[{_ARABIC}]")
#: A letter after a figure is a unit or an era (م، هـ، ص، ت): 2023م. 1445هـ. 10 ص.
_AFTER_FIGURE = re.compile(rf"\d\s?{_LETTER}{TATWEEL}?$")
#: After these words one letter is a name: class, group, vitamin, letter, paragraph, level, plan, annex, form, …
_NAMED_BY_LETTER = re.compile(
    rf"(?:فئة|مجموعة|فيتامين|حرف|فقرة|مستوى|خطة|ملحق|نموذج|بند|قسم|درجة|فصيلة|جيم)\s+[«\"“(]?{_LETTER}{TATWEEL}?[»\"”)]?$"
)
#: Verbs of saying: said, added, stressed, explained, asked, shouted, wrote, went on, answered, announced, …
SAYING = (
    "قال قالت قالوا أضاف أضافت أكد أكدت أوضح أوضحت صرح صرحت سأل سألت تساءل تساءلت يسأل يتساءل يقول تقول هتف هتفوا صاح "
    "صرخ ردد رددوا كتب كتبت علق علقت تابع تابعت أجاب أجابت رد ردت ذكر ذكرت أعلن أعلنت شدد شددت"
)
#: A word that opens a sentence of Arabic news: و and a verb of saying, "as", "for his part", "it is worth".
_OPENS_ARABIC = re.compile(
    rf"(?:و(?:{any_of(SAYING)}|أشار|أشارت|لفت|لفتت|نقل|نقلت|بحسب|كان|كانت)|كما|بدوره|من جهته|من جانبه|يذكر|يشار)\b"
)
#: What goes on after a question or a cry in quotation marks: a verb of saying, a participle of it, "according to".
_ATTRIBUTES = re.compile(
    rf"(?:{any_of(SAYING)}|هكذا|بهذه|بحسب|حسب|وفق|وفقا|على حد|في إشارة|متسائل\w*|مضيف\w*|مشير\w*|مؤكد\w*)\b"
)
#: What the last label of an address looks like in Arabic letters: net, com, org.
_DOMAINS = frozenset(("نت", "كوم", "أورغ", "اورغ", "أورج"))
_LETTERS_BEFORE = re.compile(rf"[{_ARABIC}{_MARK}]+$|[A-Za-z]+$|\d+$")
_LETTERS_AFTER = re.compile(rf"[{_ARABIC}{_MARK}]+|[A-Za-z]+|\d+")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,2})?|[IVX]{1,4}|[A-Za-z])$")
_LIST_OPENS = re.compile(r"[:؛;]\s*\d{1,2}$")
#: How far a bracket may reach for its inside to be no place of a sentence's end.
_REACH = 160


def sentences(text: str, title: Span | None = None) -> list[Span]:
    """The sentences of ``text``, in order; what stands between two of them is white space, nothing else.

    ``title`` stands alone. A line break ends a sentence unless the lines were wrapped at a width.

    >>> text = "وصل د. علي أمس. ونقلت عنه «أ.ف.ب» أن 3.5 مليون عادوا"
    >>> [span.of(text) for span in sentences(text)]
    ['وصل د. علي أمس.', 'ونقلت عنه «أ.ف.ب» أن 3.5 مليون عادوا']
    """
    borders = [0, len(text)]
    if title is not None:
        borders += [min(title.start, len(text)), min(title.stop, len(text))]
    found: list[Span] = []
    for start, stop in pairwise(sorted(borders)):
        for first, last in paragraphs(text, start, stop):
            found.extend(_split(text, first, last))
    return found


def _split(text: str, start: int, stop: int) -> Iterator[Span]:
    """The sentences of one paragraph. A piece without a letter or figure joins the sentence before it, or the next."""
    begin, searched, worded = start, start, False
    last: Span | None = None
    for cut in (*_cuts(text, start, stop), stop):
        worded = worded or _WORD.search(text, searched, cut) is not None
        searched = cut
        if not worded and cut < stop and last is None:
            continue
        span = trimmed(text, begin, cut)
        begin = cut
        if span is None:
            continue
        if worded or last is None:
            if last is not None:
                yield last
            last = span
        else:
            last = Span(last.start, span.stop)
        worded = False
    if last is not None:
        yield last


def trimmed(text: str, start: int, stop: int) -> Span | None:
    """``text[start:stop]`` without white space around it, or None where there is nothing else."""
    piece = text[start:stop]
    start += len(piece) - len(piece.lstrip())
    stop -= len(piece) - len(piece.rstrip())
    return Span(start, stop) if start < stop else None


def _cuts(text: str, start: int, stop: int) -> Iterator[int]:
    """Where the sentences of one paragraph end, but for its own end."""
    begin, counted, quoted = start, start, False  # quoted: an odd number of straight quotes up to `counted`
    listed = 0  # the number of the last item of a list within the line
    for match in _CANDIDATE.finditer(text, start, stop):
        if match["bullet"]:
            yield match.start()
            begin = match.start()
            continue
        at = match.start()
        quoted ^= text.count('"', counted, at) % 2 == 1
        counted = at
        if match.end() >= stop:
            return
        number = _item(text, begin, at, listed) if match["stops"] == "." else None
        if number is not None:
            listed = number
            continue
        cut = _cut(text, match, begin, stop, quoted)
        if cut is not None:
            yield cut
            begin = cut


def _item(text: str, begin: int, at: int, listed: int) -> int | None:
    """The number of the item of a list whose label ends at ``at``, 0 for a letter; None where none does."""
    before = text[max(begin, at - 12) : at]
    number = re.search(r"\d{1,3}$", before)
    if at - begin < 12 and _ENUMERATOR.fullmatch(before.strip()):
        return int(number[0]) if number else 0
    if number and _LIST_OPENS.search(before):
        return int(number[0])
    if number and listed and int(number[0]) == listed + 1 and before[number.start() - 1 : number.start()].isspace():
        return listed + 1
    return None


def _cut(text: str, match: re.Match[str], begin: int, stop: int, quoted: bool) -> int | None:
    """Where to cut at this run of stops, or None."""
    stops, close, at, end = match["stops"], match["close"], match.start(), match.end()
    before, after = text[max(begin, at - 40) : at], text[end : min(stop, end + 40)].lstrip(INVISIBLE)
    spaced = bool(match["space"])
    if any(char in "۔।。！？" for char in stops):
        return match.end("close")
    if not after or _in_brackets(text, begin, at, match.end("close"), stop, ")" in close or "]" in close):
        return None
    if not close and spaced and quoted and after[0] == '"' and not after[1:2].strip():
        close, end, after = '"', end + 1, after[1:].lstrip()  # a closing quote that stands off: . " وقال
        if not after:
            return None
    elif close:
        end = match.end("close")
        if not spaced and not quoted and close == '"':
            close, end = "", match.end("stops")  # the quote opens: قال."نعم
    else:
        end = match.end("stops")
    opening = after.lstrip("\"'«“‘([")
    if not opening or after[0] in "،,؛;:)]}»”.!?؟…" or _goes_on(before, opening):
        return None
    if stops != "." and set(stops) <= {".", "…"}:
        leading = not before.strip() or before[-1].isspace() or before[-1] in "(«["
        return end if spaced and (not leading or _OPENS_ARABIC.match(after)) else None
    ends = _ends_strong(before, close, after, spaced) if stops != "." else _ends(before, close, after, spaced)
    return end if ends else None


def _in_brackets(text: str, begin: int, at: int, end: int, stop: int, closed: bool) -> bool:
    """Whether a stop stands within a short bracket that is no sentence of its own."""
    low, high = max(begin, at - _REACH), min(stop, at + _REACH)
    opener = max(text.rfind("(", low, at), text.rfind("[", low, at))
    if opener < 0 or opener < max(text.rfind(")", low, at), text.rfind("]", low, at)):
        return False
    if closed:  # a sentence in brackets ends with them; «(!)» and «(...)» end nothing
        return text[begin:opener].strip() != "" or " " not in text[opener:at].strip()
    closer = re.compile(r"[()\[\]]").search(text, end, high)
    return closer is not None and closer[0] in ")]"


def _goes_on(before: str, opening: str) -> bool:
    """Whether a small Latin letter follows, after anything but Arabic; "eBay" opens a sentence like a capital."""
    first = opening[0]
    if not (first.islower() and first < "\u0530") or re.match(r"[a-z][A-Z]", opening):
        return False
    return not re.search(rf"[{_ARABIC}]\S?$", before)


def _ends_strong(before: str, close: str, after: str, spaced: bool) -> bool:
    """Whether a question or exclamation mark ends a sentence."""
    if not spaced:  # glued: لماذا؟قال, but neither ?id=7 nor ا?كلام
        left, right = _LETTERS_BEFORE.search(before), _LETTERS_AFTER.match(after)
        if close or not left or not right or len(left[0]) < 2 or len(right[0]) < 2 or re.search(r"[/=&]\S*$", before):
            return bool(close) and right is not None
        return not after[0].isascii() or (after[0].isupper() and after[1:2].islower())
    if re.search(r"[»”\"]", close):
        return not _ATTRIBUTES.match(after) and after[0] not in "-–—ـ"
    return not before.endswith("Yahoo")


def _ends(before: str, close: str, after: str, spaced: bool) -> bool:
    """Whether a single full stop ends a sentence."""
    if _BROKEN_WORD.match(after) or (before.endswith(TATWEEL) and not spaced):
        return False  # حمـ.ـاس, written so to pass a filter
    if not spaced:
        return _ends_glued(before, close, after)
    if close:
        return True
    english = _ENGLISH.search(before)
    if english:
        return _ends_english(english[1], after)
    if _ONE_LETTER.search(before):
        return _ends_letter(before, after)
    return True


def _ends_english(word: str, after: str) -> bool:
    """Whether the stop after an English word (or initials) ends a sentence, or belongs to an abbreviation."""
    key = word.lower()
    opening = after.lstrip("\"'«“‘([")
    if key in _TITLES and word not in ("V", "Ca"):
        return False
    if key in _NUMBERED:
        return not after[0].isdigit()
    if key in _HOURS:
        return not _HOUR_GOES_ON.match(opening)
    if key in _SHORT or _INITIALS.fullmatch(word):
        follows = _ENGLISH_WORD.match(opening)
        return follows[0] in _OPENS_ENGLISH if follows else not opening[0].isascii()
    return True


def _ends_letter(before: str, after: str) -> bool:
    """Whether the stop after one Arabic letter ends a sentence, or belongs to a title, an initial, an abbreviation."""
    if _ONE_LETTER_NEXT.match(after):
        return False
    if _SEVERAL_LETTERS.search(before):
        return bool(_OPENS_ARABIC.match(after))
    return bool(_AFTER_FIGURE.search(before) or _NAMED_BY_LETTER.search(before))


def _ends_glued(before: str, close: str, after: str) -> bool:
    """Whether a full stop with no space behind it ends a sentence: قال.وأضاف, but not أ.ف.ب, 3.5 or marsad.org."""
    right = _LETTERS_AFTER.match(after)
    if close:
        return right is not None
    left = _LETTERS_BEFORE.search(before)
    if right is None:  # قال.«نعم»
        return after[0] in "«“" and (left is None or len(left[0]) > 1)
    if len(right[0]) < 2 or (left is not None and len(left[0]) < 2 and not left[0].isdigit()):
        return False
    if right[0][0].isdigit() or right[0] in _DOMAINS:
        return False
    if right[0][0].isascii():
        capital = right[0][0].isupper() and (right[0][1].islower() or left is None or not left[0].isascii())
        return capital and not re.search(r"[@/.]\S*$", before) and not re.match(r"\w+[.@/]\w", after)
    return True
