"""Blocks: paragraphs and their styles, lists, tables, figures, contents, pages."""

from __future__ import annotations

from typing import Any

import pytest

from magdesk.document.blocks import (
    Block,
    Cell,
    Contents,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Quote,
    Rule,
    Space,
    Table,
    Text,
    plain,
)
from magdesk.render.docx.language import culture
from magdesk.render.docx.oxml import qname
from magdesk.render.docx.tables import column_widths
from tests.render.docx.docx_reading import Written, written
from tests.render.docx.docx_sample import cell, every_feature, note, paragraph, picture


def style_of(node: Any) -> str:
    return str(node.find(f"{qname('w:pPr')}/{qname('w:pStyle')}").get(qname("w:val")))


def value(result: Written, path: str, attribute: str = "w:val", part: str = "word/document.xml") -> str | None:
    found: str | None = result.one(path, part).get(qname(attribute))
    return found


@pytest.mark.parametrize("style", list(ParagraphStyle))
def test_each_role_has_a_style_that_exists(style: ParagraphStyle) -> None:
    result = written(Paragraph(plain("x"), style))
    named = {s.get(qname("w:styleId")) for s in result.find("//w:style", "word/styles.xml")}
    assert style_of(result.one("//w:body/w:p")) in named


def test_every_style_used_exists() -> None:
    result = Written(every_feature(draft=True))
    named = {s.get(qname("w:styleId")) for s in result.find("//w:style", "word/styles.xml")}
    for part in ("document", "footnotes", "header1", "header2", "footer1", "footer2"):
        path = "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"
        assert set(result.find(path, f"word/{part}.xml")) <= named
    for base in result.find("//w:basedOn/@w:val | //w:next/@w:val", "word/styles.xml"):
        assert base in named


@pytest.mark.parametrize(("level", "style"), [(0, "Heading1"), (1, "Heading1"), (4, "Heading4"), (7, "Heading4")])
def test_headings(level: int, style: str) -> None:
    assert style_of(written(Heading(level, plain("x"))).one("//w:body/w:p")) == style


def test_the_number_of_a_fact_hangs_in_the_margin() -> None:
    result = written(Paragraph(plain("It entered."), label="12."), Quote((Paragraph(plain("q"), label="1"),)))
    first, second = result.find("//w:body/w:p")
    assert style_of(first) == "NumberedFact"
    assert [node.tag for node in first.findall(qname("w:r"))[1]] == [qname("w:tab")]
    indent = result.one("//w:style[@w:styleId='NumberedFact']//w:ind", "word/styles.xml")
    assert indent.get(qname("w:hanging")) == indent.get(qname("w:left")) == "720"
    assert style_of(second) == "BlockText"
    assert second.find(f".//{qname('w:ind')}").attrib.values() == ["1440", "720", "720"]


def test_keep_with_next() -> None:
    result = written(Paragraph(plain("x"), keep_with_next=True), paragraph("y"))
    assert len(result.find("//w:body/w:p[w:pPr/w:keepNext]")) == 1


def test_page_breaks_start_the_next_paragraph_on_a_new_page() -> None:
    result = written(PageBreak(), PageBreak(), Heading(1, plain("x")), PageBreak(), Space(2), PageBreak())
    assert len(result.find("//w:body/w:p")) == 2
    assert len(result.find("//w:body/w:p[w:pPr/w:pageBreakBefore]")) == 2
    before_table = written(PageBreak(), Table(((cell("x"),),), (1,)))
    assert before_table.find("//w:body/*")[0].find(f"{qname('w:pPr')}/{qname('w:pageBreakBefore')}") is not None
    before_contents = written(PageBreak(), Contents(), Heading(1, plain("x")))
    assert len(before_contents.find("//w:sdt//w:pageBreakBefore")) == 1
    in_a_cell = written(Table(((Cell((PageBreak(), paragraph("x"))),),), (1,)))
    assert not in_a_cell.find("//w:pageBreakBefore")


def test_space_and_rule() -> None:
    result = written(Space(1.5), Space(0), Space(-3), Rule())
    space, rule = result.find("//w:body/w:p")
    spacing = space.find(f".//{qname('w:spacing')}")
    assert (spacing.get(qname("w:line")), spacing.get(qname("w:lineRule"))) == ("450", "exact")
    assert style_of(rule) == "Rule"


def test_each_numbered_list_starts_again() -> None:
    items = ((paragraph("a"),), (paragraph("b"), paragraph("more")), ())
    result = written(ListBlock(items, ordered=True), ListBlock(items, ordered=True), ListBlock(items))
    assert [n.get(qname("w:val")) for n in result.find("//w:numId")] == ["2", "2", "2", "3", "3", "3", "1", "1", "1"]
    for number in ("2", "3"):
        path = f"//w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='0']/w:startOverride"
        assert value(result, path, part="word/numbering.xml") == "1"


def test_nested_lists_step_in() -> None:
    inner: Block = paragraph("deepest")
    for _ in range(12):
        inner = ListBlock(((paragraph("x"), inner),))
    result = written(inner)
    levels = [int(n.get(qname("w:val"))) for n in result.find("//w:ilvl")]
    assert levels == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8]


def test_an_item_that_begins_with_a_table_still_has_its_mark() -> None:
    result = written(ListBlock(((Table(((cell("x"),),), (1,)),),)))
    mark = result.one("//w:p[w:pPr/w:numPr]")
    assert mark.getnext().tag == qname("w:tbl")
    assert value(result, "//w:tblInd", "w:w") == "360"


def test_a_table_has_a_true_grid() -> None:
    rows = (
        (cell("a", header=True), cell("b", header=True)),
        (cell("wide", span=2),),
        (cell("short"),),
        (cell("over", span=9),),
    )
    result = written(Table(rows, (1, 2), header_rows=1, caption=plain("Cap")))
    grid = [int(c.get(qname("w:w"))) for c in result.find("//w:tblGrid/w:gridCol")]
    assert sum(grid) == 9360
    assert value(result, "//w:tblPr/w:tblLayout", "w:type") == "fixed"
    for row in result.find("//w:tr"):
        wide = 0
        for item in row.findall(qname("w:tc")):
            span = item.find(f".//{qname('w:gridSpan')}")
            columns = 1 if span is None else int(span.get(qname("w:val")))
            here = int(item.find(f".//{qname('w:tcW')}").get(qname("w:w")))
            assert here == sum(grid[wide : wide + columns])
            wide += columns
            assert item[-1].tag == qname("w:p")
        assert wide == len(grid) == 9
        assert row.find(f".//{qname('w:cantSplit')}") is not None
    assert len(result.find("//w:tr[w:trPr/w:tblHeader]")) == 1
    assert value(result, "//w:tblPr/w:tblCaption") == "Cap"
    assert style_of(result.find("//w:body/w:p")[0]) == "Caption"
    assert result.find("//w:body/w:p")[0].find(f".//{qname('w:keepNext')}") is not None
    assert style_of(result.find("//w:tc//w:p")[0]) == "TableHeading"


@pytest.mark.parametrize(
    ("rows", "head", "ruled", "tied"),
    [(5, 1, True, 4), (6, 1, True, 1), (6, 0, True, 0), (12, 0, False, 11), (13, 0, False, 0), (1, 1, True, 1)],
)
def test_short_tables_stay_on_one_page_and_heads_with_their_rows(
    rows: int, head: int, ruled: bool, tied: int
) -> None:
    result = written(Table(tuple((cell("x"), cell("y")) for _ in range(rows)), (1, 1), head, ruled=ruled))
    assert len(result.find("//w:tr[count(.//w:keepNext) = 2]")) == tied


def test_a_table_at_the_end_starts_no_page_of_its_own() -> None:
    last = written(Table(((cell("x"),),), (1,))).find("//w:body/w:p")[-1]
    assert last.find(f".//{qname('w:spacing')}").get(qname("w:line")) == "20"


@pytest.mark.parametrize(
    ("shares", "widths"),
    [
        ((1, 1, 2), [2340, 2340, 4680]),
        ((), [3120, 3120, 3120]),
        ((0, -1, 0), [3120, 3120, 3120]),
        ((1, 1000, 1), [560, 8240, 560]),
        ((3, 1), [3510, 1170, 2340, 2340]),
    ],
)
def test_widths_add_up_and_no_column_vanishes(shares: tuple[float, ...], widths: list[int]) -> None:
    row = tuple(cell("x") for _ in range(len(widths)))
    assert column_widths([row], shares, 9360) == pytest.approx(widths, abs=1200)
    assert sum(column_widths([row], shares, 9360)) == 9360
    assert min(column_widths([row], shares, 9360)) >= 560


def test_tints_follow_roles_and_unknown_roles_none() -> None:
    shades = ("head", "good", "warn", "bad", "muted", "", "purple")
    result = written(Table((tuple(cell("x", shade=shade) for shade in shades),), ()))
    fills = [s.get(qname("w:fill")) for s in result.find("//w:tc//w:shd")]
    assert len(fills) == len(set(fills)) == 5


def test_empty_tables_leave_nothing_broken() -> None:
    assert not written(Table((), (1,)), Table(((),), ())).find("//w:tbl")
    assert written(Table(((Cell(()),),), ())).one("//w:tc/w:p") is not None


def test_a_figure_is_in_proportion_and_described() -> None:
    result = written(
        Figure(picture(), 0.5, 'A "grey"\npicture <1>', plain("Figure 1")),
        Figure(picture(), 0.25, "again"),
        Figure(picture("JPEG", (10, 400)), 1, "tall"),
        Figure(b"GIF89a", 1, "unreadable"),
    )
    extents = [(int(e.get("cx")), int(e.get("cy"))) for e in result.find("//wp:extent")]
    assert extents[0] == ((4680 * 635), round(4680 * 635 * 40 / 60))
    assert extents[2][1] == 11000 * 635
    assert [d.get("descr") for d in result.find("//wp:docPr")] == ['A "grey" picture <1>', "again", "tall"]
    assert sorted(name for name in result.parts if "media" in name) == [
        "word/media/image1.png",
        "word/media/image2.jpeg",
    ]
    assert result.words()[-1] == "unreadable"


def test_contents_is_a_real_field_already_filled() -> None:
    result = written(
        Heading(1, plain("Contents")),
        Contents(2),
        Heading(1, (Text("One"), note("n"))),
        Heading(2, plain("محمد"), anchor="a"),
        Heading(3, plain("Too deep")),
    )
    code = result.one("//w:sdt//w:instrText").text
    assert code == ' TOC \\o "1-2" \\h \\z \\u '
    assert [f.get(qname("w:fldCharType")) for f in result.find("//w:sdt//w:fldChar")] == ["begin", "separate", "end"]
    entries = result.find("//w:sdt//w:p")
    assert [style_of(entry) for entry in entries] == ["TOC1", "TOC2"]
    assert ["".join(t.text for t in e.iter(qname("w:t"))) for e in entries] == ["One", "محمد"]
    names = {b.get(qname("w:name")) for b in result.find("//w:bookmarkStart")}
    assert {h.get(qname("w:anchor")) for h in result.find("//w:sdt//w:hyperlink")} <= names
    assert style_of(result.find("//w:body/w:p")[0]) == "TOCHeading"
    assert b"updateFields" not in result.parts["word/settings.xml"]
    assert b"dirty" not in result.parts["word/document.xml"]
    assert not written(Contents(), paragraph("x")).find("//w:sdt")


def test_headers_and_footers() -> None:
    result = written(paragraph("x"), running_head="HEAD", banner="BANNER", cover=True)
    assert value(result, "//w:pgSz", "w:w") == "12240"
    assert result.one("//w:sectPr/w:titlePg") is not None
    parts = {name: "".join(result.xml(f"word/{name}.xml").itertext()) for name in _furniture()}
    assert parts["header1"] == "HEAD"
    assert parts["header2"] == ""
    assert parts["footer1"] == "BANNERPage  PAGE 1 of  NUMPAGES 1"
    assert parts["footer2"] == "BANNER"
    arabic = written(paragraph("x"), banner="سري", lang="ar").xml("word/footer1.xml")
    assert [p.find(f".//{qname('w:bidi')}") is not None for p in arabic] == [True, False]
    without_cover = written(paragraph("x"))
    assert "PAGE" in "".join(without_cover.xml("word/footer2.xml").itertext())
    unnumbered = written(paragraph("x"), page_numbers=False)
    assert "PAGE" not in "".join(unnumbered.xml("word/footer1.xml").itertext())


def test_the_draft_mark_is_on_every_page() -> None:
    result = written(paragraph("x"), draft=True)
    for name in ("header1", "header2"):
        assert result.one("//v:shape/v:textpath", f"word/{name}.xml").get("string") == "DRAFT"
    assert b"DRAFT" not in b"".join(written(paragraph("x")).parts.values())


def _furniture() -> tuple[str, ...]:
    return ("header1", "header2", "footer1", "footer2")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "en-US"), ("EN_gb", "en-GB"), ("zh-Hant-TW", "zh-TW"), ("sr-latn", "sr-Latn"), ("xx", "xx"), ("", ""),
     ("?", ""), ("a" * 90, "")],
)  # fmt: skip
def test_culture_tags(tag: str, expected: str) -> None:
    assert culture(tag) == expected
