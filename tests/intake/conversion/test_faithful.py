"""What word processors put outside the running text stands on the page, and letters are those of the document."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from magdesk.intake.conversion.convert import convert_source
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.rtfunicode import unicode_rtf
from magdesk.intake.readers.rtf import rtf_text
from magdesk.intake.sandbox.programs import Program, find_program
from magdesk.intake.sniff import sniff
from magdesk.intake.source import Source
from tests.intake.conversion.conversion_samples import DOCX, W, changed, word

pytestmark = pytest.mark.skipif(find_program(Program.PANDOC) is None, reason="pandoc is not installed")
RTF = "application/rtf"


def page(data: bytes, kind: str) -> tuple[str, str]:
    """The text of the blocks, and what is said before them."""
    gathering = Gathering(lambda _block: None, lambda _key, _data: None)
    convert_source(Source(io.BytesIO(data), "x", kind), gathering)
    return gathering.shown, " ".join((*gathering.preface, *gathering.notes))


def document(body: str, **parts: str) -> bytes:
    spaces = (
        f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    made = {"word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>"}
    data = changed(word(), made)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return out.getvalue()


def par(text: str, about: str = "") -> str:
    return f"<w:p><w:r>{about}<w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str, about: str = "") -> str:
    return f"<w:tr>{about}{''.join(f'<w:tc>{par(cell)}</w:tc>' for cell in cells)}</w:tr>"


LETTERS = [
    ("cp1250", 238, "Zażółć gęślą jaźń"),
    ("cp1251", 204, "Протокол допроса"),
    ("cp1253", 161, "Κατάθεση μάρτυρα"),
    ("cp1254", 162, "Tanığın ifadesi şöyle"),
    ("cp1255", 177, "עדות העד"),
    ("cp1256", 178, "شهادة السيد أحمد"),
    ("cp1257", 186, "Liudytojo parodymai žodžiu"),
    ("cp1258", 163, "lời khai nhân chứng".replace("ờ", "ơ").replace("ứ", "ư")),
    ("cp874", 222, "คำให้การพยาน"),
    ("cp932", 128, "証言の記録ソ表"),
    ("cp936", 134, "证人的证词"),
    ("cp949", 129, "증인의 증언"),
    ("cp950", 136, "證人的證詞許功蓋"),
]


def escaped(text: str, encoding: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


@pytest.mark.parametrize(("encoding", "charset", "text"), LETTERS)
@pytest.mark.parametrize("by", ["charset", "page", "cpg", "raw"])
def test_rich_text_in_any_code_page_is_read_and_shown(encoding: str, charset: int, text: str, by: str) -> None:
    number = encoding.removeprefix("cp")
    letters = escaped(text, encoding).encode()
    if by == "page":
        raw = b"{\\rtf1\\ansi\\ansicpg%s {" % number.encode() + letters + b"\\par}}"
    elif by == "cpg":
        raw = b"{\\rtf1\\ansi{\\fonttbl{\\f3\\cpg%s X;}}\\f3 " % number.encode() + letters + b"\\par}"
    else:
        if by == "raw" and encoding not in ("cp932", "cp950"):
            letters = text.encode(encoding)
        raw = b"{\\rtf1\\ansi\\deff3{\\fonttbl{\\f3\\fcharset%d X;}}" % charset + letters + b"\\par}"
    assert text in rtf_text(raw)
    made = unicode_rtf(raw)
    assert text in rtf_text(made)
    assert made.isascii()


def test_rich_text_in_every_code_page_is_on_the_page() -> None:
    fonts = "".join(f"{{\\f{charset}\\fcharset{charset} X;}}" for _encoding, charset, _text in LETTERS)
    lines = "".join(f"\\f{charset} {escaped(text, encoding)}\\par " for encoding, charset, text in LETTERS)
    shown, _said = page(f"{{\\rtf1\\ansi{{\\fonttbl{fonts}}}{lines}}}".encode(), RTF)
    assert [text for _encoding, _charset, text in LETTERS if text not in shown] == []


def test_fonts_fallbacks_and_groups_keep_their_letters() -> None:
    raw = (
        b"{\\rtf1\\ansi\\ansicpg1251\\deff0{\\fonttbl{\\f0\\fcharset204 A;}"
        b"{\\f1\\fcharset0 B;}{\\f2\\fcharset161 C;}}"
        b"\\'cf {\\f2 \\'c1}\\'d0 \\uc1\\u1055?\\u-10179?\\u-8704? {\\uc2\\u1056\\'8f\\'d8 end} \\'cf\\{\\'d0\\}"
        b"{\\pict\\wmetafile8 ffe0}\\par}"
    )
    assert rtf_text(raw).split() == ["П", "ΑР", "П😀", "Р", "end", "П{Р}"]
    shown, _said = page(raw, RTF)
    assert "ΑР П" in shown
    assert "Р end П{Р}" in shown
    assert b"ffe0" in unicode_rtf(raw)


def test_comments_hidden_and_deleted_text_and_headers_of_rich_text_are_shown() -> None:
    raw = (
        b"{\\rtf1\\ansi{\\header HEADWORD 77\\par}He {\\v secretly }saw {\\deleted nothing }it"
        b"{\\*\\atnid AB}{\\*\\atnauthor Reviewer}\\chatn{\\*\\annotation Is this first hand?} there.\\par}"
    )
    shown, _said = page(raw, RTF)
    assert "He [hidden: secretly ]saw [deleted: nothing ]it" in shown
    assert "Comment (Reviewer): Is this first hand?" in shown
    assert "HEADWORD 77" in shown
    assert "[hidden: secretly ]" in rtf_text(raw)


@pytest.mark.parametrize(
    "rows",
    [
        row("TITLE") + row("a1", "b1", "c1", "AMOUNT1") + row("a2", "b2", "c2", "AMOUNT2"),
        row("x1", "x2") + row("a1", "b1", "c1", "AMOUNT1", "e1"),
        row("g1", about='<w:trPr><w:gridAfter w:val="3"/></w:trPr>') + row("a1", "b1", "c1", "AMOUNT1"),
        row("g1", about='<w:trPr><w:gridBefore w:val="3"/></w:trPr>') + row("a1", "b1", "c1", "AMOUNT1"),
        row("a1", "b1", "c1", "AMOUNT1") + row("last"),
    ],
)
def test_rows_of_different_width_lose_no_cell(rows: str) -> None:
    shown, said = page(document(f"<w:tbl>{rows}</w:tbl>"), DOCX)
    assert "AMOUNT1" in shown
    assert all(text in shown for text in rows.replace("<w:t>", "</w:t>").split("</w:t>")[1::2])
    assert "outside" not in said


BOX = "<w:txbxContent>{}</w:txbxContent>"


VML = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
SHAPE = f"<w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing>"
EITHER = (
    f"<mc:AlternateContent><mc:Choice Requires='wps'>{SHAPE}</mc:Choice>"
    f"<mc:Fallback>{VML}</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize("drawing", [VML, EITHER])
def test_a_text_box_stands_once_where_it_is_anchored(drawing: str) -> None:
    box = drawing.replace("{}", par("RECEIVED 5 March"))
    shown, said = page(document(par("before") + f"<w:p><w:r>{box}</w:r></w:p>" + par("after")), DOCX)
    assert shown.index("before") < shown.index("[Text box:]") < shown.index("RECEIVED 5 March") < shown.index("after")
    assert shown.count("RECEIVED") == 1
    assert "outside" not in said


def test_headers_footers_and_hidden_text_of_a_word_document_are_shown() -> None:
    head, foot = (
        f'<w:{tag} xmlns:w="{W}">{par(text)}</w:{tag}>'
        for tag, text in (("hdr", "Ministry 47/2019"), ("ftr", "SECRET"))
    )
    hidden = par("not for all", "<w:rPr><w:vanish/></w:rPr>") + par("for all", '<w:rPr><w:vanish w:val="0"/></w:rPr>')
    shown, said = page(document(par("body") + hidden, header1=head, footer1=foot), DOCX)
    assert shown.index("[Page header] Ministry 47/2019") < shown.index("body") < shown.index("[Page footer] SECRET")
    assert "[hidden: not for all]" in shown
    assert "[hidden: for all]" not in shown
    assert "Text that the original hides is shown in brackets" in said


WRONG = {
    "wrong-pages/rtf-cyrillic.rtf": ["Протокол допроса свидетеля"],
    "wrong-pages/rtf-arabic.rtf": ["شهادة السيد أحمد"],
    "wrong-pages/rtf-four-charsets.rtf": ["café Приговор 証言 证词"],
    "wrong-pages/word-header-textbox-hidden.docx": [
        "Ministry of Interior No. 47/2019", "SECRET footer", "VML TEXTBOX words", "WPS TEXTBOX words",
        "[hidden: HIDDEN TEXT]", "[Picture in a page header or footer]",
    ],
    "wrong-pages/opendocument-tracked-comments.odt": ["DELETED", "Is this first hand?", "TEXTBOX words"],
    "wrong-pages/slides-notes-hidden.pptx": ["SPEAKER NOTE"],
    "situations/02-docx-table-columns/evidence/onecell.docx": ["Payer", "Payee", "Amount", "AMOUNT111"],
    "situations/07-docx-textbox-header/vml.docx": ["BOXVML stamped RECEIVED 5 March 2024", "HEADERWORDS"],
    "situations/07-docx-textbox-header/w.docx": ["HEADERLETTER Ministry of X, file 77/2024", "FOOTERWORDS copy 3"],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(WRONG))
def test_files_that_came_out_wrong_are_shown_whole(real_files: Path, name: str) -> None:
    data = (real_files / name).read_bytes()
    shown, _said = page(data, sniff(io.BytesIO(data), name))
    assert [text for text in WRONG[name] if text not in shown] == []
