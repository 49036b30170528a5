"""The style sheet part, written from the looks."""

from __future__ import annotations

from magdesk.render.docx.language import MONO, SERIF, culture
from magdesk.render.docx.looks import LINE_GREY, LOOKS, NAVY, Look
from magdesk.render.docx.oxml import Attributes, XmlChild, XmlElement, element, flag, one_face, part_root, properties


def styles(lang: str) -> XmlElement:
    """The root of the styles part for a document in the given language."""
    return part_root(
        "w:styles",
        _defaults(lang),
        _latent(),
        _style("paragraph", "Normal", "Normal", default=True, gallery=True),
        *(_paragraph(look) for look in LOOKS),
        _style("character", "DefaultParagraphFont", "Default Paragraph Font", default=True, hidden=True),
        _character("Hyperlink", "Hyperlink", [flag("color", "1F4E8C"), flag("u", "single")]),
        _character("ExhibitReference", "Exhibit Reference", [flag("color", "1F4E8C")]),
        _character("CrossReference", "Cross Reference", []),
        _character("FootnoteReference", "footnote reference", [flag("vertAlign", "superscript")]),
        _character("Code", "Code", [one_face(MONO), flag("noProof")]),
        _style("table", "TableNormal", "Normal Table", default=True, hidden=True, body=[_table_properties(left=108)]),
        _ruled_table(),
        _style("table", "PlainTable", "Plain Columns", based_on="TableNormal", body=[_table_properties(left=0)]),
        _style("numbering", "NoList", "No List", default=True, hidden=True),
    )


def _defaults(lang: str) -> XmlElement:
    run = [
        element("w:rFonts", {"w:ascii": SERIF, "w:hAnsi": SERIF, "w:eastAsia": "SimSun", "w:cs": SERIF}),
        flag("sz", 24),
        flag("szCs", 24),
        element("w:lang", {"w:val": culture(lang) or "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"}),
    ]
    spacing = element("w:spacing", {"w:line": 264, "w:lineRule": "auto"})
    return element(
        "w:docDefaults",
        None,
        element("w:rPrDefault", None, properties("w:rPr", run)),
        element("w:pPrDefault", None, properties("w:pPr", [spacing])),
    )


def _latent() -> XmlElement:
    """Word's other built-in styles stay out of the reader's style list until used."""
    return element(
        "w:latentStyles",
        {
            "w:defLockedState": 0,
            "w:defUIPriority": 99,
            "w:defSemiHidden": 1,
            "w:defUnhideWhenUsed": 1,
            "w:defQFormat": 0,
            "w:count": 376,
        },
    )


def _style(
    kind: str,
    style_id: str,
    name: str,
    *,
    default: bool = False,
    based_on: str = "",
    following: str = "",
    hidden: bool = False,
    gallery: bool = False,
    custom: bool = False,
    body: list[XmlChild] | None = None,
) -> XmlElement:
    attributes: dict[str, str | int] = {"w:type": kind}
    if default:
        attributes["w:default"] = 1
    if custom:
        attributes["w:customStyle"] = 1
    attributes["w:styleId"] = style_id
    return element(
        "w:style",
        attributes,
        flag("name", name),
        flag("basedOn", based_on) if based_on else None,
        flag("next", following) if following else None,
        flag("uiPriority", 99 if hidden else 1),
        flag("semiHidden") if hidden else None,
        flag("unhideWhenUsed") if hidden else None,
        flag("qFormat") if gallery else None,
        *(body or []),
    )


_CUSTOM = frozenset(
    {
        "Lead",
        "SmallText",
        "NumberedFact",
        "Centred",
        "Address",
        "Banner",
        "Figure",
        "TableText",
        "TableHeading",
        "TableSmall",
    }
    | {"Rule", "Spacer", "ExhibitReference", "CrossReference", "Code", "RuledTable", "PlainTable"}
)


def _paragraph(look: Look) -> XmlElement:
    run: list[XmlChild] = []
    if look.bold:
        run += [flag("b"), flag("bCs")]
    if look.italic:
        run += [flag("i"), flag("iCs")]
    if look.small_caps:
        run.append(flag("smallCaps"))
    if look.colour:
        run.append(flag("color", look.colour))
    if look.size:
        run += [flag("sz", look.size), flag("szCs", look.size)]
    return _style(
        "paragraph",
        look.id,
        look.name,
        based_on=look.based_on,
        following=look.next,
        gallery=look.gallery,
        custom=look.id in _CUSTOM,
        body=[properties("w:pPr", _paragraph_items(look)), properties("w:rPr", run)],
    )


def _paragraph_items(look: Look) -> list[XmlChild]:
    spacing: dict[str, str | int] = {}
    if look.before is not None:
        spacing["w:before"] = look.before
    if look.after is not None:
        spacing["w:after"] = look.after
    if look.line is not None:
        spacing |= {"w:line": look.line, "w:lineRule": "auto"}
    indent: dict[str, str | int] = {}
    if look.left:
        indent["w:left"] = look.left
    if look.right:
        indent["w:right"] = look.right
    if look.hanging:
        indent["w:hanging"] = look.hanging
    border: Attributes = {"w:val": "single", "w:sz": 4, "w:space": 3, "w:color": LINE_GREY}
    return [
        flag("keepNext") if look.keep_next else None,
        flag("keepLines") if look.keep_lines else None,
        element("w:pBdr", None, element(f"w:{look.rule}", border)) if look.rule else None,
        element("w:tabs", None, *(_tab(*tab) for tab in look.tabs)) if look.tabs else None,
        element("w:spacing", spacing) if spacing else None,
        element("w:ind", indent) if indent else None,
        flag("jc", look.align) if look.align else None,
        flag("outlineLvl", look.outline) if look.outline is not None else None,
    ]


def _tab(kind: str, position: int, leader: str) -> XmlElement:
    attributes: dict[str, str | int] = {"w:val": kind}
    if leader:
        attributes["w:leader"] = leader
    return element("w:tab", attributes | {"w:pos": position})


def _character(style_id: str, name: str, run: list[XmlChild]) -> XmlElement:
    return _style(
        "character",
        style_id,
        name,
        based_on="DefaultParagraphFont",
        custom=style_id in _CUSTOM,
        body=[properties("w:rPr", run)],
    )


def _table_properties(*, left: int, borders: XmlChild = None) -> XmlElement:
    margins = element(
        "w:tblCellMar",
        None,
        element("w:top", {"w:w": 30, "w:type": "dxa"}),
        element("w:left", {"w:w": left, "w:type": "dxa"}),
        element("w:bottom", {"w:w": 30, "w:type": "dxa"}),
        element("w:right", {"w:w": 108, "w:type": "dxa"}),
    )
    return element("w:tblPr", None, element("w:tblInd", {"w:w": 0, "w:type": "dxa"}), borders, margins)


def _ruled_table() -> XmlElement:
    heavy: Attributes = {"w:val": "single", "w:sz": 8, "w:space": 0, "w:color": NAVY}
    light: Attributes = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": LINE_GREY}
    borders = element(
        "w:tblBorders",
        None,
        element("w:top", heavy),
        element("w:bottom", heavy),
        element("w:insideH", light),
    )
    return _style(
        "table",
        "RuledTable",
        "Ruled Table",
        based_on="TableNormal",
        custom=True,
        body=[_table_properties(left=108, borders=borders)],
    )
