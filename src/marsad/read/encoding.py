"""Bytes as text, whatever they say of themselves: marks, declarations, and what the letters look like.

Used by every reader of whole files and pages. UTF-8 that is valid is UTF-8, whatever a page declares. Of the rest
the old Arabic charsets are told apart by the words that they give: in text of one byte a letter a run of bytes above
127 is a word, and the wrong charset makes of it words that no Arabic text has. All work is linear.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import NamedTuple

from marsad.errors import EncodingError

#: Marks at the begin of a text; the longer first, since that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Labels that browsers read as another charset (https://encoding.spec.whatwg.org/#names-and-labels), by Python's name.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "gb2312": "gb18030",
          "gbk": "gb18030"}  # fmt: skip
_LABELS = {"arabic": "iso8859-6", "asmo-708": "iso8859-6", "x-cp1256": "cp1256", "unicode-1-1-utf-8": "utf-8",
           "x-user-defined": "cp1252", "windows-874": "cp874", "x-sjis": "cp932"}  # fmt: skip
#: Charsets that a declaration may name, by Python's name: those of the web, and the two of Arabic DOS.
_KNOWN_NAMES = (
    "utf-8 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 cp866 cp720 cp864 koi8-r koi8-u "
    "mac-roman mac-cyrillic mac-arabic iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 "
    "iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 gb18030 big5 euc_jp iso2022_jp shift_jis cp932 euc_kr"
)
_KNOWN = frozenset(_KNOWN_NAMES.split())
_ARABIC = ("cp1256", "iso8859-6")
#: Declarations that bytes overrule which look Arabic; the first are those that servers and templates write unasked.
_OVERRULED = frozenset({None, "utf-8", "cp1252", "iso8859-15", *_ARABIC})

#: Largest share of the bytes that may be broken in a text that else is UTF-8.
BROKEN = 0.005
#: Largest share of replacement characters, and their least number, in a text that was not lost on its way here.
LOST, LOST_LEAST = 0.05, 8
#: Least share of Arabic letters among the letters and symbols beyond ASCII of a text in an old Arabic charset, and
#: among all signs beyond ASCII (tashkeel and punctuation are the rest).
_SHARE, _OF_ALL = 0.9, 0.4
#: Share of known words from which on no declaration is believed against them. Arabic news has .3 and more.
_SURE = 0.05
#: Bytes that are decoded at a time where there may be broken ones.
_PART = 1 << 16
#: Words that are looked at.
_SAMPLE = 20_000
#: Largest share of control characters in a text.
_CONTROLS = 0.02

_RUN = re.compile(rb"[\x80-\xff]{1,64}+")
_LETTER = re.compile(r"[ء-غف-يٮ-ۓەۮ-ۿ]")
#: What stands beside Arabic letters and says nothing: tashkeel, tatweel, digits, punctuation.
_BESIDE = re.compile(r"[\u0640\u064b-\u065f\u0660-\u0669\u0670\u06f0-\u06f9،؛؟٪٫٬«»“”‘’„‚…–—•\xa0\xad\u200c-\u200f]")
#: Words of every text: in, from, on, to, that, about, with, or, not, what, this, he, it was; Persian: in, to, from.
_COMMON_WORDS = "في من على إلى أن إن عن مع أو لا ما هذا هو كان التي الذي بعد قد و در به از که را"
_COMMON = frozenset(_COMMON_WORDS.split())
_CONTROL = bytes(set(range(32)) - set(b"\t\n\x0b\f\r\x1b")) + b"\x7f"

_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_PROLOG = re.compile(rb"""\A\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9_.:-]+)""")
_META = re.compile(rb"<meta(?=[\s/])", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rb"""[\s/]*+([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?+""",
)
_IN_CONTENT = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)

#: How many bytes of a page are searched for its charset. The standard says 1024, browsers look at more.
HEAD = 4096


class _Look(NamedTuple):
    """How a text looks in one charset: shares of Arabic letters, of signs that stand together, of known words."""

    letters: float
    of_all: float
    joined: float
    words: float


def meta_charset(data: bytes) -> str | None:
    """The charset that a page declares in its XML prolog or the first meta element that does; None where none is.

    Comments are passed over, and only the first :data:`HEAD` bytes are looked at, as browsers do.

    >>> meta_charset(b'<!-- <meta charset=x> --><meta http-equiv="Content-Type" content="text/html; charset=cp1256">')
    'cp1256'
    """
    head = _COMMENT.sub(b"", data[:HEAD])
    if prolog := _PROLOG.search(head):
        return prolog[1].decode("ascii")
    for meta in _META.finditer(head):
        given: dict[bytes, bytes] = {}
        at = meta.end()
        while found := _ATTRIBUTE.match(head, at):
            given.setdefault(found[1].lower(), found[2] or found[3] or found[4] or b"")
            at = found.end()
        label = given.get(b"charset", b"").strip()
        if not label and given.get(b"http-equiv", b"").strip().lower() == b"content-type":
            inside = _IN_CONTENT.search(given.get(b"content", b""))
            label = inside[1] if inside else b""
        if label:
            return label.decode("ascii", "replace")
    return None


def _codec(declared: str | None) -> str | None:
    """Python's name of the charset that a declaration means; None for none and for one that is no charset of text."""
    label = (declared or "").strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name if label.isascii() and "\0" not in label else ""
    except LookupError:
        return None
    name = _MEANT.get(name, name)
    # A declaration that could be read is not in UTF-16, whatever it says.
    return "utf-8" if name.startswith(("utf-16", "utf-8", "utf_8")) else name if name in _KNOWN else None


def text_of(data: bytes, where: str, declared: str | None = None) -> str:
    """``data`` as text, without its byte order mark. ``declared``: the charset that HTTP or the text itself names.

    In this order: a byte order mark; UTF-8 if it is valid; UTF-16 without a mark; windows-1256 and ISO-8859-6 by their
    words; UTF-8 with less than :data:`BROKEN` of its bytes broken, which become U+FFFD; what is declared; windows-1252
    where the text is nearly all ASCII. Raises :class:`EncodingError` for what is none of them, for NULs and for text
    that is lost already (U+FFFD all over).

    >>> text_of("زار الوزير بغداد".encode("windows-1256"), "a.txt", declared="utf-8")
    'زار الوزير بغداد'
    """
    mark = next(((mark, codec) for mark, codec in _MARKS if data.startswith(mark)), None)
    if mark:
        text = _decoded(data[len(mark[0]) :], mark[1], where)
    elif (wide := _wide(data)) is not None:
        text = wide
    else:
        text = _narrow(data, where, _codec(declared))
    if "\0" in text:
        raise EncodingError(
            f"a NUL at code point {text.index(chr(0))}", where=where, do="give text: this looks like binary data"
        )
    lost = text.count("\ufffd")
    if lost >= LOST_LEAST and lost > LOST * len(text):
        raise EncodingError(
            f"{lost} characters were lost before (U+FFFD)", where=where, do="get the text from its source again"
        )
    return text


def _decoded(data: bytes, codec: str, where: str) -> str:
    """Text that a mark names the encoding of; a few broken places are replaced."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        text = data.decode(codec, "replace")
        if text.count("\ufffd") > max(1, BROKEN * len(text)):
            raise EncodingError(
                f"the mark says {codec}, but the bytes at offset {error.start} are not",
                where=where,
                do="give the text as UTF-8",
            ) from None
        return text


def _wide(data: bytes) -> str | None:
    """Text in UTF-16 without a mark: every second byte is 0 (ASCII) or 6 (Arabic), which no other text has."""
    data = data[: len(data) // 2 * 2]  # a clipped text ends in half a letter
    head = data[: 1 << 16]
    if len(head) < 4 or not (b"\0" in head or b"\6" in head):
        return None
    for codec, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if high.count(0) + high.count(6) >= 0.8 * len(high):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            controls = sum(text.count(chr(code)) for code in _CONTROL)
            if controls <= _CONTROLS * len(text):
                return text
    return None


def _narrow(data: bytes, where: str, declared: str | None) -> str:
    """Text of single bytes or UTF-8, without a mark."""
    if len(data) - len(data.translate(None, _CONTROL)) > max(1, _CONTROLS * len(data)):
        raise EncodingError("control characters all over", where=where, do="give text: this looks like binary data")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error
    if (nearly := _nearly(data)) is not None:
        return nearly
    runs = [run[0] for run in islice(_RUN.finditer(data), _SAMPLE)]
    arabic = _arabic(runs, declared)
    if arabic and (declared in _OVERRULED or arabic[1] >= _SURE):
        return data.decode(arabic[0], "replace")
    if declared and declared not in (*_ARABIC, "utf-8", "cp1252"):
        text = data.decode(declared, "replace")
        if text.count("\ufffd") <= BROKEN * len(text):
            return text
    if declared in (None, "utf-8", "cp1252") and _western(data, runs):
        return data.decode("cp1252", "replace")
    raise _not_text(fault, data, where, declared)


def _not_text(fault: UnicodeDecodeError, data: bytes, where: str, declared: str | None) -> EncodingError:
    if b"\0" in data:
        return EncodingError(
            f"a NUL at offset {data.index(0)}", where=where, do="give text: this looks like binary data"
        )
    also = f", nor {declared} as is declared" if declared not in (None, "utf-8") else ""
    return EncodingError(
        f"byte {data[fault.start]:#04x} at offset {fault.start} is not UTF-8{also}, and no Arabic charset fits",
        where=where,
        do="convert it: iconv -f CHARSET -t UTF-8",
    )


def _nearly(data: bytes) -> str | None:
    """Text that is UTF-8 but for a few bytes, which are replaced; None for other text, as soon as that is known."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    parts: list[str] = []
    lost, most = 0, BROKEN * len(data) + data.count(b"\xef\xbf\xbd")
    for at in range(0, len(data), _PART):
        parts.append(decoder.decode(data[at : at + _PART], at + _PART >= len(data)))
        if (lost := lost + parts[-1].count("\ufffd")) > most:
            return None
    text = "".join(parts)
    broken = lost - data.count(b"\xef\xbf\xbd")
    beyond = len(text) - len(text.encode("ascii", "ignore")) - lost
    return text if broken < BROKEN * len(data) and beyond >= 10 * broken else None


def _look(runs: list[bytes], codec: str) -> _Look:
    """How the words that ``runs`` are the bytes of look in ``codec``."""
    words = b" ".join(runs).decode(codec, "replace").split(" ")
    whole = "".join(words)
    letters = len(_LETTER.findall(whole))
    other = len(whole) - letters - len(_BESIDE.findall(whole))
    joined = sum(len(word) for word in words if len(word) > 1)
    known = sum(word in _COMMON or (len(word) > 3 and word.lstrip("«“وبف")[:2] == "ال") for word in words)
    size = max(1, len(whole))
    return _Look(letters / max(1, letters + other), letters / size, joined / size, known / max(1, len(words)))


def _arabic(runs: list[bytes], declared: str | None) -> tuple[str, float] | None:
    """The old Arabic charset that makes words of the runs, and the share of known ones.

    Of two that both do, that with more known words, then the declared one, then windows-1256, which is the commoner.
    """
    best: tuple[float, str, float] | None = None
    for codec in sorted(_ARABIC, key=lambda codec: codec != declared):
        look = _look(runs, codec)
        plausible = look.letters >= _SHARE and look.of_all >= _OF_ALL and look.joined >= 0.7
        if plausible and (look.words > 0 or len(runs) < 20):
            found = (look.words + look.letters, codec, look.words)
            best = found if best is None or found[0] > best[0] else best
    return best[1:] if best else None


def _western(data: bytes, runs: list[bytes]) -> bool:
    """Whether this may be windows-1252: letters of the West beyond ASCII are few, and stand alone."""
    beyond = sum(map(len, runs))
    whole = b"".join(runs)
    odd = sum(whole.count(bytes((code,))) for code in b"\x81\x8d\x8f\x90\x9d")
    return beyond <= 0.25 * max(1, min(len(data), 64 * _SAMPLE)) and len(runs) >= 0.6 * beyond and not odd
