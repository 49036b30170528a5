"""Each inserted field and each line of a text file runs as its own first letter does; shown by where glyphs stand."""

from __future__ import annotations

import io
import unicodedata
from itertools import pairwise

import pypdfium2
import pytest
from lxml import etree

from magdesk.citations import cite
from magdesk.dates.partialdate import PartialDate
from magdesk.document.blocks import Block, Note, Paragraph, Text
from magdesk.isolates import FIRST_STRONG, POP, isolated, runs_right, with_numbers_in_order, without_isolates
from magdesk.model.evidence import Evidence, SourceType
from magdesk.packet.converters.plaintext import convert_text
from magdesk.packet.converters.result import Pages
from magdesk.render.docx.oxml import qname
from magdesk.render.pdf import bidi
from tests.packet.making import exhibit
from tests.render.docx.docx_reading import Written, written
from tests.render.pdf.pdf_reading import render

AUTHOR = "محمد الأحمد"
TITLE = "تقرير لجنة 17 (2024)"


def glyphs(data: bytes) -> list[tuple[str, float, float]]:
    """Each printed character of the first page, its middle from the left and from the foot of the page."""
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0].get_textpage()
        out = []
        for index in range(page.count_chars()):
            char = page.get_text_range(index, 1)
            left, bottom, right, top = page.get_charbox(index)
            if char.strip():
                out.append((char, (left + right) / 2, (bottom + top) / 2))
    return out


def x_of(data: bytes, *chars: str) -> list[float]:
    """The places of characters that stand once on the page."""
    found = glyphs(data)
    out = []
    for char in chars:
        (place,) = [x for text, x, _y in found if text == char]
        out.append(place)
    return out


def footnote() -> tuple[Block, ...]:
    item = Evidence(author=AUTHOR, title=TITLE, source_type=SourceType.MEDIA, published=PartialDate("2019"))
    parts = cite(item, at="at 4").parts
    return (Paragraph((Text("Words."), Note(tuple(Text(text, italic=italic) for text, italic in parts)))),)


def test_an_arabic_author_and_title_keep_their_places_in_an_english_footnote() -> None:
    data, _info = render(*footnote())
    found = glyphs(data)
    # د ends the author; ل begins "لجنة" too, so letters that stand once are asked: ح of the author, ج of the title.
    author = [x for char, x, _y in found if char in "حد" and x < 200]
    (title,) = [x for char, x, _y in found if char == "ج"]
    number = [x for (char, x, _y), (after, *_rest) in pairwise(found) if char == "1" and after == "7"]
    year = [x for (char, x, _y), (after, *_rest) in pairwise(found) if char == "2" and after == "0"]
    (at,) = [x for (char, x, _y), (after, *_rest) in pairwise(found) if char == "a" and after == "t"]
    # Read from the left: the author; the title, whose own words run from the right; the page; the year of the source.
    assert max(author) < min(year) < number[0] < title < at < max(year)


def test_without_isolation_author_and_title_would_change_places() -> None:
    """The same words as plain text: what the algorithm makes of them where nobody says that they are fields."""
    plain = f"{AUTHOR}, {TITLE}, at 4"
    fields = f"{isolated(AUTHOR)}, {isolated(TITLE)}, at 4"
    places = bidi.visual_order(bidi.levels(plain, rtl=False))
    shown = "".join(plain[index] for index in places)
    assert shown.index("ج") < shown.index("ح")
    places = bidi.visual_order(bidi.levels(fields, rtl=False))
    shown = without_isolates("".join(fields[index] for index in places))
    assert shown == f"{AUTHOR[::-1]}, (2024) 17 ةنجل ريرقت, at 4".replace("(2024)", ")2024(")


@pytest.mark.parametrize(
    ("text", "rtl", "shown"),
    [
        ("a <אב>, <גד> b", False, "a בא, דג b"),
        ("a <אב c 1> b", False, "a c 1 בא b"),
        ("<אב 17 (5)>, 3", False, ")5( 17 בא, 3"),
        ("אב <+1 22 33> גד", True, "דג +1 22 33 בא"),
        ("אב <a <גד> 1> ה", True, "ה a דג 1 בא"),
        ("אב> ג", True, "ג בא"),
        ("a <אב", False, "a בא"),
        ("<12>, <אב>, <13>", False, "12, בא, 13"),
    ],
)
def test_order_of_isolated_fields(text: str, *, rtl: bool, shown: str) -> None:
    text = text.replace("<", FIRST_STRONG).replace(">", POP)
    order = bidi.visual_order(bidi.levels(text, rtl=rtl))
    assert without_isolates("".join(text[index] for index in order)) == shown


@pytest.mark.parametrize("field", ["+221 77 123 45 67", "0770-123-4567", "2021-03-12", "[12/03/2021, 21:05:40]"])
def test_numbers_of_several_groups_stay_in_order_among_arabic(field: str) -> None:
    for line in (f"اتصل {field}: قال", f"{field} قال", f"قال {field}"):
        ordered = with_numbers_in_order(line)
        order = bidi.visual_order(bidi.levels(ordered, rtl=True))
        assert field in without_isolates("".join(ordered[index] for index in order))
    assert with_numbers_in_order(f"called {field}") == f"called {field}"
    assert with_numbers_in_order("قال 3-5 أشخاص") == "قال 3-5 أشخاص"


def test_each_line_of_a_text_file_takes_its_own_direction() -> None:
    source = "2\n00:00:05,000 --> 00:00:09,000\nأطلقوا النار\n+221 77 123 45 68: جاء\nThey fired.\n"
    made = convert_text(exhibit(1, source.encode(), "text/x-subrip"))
    assert isinstance(made, Pages)
    with made.open() as stream:
        found = glyphs(stream.read())
    lines: dict[int, list[tuple[float, str]]] = {}
    for char, x, y in found:
        row = next((row for row in lines if abs(row - y) < 6), round(y))
        lines.setdefault(row, []).append((x, char))
    shown = ["".join(char for _x, char in sorted(line)) for _row, line in sorted(lines.items(), reverse=True)]
    left = {"".join(char for _x, char in sorted(line)): min(line)[0] for line in lines.values()}
    assert "00:00:05,000-->00:00:09,000" in shown
    assert any("+221771234568" in line for line in shown)
    timecode = left["00:00:05,000-->00:00:09,000"]
    (arabic,) = [start for line, start in left.items() if line.startswith("ر")]
    assert timecode < 120
    assert arabic > 300


def order_in_word(result: Written, path: str) -> list[str]:
    """What stands in a paragraph of Word, in its order; a mark of direction as < or >, an embedding as its value."""
    (paragraph,) = result.find(path)
    out: list[str] = []
    for node in paragraph.iter(qname("w:t"), qname("w:dir")):
        if etree.QName(node).localname == "dir":
            out.append(node.get(qname("w:val")))
        else:
            out.append({"\u200e": ">", "\u200f": "<"}.get(node.text, node.text))
    return out


def test_fields_in_word_are_parted_by_marks_and_embedded_where_they_are_mixed() -> None:
    parts = (Text(f"x {isolated(AUTHOR)}, "), Text(isolated("تقرير UN عن السجون 17"), italic=True), Text(", at 4"))
    result = written(Paragraph(parts))
    told = order_in_word(result, "//w:body/w:p")
    assert told[:5] == ["x ", ">", AUTHOR, ">", ", "]
    assert told[5:] == [">", "rtl", "تقرير ", "UN", " عن السجون 17", ">", ", at 4"]
    rights = [run.find(f"{qname('w:rPr')}/{qname('w:rtl')}") is not None for run in result.find("//w:body//w:r[w:t]")]
    assert rights == [False, False, True, False, False, False, True, False, True, False, False]
    arabic = written(Paragraph((Text(f"قال {isolated('Dr Omar (عمر)')} في"),), lang="ar"))
    assert order_in_word(arabic, "//w:body/w:p")[:3] == ["قال ", "<", "ltr"]


def test_neither_format_shows_the_marks_of_isolates() -> None:
    blocks = (Paragraph((Text(isolated(AUTHOR)), Text(f" ({isolated(TITLE)})"))), *footnote())
    data, _info = render(*blocks)
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert not {FIRST_STRONG, POP} & set(text)
    assert "[U+2068]" not in text
    assert AUTHOR in text
    result = written(*blocks)
    for name in ("word/document.xml", "word/footnotes.xml"):
        shown = "".join(node.text or "" for node in result.find("//w:t", name))
        assert AUTHOR in shown
        assert not {FIRST_STRONG, POP} & set(shown)


def test_each_letter_from_right_to_left_is_known_and_no_other() -> None:
    wrong = [
        hex(code)
        for code in range(0x110000)
        if runs_right(chr(code)) != (unicodedata.bidirectional(chr(code)) in ("R", "AL"))
    ]
    assert wrong == []
