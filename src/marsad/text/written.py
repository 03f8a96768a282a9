"""Numbers and days as the pages, the mails and the sentences of alerts write them, in both languages. Pure."""

from __future__ import annotations

from datetime import date

_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
#: The months as papers of the whole Arab world can read them, and as those of the Levant and Iraq write them alone.
MONTHS = {
    "ar": ("كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو",
           "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip


def digits(value: object, lang: str) -> str:
    """What is written of a number, in the digits of the language, with its decimal mark; nothing is set apart.

    >>> digits(2026, "ar"), digits("0.25", "ar"), digits(2026, "en")
    ('٢٠٢٦', '٠٫٢٥', '2026')
    """
    return str(value).translate(_DIGITS).replace(".", "٫") if lang == "ar" else str(value)


def day(value: date, lang: str) -> str:
    """A day in words: a line that runs from right to left turns nothing round in it.

    >>> day(date(2022, 4, 7), "ar"), day(date(2022, 4, 7), "en")
    ('٧ نيسان/أبريل ٢٠٢٢', '7 April 2022')
    """
    month = MONTHS.get(lang, MONTHS["en"])[value.month - 1]
    return f"{digits(value.day, lang)} {month} {digits(value.year, lang)}"
