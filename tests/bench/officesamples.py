"""Sound documents of office programs: each structure of their kind once."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

from magdesk.intake.compoundfile import compound_file
from tests.intake import making
from tests.intake.conversion import conversion_samples as office

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TEXT = "application/vnd.oasis.opendocument.text"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RTF = (
    rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Arial;}}{\info{\title One}{\author Two}"
    rb"{\creatim\yr2014\mo3\dy5}}\f0 \'cf\'f0\'e8\u1082?{\b bold}\par{\*\annotation x}{\pict\pngblip 89504e47}\par"
    rb"{\v gone}{\footnote note}\trowd\cellx900 a\cell b\cell\row"
    rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt y}}\bin3 abc}"
)
_PACKAGED = compound_file({"\x01Ole10Native": b"\x20\0\0\0\2\0a.txt\0C:\\a.txt\0\0\0\3\0\6\0\0\0a.txt\0\3\0\0\0One"})


def _relations(*targets: tuple[str, str]) -> str:
    ones = "".join(
        f'<Relationship Id="r{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{ones}</Relationships>'


def _properties() -> dict[str, str]:
    return {
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">'
        "<dc:creator>A</dc:creator><dcterms:created>2014-03-05T10:00:00Z</dcterms:created></cp:coreProperties>",
        "docProps/app.xml": "<Properties><Application>B</Application><Pages>2</Pages></Properties>",
        "docProps/custom.xml": '<Properties><property name="C"><lpwstr>D</lpwstr></property></Properties>',
    }


def word() -> Mapping[str, str | bytes]:
    w = f'xmlns:w="{making.W}" xmlns:r="{_R}"'
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='1'/><w:vMerge w:val='restart'/></w:tcPr>{}</w:tc>"
    body = (
        "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
        "<w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:t xml:space='preserve'>One </w:t><w:br w:type='page'/><w:tab/></w:r>"
        "<w:del w:id='1' w:author='B' w:date='2015-03-01T10:00:00Z'><w:r><w:delText>Two</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='C'><w:r><w:t>Three</w:t></w:r></w:ins>"
        "<w:hyperlink r:id='r1'><w:r><w:t>Four</w:t></w:r></w:hyperlink>"
        "<w:r><w:footnoteReference w:id='1'/><w:endnoteReference w:id='1'/><w:commentReference w:id='1'/></w:r></w:p>"
        f"<w:tbl><w:tblGrid><w:gridCol w:w='9'/></w:tblGrid><w:tr>{cell.format(making.paragraph('Five'))}"
        f"{cell.format('<w:p/>')}</w:tr></w:tbl><w:p><w:r><w:pict><v:shape xmlns:v='v'><v:textbox><w:txbxContent>"
        f"{making.paragraph('Six')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>DATE</w:instrText>"
        "<w:fldChar w:fldCharType='end'/></w:r></w:p></w:sdtContent></w:sdt><w:p><w:r><w:drawing>"
        f"<a:blip xmlns:a='{making.A}' r:embed='r2'/></w:drawing></w:r></w:p>"
        "<w:sectPr><w:headerReference w:type='default' r:id='r3'/></w:sectPr>"
    )

    def notes(kind: str) -> str:
        one = f"<w:{kind} w:id='1' w:author='D' w:date='2014-03-05T00:00:00Z'>{making.paragraph('Seven')}</w:{kind}>"
        return f"<w:{kind}s {w}>{one}</w:{kind}s>"

    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {w}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            ("hyperlink", "http://a.test/"), ("image", "media/image1.png"), ("header", "header1.xml")
        ),
        "word/styles.xml": f"<w:styles {w}><w:style w:type='paragraph' w:styleId='Heading1'>"
        "<w:name w:val='heading 1'/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>",
        "word/numbering.xml": f"<w:numbering {w}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'>"
        "<w:numFmt w:val='bullet'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        "</w:numbering>",
        **{f"word/{kind}s.xml": notes(kind) for kind in ("footnote", "endnote", "comment")},
        "word/header1.xml": f"<w:hdr {w}>{making.paragraph('Eight')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {w}>{making.paragraph('Nine')}</w:ftr>",
        "word/media/image1.png": office.png((4, 4)),
        "word/embeddings/oleObject1.bin": _PACKAGED,
        **_properties(),
    }


def slides() -> Mapping[str, str | bytes]:
    space = f'xmlns:a="{making.A}" xmlns:p="p" xmlns:r="{_R}"'

    def slide(text: str, about: str = "") -> str:
        table = f"<a:tbl><a:tr><a:tc><a:p><a:r><a:t>{text} 2</a:t></a:r></a:p></a:tc></a:tr></a:tbl>"
        return f"<p:sld {space} {about}><p:sp><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sp>{table}</p:sld>"

    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {space}><p:sldIdLst><p:sldId id='256' r:id='r2'/>"
        "<p:sldId id='257' r:id='r1'/></p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": _relations(("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml")),
        "ppt/slides/slide1.xml": slide("One"),
        "ppt/slides/slide2.xml": slide("Two", 'show="0"'),
        "ppt/slides/_rels/slide1.xml.rels": _relations(
            ("notesSlide", "../notesSlides/notesSlide1.xml"),
            ("comments", "../comments/comment1.xml"),
            ("image", "../media/image1.png"),
        ),
        "ppt/notesSlides/notesSlide1.xml": slide("Three"),
        "ppt/comments/comment1.xml": "<p:cmLst xmlns:p='p'><p:cm><p:text>Four</p:text></p:cm></p:cmLst>",
        "ppt/media/image1.png": office.png((4, 4)),
        **_properties(),
    }


_PART = (
    '<text:h text:outline-level="1">A</text:h><text:p text:style-name="P1">One<text:s text:c="3"/>two<text:tab/>'
    '<text:span text:style-name="T1">three</text:span><text:line-break/><text:a>four</text:a><text:note>'
    "<text:note-citation>1</text:note-citation><text:note-body><text:p>five</text:p></text:note-body></text:note>"
    "</text:p><text:list><text:list-item><text:p>six</text:p></text:list-item></text:list>"
    '<draw:frame><draw:image href="Pictures/1.png"/></draw:frame><text:tracked-changes/>'
)
SHEET = (
    '<office:body><office:spreadsheet><table:table table:name="Payments"><table:table-column '
    'table:number-columns-repeated="2"/><table:table-row>'
    '<table:table-cell office:value-type="float" office:value="1"><text:p>One</text:p></table:table-cell>'
    '<table:table-cell table:number-columns-repeated="3"/>'
    '<table:covered-table-cell/></table:table-row><table:table-row table:number-rows-repeated="2" '
    'table:visibility="collapse"><table:table-cell office:value-type="date" office:date-value="2014-03-05" '
    'table:number-columns-spanned="2"><text:p>2</text:p></table:table-cell></table:table-row></table:table>'
    "</office:spreadsheet></office:body>"
)
SLIDE = (
    '<office:body><office:presentation><draw:page draw:name="p1"><draw:frame><draw:text-box><text:p>One</text:p>'
    "</draw:text-box></draw:frame></draw:page></office:presentation></office:body>"
)


def open_text() -> bytes:
    made = office.open_document(_TEXT, f"<office:body><office:text>{_PART}</office:text></office:body>")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        content = archive.read("content.xml")
    entry = '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>'
    manifest = f'<m:manifest xmlns:m="m">{entry}</m:manifest>'
    about = "<office><meta><title>A</title><creation-date>2014-03-05T10:00:00Z</creation-date></meta></office>"
    parts: dict[str, str | bytes] = {
        "content.xml": content,
        "meta.xml": about,
        "META-INF/manifest.xml": manifest,
        "Pictures/1.png": office.png((4, 4)),
    }
    return making.packed(parts, _TEXT)


def old_workbook() -> bytes:
    """A workbook of 1997 ([MS-XLS]): a text, numbers, a truth, an error, a hidden column, joined cells."""

    def record(kind: int, form: str = "", *values: object, more: bytes = b"") -> bytes:
        body = struct.pack("<" + form, *values) + more
        return struct.pack("<HH", kind, len(body)) + body

    sheet = record(0x0809, "HHHHII", 0x0600, 0x10, 0x0DBB, 0x07CC, 0, 6)
    sheet += record(0x007D, "HHHHHH", 1, 1, 2560, 0, 1, 0) + record(0x0200, "IIHHH", 0, 3, 0, 3, 0)
    sheet += record(0x0208, "HHHHHHI", 0, 0, 3, 255, 0, 0, 0x0120) + record(0x00FD, "HHHI", 0, 0, 0, 0)
    sheet += record(0x0203, "HHHd", 0, 1, 1, 41703.5) + record(0x027E, "HHHI", 0, 2, 0, 0x40000002)
    sheet += record(0x00BD, "HHHIHIH", 1, 0, 0, 0x3FF00000, 0, 0x3FF00000, 1)
    sheet += record(0x0205, "HHHBB", 2, 0, 0, 1, 0) + record(0x0205, "HHHBB", 2, 1, 0, 7, 1)
    sheet += record(0x0006, "HHHdHI", 2, 2, 0, 1.5, 0, 0, more=b"\3\0\x1e\1\0")
    sheet += record(0x00E5, "HHHHH", 1, 0, 1, 0, 1) + record(0x000A)
    fonts = record(0x0031, "HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, more=b"\5\0Arial") * 5
    forms = record(0x041E, "H", 164, more=b"\x0a\0\0yyyy-mm-dd")
    looks = b"".join(record(0x00E0, "HHHBBBBIIH", 0, form, 1, 0x20, 0, 0, 0, 0, 0, 0x20C0) for form in (0, 164))
    texts = record(0x00FC, "II", 2, 2, more=b"\3\0\0One" + b"\3\0\1" + "Два".encode("utf-16-le"))
    head = record(0x0809, "HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6) + record(0x0042, "H", 1200)
    head += record(0x0022, "H", 0) + fonts + forms + looks
    bound = len(head) + 4 + 6 + 2 + 8 + len(texts) + 4  # where the sheet begins
    book = head + record(0x0085, "IBB", bound, 0, 0, more=b"\x08\0Payments") + texts + record(0x000A)
    return compound_file({"Workbook": book + sheet})
