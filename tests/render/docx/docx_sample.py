"""A document that uses every block and inline there is, in several scripts."""

from __future__ import annotations

import io

from PIL import Image

from magdesk.document.blocks import (
    Cell,
    Contents,
    CrossRef,
    Document,
    ExhibitRef,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Note,
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


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A small grey picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 210, 220)).save(out, kind)
    return out.getvalue()


def cell(*inlines: str | Inline, header: bool = False, shade: str = "", span: int = 1) -> Cell:
    """A cell of one paragraph."""
    return Cell((paragraph(*inlines),), header=header, shade=shade, span=span)


def paragraph(*inlines: str | Inline) -> Paragraph:
    """A body paragraph."""
    return Paragraph(tuple(Text(inline) if isinstance(inline, str) else inline for inline in inlines))


def note(*inlines: str | Inline) -> Note:
    """A note."""
    return Note(paragraph(*inlines).inlines)


def every_feature(*, draft: bool = False, cover: bool = True) -> Document:
    """The document."""
    style = ParagraphStyle
    return Document(
        title="Submission: أحمد & <others>",
        lang="en",
        banner="CONFIDENTIAL – in confidence to the U.S. Government.",
        running_head="Submission on Gen. Rahimi (أحمد رحيمي)",
        draft=draft,
        author="Generica Rights Clinic",
        date="2026-11-20",
        cover=cover,
        blocks=(
            Space(5),
            Paragraph(plain("Formal Submission"), style.TITLE),
            Paragraph(plain("under an Act"), style.SUBTITLE),
            Paragraph(plain("by a clinic"), style.CENTRED),
            Paragraph(plain("CONFIDENTIAL"), style.BANNER),
            PageBreak(),
            Heading(1, plain("Contents")),
            Contents(3),
            PageBreak(),
            Heading(1, (Text("Summary"), note("A note to a heading.")), "summary"),
            Paragraph(plain("It recommends three designations."), style.LEAD, keep_with_next=True),
            paragraph(
                "General Rahimi (",
                Text("أحمد رحيمي", lang="fa"),
                ") commanded it.",
                note("Republic, ", Text("Order No. 12", italic=True), ", ", Link(plain("site"), "https://x.example/a"),
                     "; ", ExhibitRef("Ex. 7 at GEN-000123", 12), "."),
                " See ", CrossRef("12", "f12"), " and ", CrossRef("missing", "nowhere"), ", ",
                ExhibitRef("Ex. 3 at GEN-000045", 44), ", ", ExhibitRef("Ex. 4 (native)", 0), ", ",
                Link((Text("report "), Text("of 2014", italic=True), note("In a link.")), "https://x.example/r?x=1&y=ع"),
                note("Иван Петров, Жизнь; 习近平; محمد (أبو علي)."),
            ),
            Heading(2, plain("Иван Петров, 李伟")),
            paragraph(
                Text("bold", bold=True), " ", Text("italic", italic=True), " ", Text("small", small_caps=True), " ",
                Text("mono", mono=True), " ", Text("قائد", bold=True), " ", Text("שלום", italic=True),
                " ประเทศไทย हिन्दी საქართველო မြန်မာ 대한민국 日本の人権 ", LineBreak(), "second line\ttabbed",
            ),
            Heading(3, plain("Numbered facts")),
            Paragraph((Text("The unit entered."), note("Ex. 1.")), label="12.", anchor="f12"),
            Paragraph(plain("In small type."), style.SMALL, label="a)"),
            Heading(4, plain("Fourth level")),
            Quote((paragraph("We had orders."), ListBlock(((paragraph("quoted item"),),)), paragraph("Second."))),
            Quote((paragraph("قال الشاهد في 2014 (هنا): John Smith.", note("Statement of Witness 3.")),), lang="ar"),
            Quote((paragraph("委员会认定。"),), lang="zh-Hant"),
            ListBlock(
                (
                    (paragraph("First"),),
                    (
                        paragraph("Second"),
                        ListBlock(((paragraph("inner one"),), (paragraph("inner two"), paragraph("more of it"))),
                                  ordered=True),
                    ),
                    (Table(((cell("a table in an item"),),), (1,)),),
                )
            ),
            ListBlock(((paragraph("one"),), (paragraph("two", note("In a list.")),)), ordered=True),
            paragraph("Between lists."),
            ListBlock(((paragraph("one again"),),), ordered=True),
            Rule(),
            Table(
                rows=(
                    (cell("Name", header=True), cell("Script", header=True), cell("Assessment", header=True)),
                    (cell("RAHIMI", note("In a table: ", ExhibitRef("Ex. 4", 50))), cell("احمد"),
                     cell("ok", shade="good")),
                    (cell("PETROV"), cell("Петров"), cell("one", shade="warn")),
                    (cell("LI"), Cell((ListBlock(((paragraph("李伟"),),)),)), cell("none", shade="bad")),
                    (cell("Spanning", span=2, shade="muted"), cell("x")),
                    (cell("short row"),),
                    (Cell((Table(((cell("nested"), cell("table")),), (1, 1)),)), cell("y"), cell("z")),
                    (cell("too wide", span=9),),
                ),
                widths=(2, 2, 1),
                header_rows=1,
                caption=(Text("Table 1. The persons"), note("In a caption.")),
            ),
            Table(((cell("Born"), cell("1961")),), (1, 3), ruled=False),
            Figure(picture(), 0.5, "A grey picture", plain("Figure 1")),
            Figure(picture("JPEG", (10, 400)), 1, "A tall picture"),
            Figure(b"not a picture", 0.5, "A picture that cannot be read"),
            PageBreak(),
            Table(((cell("on a new page"),),), (1,)),
            Paragraph(plain("The Secretary\nWashington"), style.ADDRESS),
            Paragraph(plain("Table note"), style.CAPTION),
            paragraph("הוועדה קבעה."),
            Paragraph(plain("Документ."), lang="ru"),
        ),
    )  # fmt: skip
