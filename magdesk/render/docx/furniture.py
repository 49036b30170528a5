"""What stands on every page: running head, banner, page numbers, the DRAFT mark."""

from __future__ import annotations

from docx.opc.part import Part

from magdesk.document.blocks import Document, Text
from magdesk.render.docx.inlines import Voice, text_runs
from magdesk.render.docx.looks import LINE_GREY, TEXT_WIDTH
from magdesk.render.docx.oxml import Attributes, XmlChild, XmlElement, element, flag, part_root, properties
from magdesk.render.docx.parts import CONTENT_TYPE, RELATIONSHIP_TYPE, XmlPart
from magdesk.render.scripts import is_rtl_language

# In twips. The text is as wide on every paper, so that tables need not know which it is.
_PAPERS = {"letter": (12240, 15840), "a4": (11906, 16838)}
_UPRIGHT = 1440


def section(document: Document, main: Part) -> XmlElement:
    """The section with its headers and footers; the first page has its own."""
    numbered_first = document.page_numbers and not document.cover
    rtl = is_rtl_language(document.lang)
    parts = {
        "headerReference": (
            ("default", _header(document, "/word/header1.xml", document.running_head, rtl=rtl)),
            ("first", _header(document, "/word/header2.xml", "", rtl=rtl)),
        ),
        "footerReference": (
            ("default", _footer(document, "/word/footer1.xml", numbered=document.page_numbers, rtl=rtl)),
            ("first", _footer(document, "/word/footer2.xml", numbered=numbered_first, rtl=rtl)),
        ),
    }
    relationships = {
        "headerReference": RELATIONSHIP_TYPE.HEADER,
        "footerReference": RELATIONSHIP_TYPE.FOOTER,
    }
    references = [
        element(f"w:{name}", {"w:type": kind, "r:id": main.relate_to(part, relationships[name])})
        for name, pairs in parts.items()
        for kind, part in pairs
    ]
    width, height = _PAPERS[document.paper]
    side = (width - TEXT_WIDTH) // 2
    margins = {
        "w:top": _UPRIGHT,
        "w:right": width - TEXT_WIDTH - side,
        "w:bottom": _UPRIGHT,
        "w:left": side,
        "w:header": 648,
        "w:footer": 576,
        "w:gutter": 0,
    }
    return element(
        "w:sectPr",
        None,
        *references,
        element("w:pgSz", {"w:w": width, "w:h": height}),
        element("w:pgMar", margins),
        flag("titlePg"),
        flag("bidi") if rtl else None,
    )


def _header(document: Document, name: str, words: str, *, rtl: bool) -> XmlPart:
    part = XmlPart(name, CONTENT_TYPE.WML_HEADER)
    number = int(name[-5])
    runs = text_runs(Text(" ".join(words.split())), Voice(rtl=rtl)) if words else []
    mark = [_draft_mark(number)] if document.draft else []
    border: Attributes = {"w:val": "single", "w:sz": 4, "w:space": 4, "w:color": LINE_GREY}
    rule = element("w:pBdr", None, element("w:bottom", border)) if words else None
    part.root = part_root("w:hdr", _paragraph("Header", [*runs, *mark], rtl=rtl, rule=rule))
    return part


def _footer(document: Document, name: str, *, numbered: bool, rtl: bool) -> XmlPart:
    part = XmlPart(name, CONTENT_TYPE.WML_FOOTER)
    paragraphs: list[XmlElement] = []
    if document.banner:
        banner = text_runs(Text(" ".join(document.banner.split())), Voice(rtl=rtl))
        paragraphs.append(_paragraph("Footer", banner, rtl=rtl))
    if numbered or not paragraphs:
        space = element("w:spacing", {"w:before": 80}) if paragraphs else None
        paragraphs.append(_paragraph("Footer", _page_numbers() if numbered else [], rtl=False, spacing=space))
    part.root = part_root("w:ftr", *paragraphs)
    return part


def _paragraph(
    style: str, runs: list[XmlElement], *, rtl: bool, rule: XmlChild = None, spacing: XmlChild = None
) -> XmlElement:
    items = [flag("pStyle", style), rule, flag("bidi") if rtl else None, spacing]
    return element("w:p", None, properties("w:pPr", items), *runs)


def _page_numbers() -> list[XmlElement]:
    return [
        *text_runs(Text("Page "), Voice()),
        *_field("PAGE"),
        *text_runs(Text(" of "), Voice()),
        *_field("NUMPAGES"),
    ]


def _field(code: str) -> list[XmlElement]:
    """A field with ``1`` as the value shown until it is first computed, which in a footer is at once."""
    return [
        _mark("begin"),
        element("w:r", None, element("w:instrText", {"xml:space": "preserve"}, text=f" {code} ")),
        _mark("separate"),
        element("w:r", None, element("w:t", text="1")),
        _mark("end"),
    ]


def _mark(kind: str) -> XmlElement:
    return element("w:r", None, element("w:fldChar", {"w:fldCharType": kind}))


def _draft_mark(number: int) -> XmlElement:
    """The watermark as Word itself makes it: word art behind the text, anchored in the header."""
    formulas = (
        "sum #0 0 10800",
        "prod #0 2 1",
        "sum 21600 0 @1",
        "sum 0 0 @2",
        "sum 21600 0 @3",
        "if @0 @3 0",
        "if @0 21600 @1",
        "if @0 0 @2",
        "if @0 @4 21600",
        "mid @5 @6",
        "mid @8 @5",
        "mid @7 @8",
        "mid @6 @7",
        "sum @6 0 @5",
    )
    shape_type = element(
        "v:shapetype",
        {
            "id": "_x0000_t136",
            "coordsize": "21600,21600",
            "o:spt": 136,
            "adj": 10800,
            "path": "m@7,l@8,m@5,21600l@6,21600e",
        },
        element("v:formulas", None, *(element("v:f", {"eqn": formula}) for formula in formulas)),
        element(
            "v:path",
            {
                "textpathok": "t",
                "o:connecttype": "custom",
                "o:connectlocs": "@9,0;@10,10800;@11,21600;@12,10800",
                "o:connectangles": "270,180,90,0",
            },
        ),
        element("v:textpath", {"on": "t", "fitshape": "t"}),
        element(
            "v:handles",
            None,
            element("v:h", {"position": "#0,bottomRight", "xrange": "6629,14971"}),
        ),
        element("o:lock", {"v:ext": "edit", "text": "t", "shapetype": "t"}),
    )
    style = (
        "position:absolute;margin-left:0;margin-top:0;width:420pt;height:160pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = element(
        "v:shape",
        {
            "id": f"PowerPlusWaterMarkObject{number}",
            "o:spid": f"_x0000_s{2048 + number}",
            "type": "#_x0000_t136",
            "alt": "DRAFT",
            "style": style,
            "o:allowincell": "f",
            "fillcolor": "#d6dae0",
            "stroked": "f",
        },
        element("v:fill", {"opacity": ".5"}),
        element("v:textpath", {"style": 'font-family:"Arial";font-size:1pt;font-weight:bold', "string": "DRAFT"}),
        element("w10:wrap", {"anchorx": "margin", "anchory": "margin"}),
    )
    return element("w:r", None, properties("w:rPr", [flag("noProof")]), element("w:pict", None, shape_type, shape))
