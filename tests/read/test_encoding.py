import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import EncodingError
from marsad.read.encoding import BROKEN, meta_charset, text_of

NEWS = (
    "وصل وزير الخارجية إلى بغداد أمس، وقال إن المشاورات ستستمر في الأيام المقبلة. وأضاف أن الوفد سيعود بعد يومين، "
    "ثم نفى أن تكون الزيارة قد تأجلت."
)
FRENCH = "Le ministre a été reçu à Genève, où il a répété que le traité était prêt. Voilà ce que l'on espérait déjà."
#: What pages say of themselves, true or not.
DECLARED = [None, "utf-8", "UTF8", "windows-1256", "x-cp1256", "iso-8859-6", "iso-8859-1", "us-ascii", "rot13", "", "ق"]


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859-6"]
)
def test_arabic_is_read_whatever_is_declared(codec, declared):
    assert text_of(NEWS.encode(codec), "a", declared) == NEWS


@pytest.mark.parametrize("word", ["لا", "زار الوزير", "قالت مصادر", "الخبر"])
@pytest.mark.parametrize("codec", ["cp1256", "iso8859-6"])
def test_a_few_words_are_enough(word, codec):
    assert text_of(word.encode(codec), "a") == word


def test_one_word_that_is_letters_in_both_charsets_is_read_as_declared_else_as_windows_1256():
    assert text_of("عاجل".encode("cp1256"), "a", "utf-8") == "عاجل"
    assert text_of("عاجل".encode("iso8859-6"), "a", "arabic") == "عاجل"


def test_a_page_in_utf_16_without_a_mark_is_read():
    page = f"<html><head><title>خبر</title></head><body><p>{NEWS}</p></body></html>"
    for codec in ("utf-16-le", "utf-16-be"):
        assert text_of(page.encode(codec), "a", "utf-16") == page
    assert text_of(page.encode("utf-16-le") + b"<", "a") == page  # clipped in the middle of a letter


def test_signs_of_old_typewriters_do_not_hide_the_letters():
    text = f"«{NEWS}» – “{NEWS}” … ١٢٣ پ چ ژ گ"
    assert text_of(text.replace("١٢٣", "").encode("cp1256"), "a", "utf-8") == text.replace("١٢٣", "")


def test_text_with_tashkeel_is_read():
    text = "قَالَ الوَزِيرُ إِنَّ القِمَّةَ سَتُعْقَدُ فِي بَغْدَادَ"
    assert text_of(text.encode("cp1256"), "a") == text
    assert text_of(text.encode("iso8859-6"), "a") == text


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1252"])
def test_text_of_the_west_is_read(declared):
    assert text_of(FRENCH.encode("cp1252"), "a", declared) == FRENCH
    assert text_of("the minister’s visit – “done”".encode("cp1252"), "a", declared) == "the minister’s visit – “done”"


def test_another_charset_is_believed_when_it_is_declared_and_only_then():
    russian = "Министр прибыл в Багдад и сказал, что переговоры продолжатся"
    assert text_of(russian.encode("cp1251"), "a", "windows-1251") == russian
    with pytest.raises(EncodingError):
        text_of(russian.encode("cp1251"), "a")


def test_a_declaration_does_not_overrule_words():
    assert text_of(NEWS.encode("cp1256"), "a", "windows-1251") == NEWS


def test_a_few_broken_bytes_are_replaced_and_many_are_not():
    data = (NEWS * 10).encode()
    at = data.index("ب".encode()) + 1
    assert text_of(data[:at] + b"\xff" + data[at + 1 :], "a").count("\ufffd") == 2
    assert text_of(data[:-3], "a").startswith(NEWS)  # clipped
    with pytest.raises(EncodingError, match="UTF-8"):
        text_of(data.replace("و".encode(), b"\xd9\xff"), "a", "utf-8")


def test_a_flood_of_lost_letters_is_an_error_even_in_valid_utf_8():
    with pytest.raises(EncodingError, match="lost"):
        text_of((NEWS[:50] + "\ufffd" * 40).encode(), "a")
    assert text_of("كلمة \ufffd".encode(), "a") == "كلمة \ufffd"


@pytest.mark.parametrize(
    "data",
    [
        b"words\0words",
        "كلمات\0كلمات".encode(),
        "كلمات\0كلمات".encode("cp1256"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(256)) * 4,
        bytes(range(128, 256)) * 4,
        b"\x01\x02\x03\x04\x05\x06\x07",
        b"words \xff\xfe\xfa",
        b"\xed\xa0\x80",
        codecs.BOM_UTF16_LE + b"\xd8\xd8" * 20,
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1256", "utf-16"])
def test_what_is_no_text_is_an_error_that_says_where(data, declared):
    with pytest.raises(EncodingError, match="the-file"):
        text_of(data, "the-file", declared)


@given(st.binary(max_size=400), st.sampled_from(DECLARED))
def test_any_bytes_give_text_without_nuls_or_the_error(data, declared):
    try:
        text = text_of(data, "a", declared)
    except EncodingError:
        return
    assert "\0" not in text
    text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd\ufeff")))
def test_utf_8_is_itself(text):
    assert text_of(text.encode(), "a", "windows-1256") == text


@given(st.integers(2, 5))
def test_the_share_of_broken_bytes_decides_not_their_number(times):
    data = (NEWS * 8 * times).encode()
    few = int(BROKEN * len(data)) - 1
    assert text_of(data + b" \xff" * few, "a").count("\ufffd") == few


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b"<meta charset=utf-8>", "utf-8"),
        (b'<META CHARSET="Windows-1256" />', "Windows-1256"),
        (b"<meta content='text/html; charset=iso-8859-6' http-equiv='Content-Type'>", "iso-8859-6"),
        (b'<?xml version="1.0" encoding="windows-1256"?><html>', "windows-1256"),
        (b"<!-- <meta charset=a> --><meta charset=b>", "b"),
        (b'<meta name="description" content="charset=a"><meta charset=b>', "b"),
        (b'<meta http-equiv="refresh" content="0; charset=a">', None),
        (b"<p>charset=a</p>", None),
        (b"<!--" + b" " * 5_000 + b"--><meta charset=a>", None),
        (b"", None),
    ],
)
def test_the_charset_of_a_page_is_found_as_browsers_do(head, charset):
    assert meta_charset(head) == charset
