import io
import sys
import zipfile
from datetime import UTC, date, datetime

import pytest

from marsad.read import read
from marsad.read.pdf import columns, found, in_order, paragraphs, read_order, text_of_pages
from marsad.settings import Settings
from marsad.types import Article, Skipped

TEXT = "زار الوزير بغداد أمس."


def only(data: bytes, form: str | None = None, **settings: object) -> Article | Skipped:
    (item,) = read(["-"], stdin=io.BytesIO(data), format=form, settings=Settings(**settings))
    return item


docx = pytest.importorskip("docx")
pytest.importorskip("pypdf")


def word(*blocks: tuple[str, str] | list[list[str]], **properties: object) -> bytes:
    """A .docx of paragraphs, each with its style, and of tables."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, tuple):
            document.add_paragraph(block[0], style=block[1] or None)
            continue
        table = document.add_table(rows=len(block), cols=len(block[0]))
        for at, line in enumerate(block):
            for cell, words in zip(table.rows[at].cells, line, strict=True):
                cell.text = words
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def patched(data: bytes, name: str, change) -> bytes:
    """A zip archive in which one file is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == name else old.read(one))
    return out.getvalue()


def test_the_paragraphs_and_tables_of_a_word_document_are_its_text():
    data = word(
        ("تقرير", ""), ("الوزير في بغداد", "Heading 1"), (TEXT, ""), ("", ""), [["a", "b"], ["c", ""]], ("end", "")
    )
    article = only(data)
    assert article.text == f"تقرير\n\nالوزير في بغداد\n\n{TEXT}\n\na · b\n\nc\n\nend"
    assert article.title.of(article.text) == "الوزير في بغداد"
    assert article.drawn and article.author is None and article.published is None


def test_the_properties_tell_title_author_and_day():
    made = {"created": datetime(2025, 9, 16, 8, tzinfo=UTC), "modified": datetime(2025, 9, 17, tzinfo=UTC)}
    article = only(word((TEXT, ""), title="الوزير في بغداد", author="كاتبة", **made))
    assert article.text == f"الوزير في بغداد\n\n{TEXT}" and article.title.stop == 15
    assert (article.author, article.published, article.published_from) == ("كاتبة", date(2025, 9, 16), "file")


@pytest.mark.parametrize(
    "properties",
    [
        {"title": "Microsoft Word - note.docx", "author": "User"},
        {"title": "note.docx", "created": datetime(2013, 12, 23, 23, 15)},
        {"created": datetime(2025, 9, 16), "modified": datetime(2024, 1, 1)},
    ],
)
def test_properties_of_a_template_or_of_the_file_say_nothing(properties):
    article = only(word((TEXT, ""), **properties))
    assert (article.text, article.title, article.author, article.published) == (TEXT, None, None, None)


def test_what_is_deleted_or_stands_twice_is_no_text():
    body = (
        b"<w:p><w:r><w:t>one </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        b"<w:ins><w:r><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:ins>"
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        b"<w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        b"<w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>"
        b"<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>four</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>"
    )
    data = patched(word((TEXT, "")), "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + body))
    assert only(data).text == f"box\n\none two\tthree\n\nfour\n\n{TEXT}"


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (archive(xl__workbook_xml=b"<a/>"), "an Excel workbook"),
        (archive(ppt__presentation_xml=b"<a/>"), "a PowerPoint"),
        (archive(content_xml=b"<a/>"), "OpenDocument"),
        (archive(a_txt=b"words"), "a zip archive, no Word document"),
        (archive(word__document_xml=b"<a/>"), "damaged Word document"),
        (b"PK\x03\x04 and nothing more", "a damaged zip archive"),
        (word((TEXT, ""))[:2_000], "a damaged zip archive"),
        (patched(word((TEXT, "")), "word/document.xml", lambda xml: xml[:-40]), "damaged Word document"),
    ],
)
def test_another_archive_says_what_it_is(data, says):
    item = only(data)
    assert isinstance(item, Skipped) and item.code == "format" and says in item.message


def test_a_document_without_words_is_empty():
    assert only(word(("", ""))).code == "empty"


LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha">' + b"".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 20}">'.encode() for at in range(9)
)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (lambda xml: xml + b" " * 17_000_000, {"size"}),
        (
            lambda xml: xml.replace(b"<w:document", LAUGHS + b"]><w:document", 1).replace(TEXT.encode(), b"&j;"),
            {"format", "empty"},
        ),
        (
            lambda xml: xml.replace(
                b"<w:document", b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document', 1
            ).replace(TEXT.encode(), b"&a;"),
            {"format", "empty"},
        ),
        (lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 50_000), {"format"}),
        (
            lambda xml: xml.replace(
                b"<w:body>", b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 60 + b"</w:tc></w:tr></w:tbl>" * 60
            ),
            {None},
        ),
    ],
)
def test_bombs_in_a_word_document(change, codes):
    item = only(patched(word((TEXT, "")), "word/document.xml", change))
    assert getattr(item, "code", None) in codes
    assert not isinstance(item, Article) or "root" not in item.text


def test_a_zip_bomb_is_not_unpacked():
    data = patched(word((TEXT, "")), "word/styles.xml", lambda xml: xml)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/media/image1.png", b"\0" * 30_000_000)
    item = only(out.getvalue())
    assert item.code == "size" and "unpacks to" in item.message
    assert only(archive(**{f"a{n}": b"" for n in range(5_001)}, word__document_xml=b"")).code == "size"


# PDF: one font whose signs are given by their shapes, each line at its place, as programs write it.

ALPHABET = sorted(set("".join(map(chr, range(33, 127))) + "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي،؟«»"))


def pdf(*lines: tuple[int, int, str], info: str = "", extra: str = "", kids: str = "[4 0 R]", count: int = 1) -> bytes:
    """A PDF of one page with ``lines`` at their places, each as it looks from left to right."""
    signs = {sign: f"{at:02X}" for at, sign in enumerate(ALPHABET, start=34)} | {" ": "20", "\ufefb": "21"}
    shown = "".join(
        f"BT /F 10 Tf 1 0 0 1 {x} {y} Tm <{''.join(signs[sign] for sign in line)}> Tj ET\n" for x, y, line in lines
    )
    unicode = "".join(
        f"<{code}> <{'06440627' if sign == chr(0xFEFB) else f'{ord(sign):04X}'}>\n" for sign, code in signs.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <00> <FF> "
        f"endcodespacerange\n{len(signs)} beginbfchar\n{unicode}endbfchar endcmap end end"
    )
    objects = [
        "<</Type/Catalog/Pages 3 0 R>>",
        f"<<{info}>>",
        f"<</Type/Pages/Kids {kids}/Count {count}>>",
        "<</Type/Page/Parent 3 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        f"<</Type/Font/Subtype/TrueType/BaseFont/F/FirstChar 32/LastChar 255/Widths[{'500 ' * 224}]/ToUnicode 7 0 R>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    ]
    out = "%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{one}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R/Info 2 0 R{extra}>>\n"
    return f"{out}startxref\n{out.index('xref')}\n%%EOF".encode()


def looks(line: str) -> str:
    """How a line of Arabic alone looks, from left to right."""
    return line.replace("لا", "\ufefb")[::-1]


def text(*lines: tuple[int, int, str], **options) -> str:
    told = found(pdf(*lines, **options), 1_000_000)
    assert told.code is None, told
    return told.text


def test_a_pdf_is_an_article_with_its_properties():
    data = pdf(
        (50, 700, "The minister in Baghdad"),
        (50, 650, "The minister arrived in Baghdad on Mon-"),
        (50, 637, "day and met his counterpart."),
        info="/Title(The minister in Baghdad)/Author(Jane Doe)/CreationDate(D:20250916233000+03'00')",
    )
    article = only(data)
    assert article.text == (
        "The minister in Baghdad\n\nThe minister arrived in Baghdad on Monday and met his counterpart."
    )
    assert article.title.of(article.text) == "The minister in Baghdad"
    assert (article.author, article.published, article.published_from) == ("Jane Doe", date(2025, 9, 16), "file")
    assert article.drawn


def test_arabic_is_put_into_the_order_in_which_it_is_read():
    line = "زار الوزير بلادنا في" + " 2025"
    assert text((50, 700, "2025 " + looks("زار الوزير بلادنا في"))) == line
    assert text((80, 700, looks("زار الوزير")), (50, 700, looks("بغداد"))) == "زار الوزير بغداد"


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("plain words (1)", "plain words (1)"),
        ("2.5 ةميقب S-400 ةموظنم", "منظومة S-400 بقيمة 2.5"),
        (".(ةيناثلا ةرملل) «ادج مهم»", "«مهم جدا» (للمرة الثانية)."),
        ("Rosoboronexport of Russia ةكرش", "شركة Rosoboronexport of Russia"),
        ("The word ديدهت means threat", "The word تهديد means threat"),
        ("٢٠٢٥/٩/١٦ خيراتب", "بتاريخ ٢٠٢٥/٩/١٦"),
        ("\ufeee\ufedf", "لو"),
        ("%50 ةبسنب", "بنسبة %50"),
        ("ﬁle", "file"),
    ],
)
def test_lines(seen, read):
    assert read_order(seen) == " ".join(read.split())


def test_words_that_are_in_order_already_stay_so():
    line = "الثانية للمرة المدينة الوزير زار"
    assert in_order(line) and not in_order(line[::-1]) and not in_order("زار بلد")
    assert text_of_pages([[line]]) == "زار الوزير المدينة للمرة الثانية"


def test_columns_are_read_one_after_the_other_the_right_one_first_in_arabic():
    lines = [f"left {at:02}     right {at:02}" for at in range(9)]
    assert [column[0].strip() for column in columns(lines, False)] == ["left 00", "right 00"]
    assert [column[0].strip() for column in columns(lines, True)] == ["right 00", "left 00"]
    across = ["one heading over all of it", *lines]
    assert [column[0].strip() for column in columns(across, False)] == [across[0], "left 00", "right 00"]
    assert list(columns(lines[:3], False)) == [lines[:3]]


def test_paragraphs_end_where_there_is_more_space_or_a_short_line_ends_a_sentence():
    assert list(paragraphs(["one", "", "two three", "", "", "four", "", "five"])) == ["one two three", "four five"]
    assert list(paragraphs(["a long line of words in it", "and its end.", "the next one goes on here"])) == [
        "a long line of words in it and its end.",
        "the next one goes on here",
    ]
    assert list(paragraphs(["", " "])) == []


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (pdf(), "empty", "OCR"),
        (pdf((1, 1, "a b"))[:300], "format", "damaged PDF"),
        (b"%PDF-1.7\n%%EOF", "format", "damaged PDF"),
        (pdf((1, 1, "a b"), kids="[3 0 R]"), "format", "damaged PDF"),
        (pdf((1, 1, "a b"), kids="[" + "4 0 R " * 5_001 + "]", count=5_001), "size", "pages"),
        (pdf((1, 1, "a b"), extra="/Encrypt<</Filter/Standard/V 9/R 9>>"), "format", "PDF"),
    ],
)
def test_what_is_no_text_says_why(data, code, says):
    told = found(data, 1_000_000)
    assert (told.code, says in told.what + told.do) == (code, True), told


def test_a_pdf_under_a_password():
    from pypdf import PdfReader, PdfWriter

    def locked(password: str) -> bytes:
        writer = PdfWriter(PdfReader(io.BytesIO(pdf((50, 700, "a few words")))))
        writer.encrypt(password, "owner", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    assert found(locked("secret"), 1_000).what == "under a password"
    assert found(locked(""), 1_000).text == "a few words"


def test_a_pdf_that_takes_too_long_or_too_much_is_given_up(monkeypatch):
    far = pdf((50, 700, "a b"), (9 * 10**12, 700, "c"))
    assert only(far).text == "a b c"
    monkeypatch.setattr("marsad.read.documents.MEMORY", 1_000_000)
    assert only(far).code in ("format", "size")
    monkeypatch.setattr("marsad.read.documents.SECONDS", 0.01)
    item = only(pdf((50, 700, "a b")))
    assert item.code == "format" and "not read within 0.01 seconds" in item.message


def test_a_page_that_is_printed_to_pdf_has_not_the_day_of_printing():
    item = only(pdf((50, 700, "a b"), info="/Producer(Skia/PDF m150)/CreationDate(D:20250916)/Title(a.html)"))
    assert (item.text, item.published, item.title) == ("a b", None, None)


@pytest.mark.parametrize("module", ["docx", "pypdf"])
def test_without_the_library_the_extra_is_named(monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    item = only(word((TEXT, "")) if module == "docx" else pdf())
    assert item.code == "extra" and 'pip install "marsad[documents]"' in item.message
