"""Whether a date stands with what is to come or with what was: the nearest verb or the like before it tells."""

from __future__ import annotations

import re

#: How far a cue may stand before a date and after it, in characters.
_BEFORE, _AFTER = 110, 24
#: What leaning gives directly after منذ or since: it is surely past.
SINCE = -2
_STOP = re.compile(r"[.!?؟؛\n](?!\d)")
# Six, car, policy, lady, control, years, and names: words whose own first letters are those of a future verb.
_NO_FUTURE = (
    "(?!سي(?:ار|ات|اس|اد|اح|اق|اج|د(?:ه|ات|ي|ني|نا|تي)?(?![ء-ي])|طر|ر(?:ه|غ|ج|ات|ان)|ف(?![ء-ي])|ل(?![ء-ي])|لان|ول|وف|ناء|ناريو|نما|"
    "بيري|مون|غار|جار)|ست(?:ار(?:ه|مر)?(?![ء-ي])|الين|وك|ول|ين|يف|ون(?![ء-ي])|مئ|مائ|اد|راتيج|ديو)|"
    "سن(?:وات|وي|دات|جار|غاف|ين|دس|تيم|تين|ودن|بل|وار|ان))"
)
_CUE = re.compile(
    r"(?P<future>(?<!\w)[وف]?(?:"
    rf"{_NO_FUTURE}س[يتن][ء-ي]{{2,9}}"  # سيزور: will visit
    r"|سوف|لن|(?:ال)?(?:مقرر|مزمع|مرتقب|متوقع|منتظر|منتظره|مقرره|مزمعه|مرتقبه|متوقعه)"
    r"|[يت](?:عتزم|نوي|توقع|نتظر|ترقب|خطط|زور|بدا|نطلق|عقد|لتقي|صل|ستضيف|توجه|ستانف|جتمع|شارك|فتتح|ختتم|ستمر|قام|جري)"
    r"|will|won't|shall|would|due|scheduled|plans?|planned|expected|set to|ahead of|upcoming|to be held|is to|are to"
    r"|hopes? to|aims? to|until|by"
    r")(?!\w))"
    r"|(?P<past>(?<!\w)[وف]?(?:"
    r"كان|كانت|كانوا|قد|لقد|لم|منذ|عقب|(?:قال|اعلن|اكد|صرح|ذكر|افاد|اضاف|كشف|اوضح|نفي|دان|ادان|حذر)ت?"
    r"|(?:اتهم|اعرب|طالب|دعا|وصف)ت?"
    r"|(?:وقع|قتل|اصيب|اعتقل|التقي|اجتمع|شن|استهدف|اندلع|انطلق|بدا|شهد|عقد|جري|توفي|وصل|زار|صدر)ت?"
    r"|(?:نشر|تظاهر|انفجر|اغتيل|سقط)ت?"
    r"|بيان|تصريح|since|was|were|had|has been|said|says|told|met|took|began|held|struck|hit|killed"
    r"|left|won|went|came|fell|broke"
    r"|[a-z]{3,14}ed"
    r")(?!\w))",
    re.IGNORECASE,
)


def leaning(text: str, start: int, stop: int) -> int:
    """1 where ``text[start:stop]`` stands with what is to come, -1 with what was (``SINCE`` after منذ), 0 where nothing
    tells.

    >>> leaning("سيزور الوزير بغداد الأحد", 18, 24)
    1
    """
    before = text[max(0, start - _BEFORE) : start]
    stops = [match.end() for match in _STOP.finditer(before)]
    cues = list(_CUE.finditer(before, stops[-1] if stops else 0))
    if cues:
        if cues[-1][0].lower().lstrip("وف") in ("منذ", "since") and len(before) - cues[-1].end() < 14:
            return SINCE
        return 1 if cues[-1]["future"] else -1
    cue = _CUE.match(text[stop : stop + _AFTER].lstrip(" ،,"))
    return (1 if cue["future"] else -1) if cue else 0
