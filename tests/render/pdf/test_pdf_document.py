from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from magdesk.document.blocks import (
    Contents,
    CrossRef,
    Document,
    ExhibitRef,
    Figure,
    Heading,
    Link,
    ListBlock,
    PageBreak,
    ParagraphStyle,
    Quote,
    Rule,
    Space,
    Table,
    Text,
)
from magdesk.render.pdf import render_pdf
from tests.effort import calls
from tests.render.pdf.pdf_reading import (
    LOREM,
    cell,
    inlines,
    note,
    opened,
    pages,
    para,
    poppler_text,
    poppler_words,
    qpdf_clean,
    render,
)


def _document() -> Document:
    return Document(
        "Submission concerning Виктор Орлов",
        (
            para("Submission", style=ParagraphStyle.TITLE),
            PageBreak(),
            Heading(1, inlines("Contents")),
            Contents(2),
            PageBreak(),
            Heading(1, inlines("Facts"), anchor="facts"),
            *(para(LOREM, note(f"Note {n}"), label=f"{n}.", anchor=f"fact-{n}") for n in range(1, 30)),
            Heading(2, inlines("فيكتور أورلوف")),
            para("See ", CrossRef("fact 3", "fact-3"), " and ", ExhibitRef("Ex. 7 at GEN-000123", 41), "."),
            para(Link(inlines("the report"), "https://example.org/ä?x=1")),
        ),
        banner="Confidential",
        running_head="Submission concerning Orlov",
        draft=True,
        author="Human Rights Centre of Generica",
        date="2026-03-05",
        cover=True,
    )


def test_same_document_gives_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    render_pdf(_document(), first)
    render_pdf(_document(), second)
    assert first.getvalue() == second.getvalue()


def test_metadata_bookmarks_and_language(tmp_path: Path) -> None:
    out = io.BytesIO()
    render_pdf(_document(), out)
    qpdf_clean(out.getvalue(), tmp_path)
    with opened(out.getvalue()) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Submission concerning Виктор Орлов"
        assert str(pdf.docinfo["/Author"]) == "Human Rights Centre of Generica"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260305000000")
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Contents", "Facts"]
            assert [item.title for item in outline.root[1].children] == ["فيكتور أورلوف"]


def test_anchors_tell_the_page() -> None:
    out = io.BytesIO()
    info = render_pdf(_document(), out)
    text = pages(out.getvalue())
    assert info.pages == len(text)
    assert info.anchors["facts"] == 3
    assert set(info.anchors) == {"facts", *(f"fact-{n}" for n in range(1, 30))}
    assert " 29. " in f" {text[info.anchors['fact-29'] - 1]} " or "29." in text[info.anchors["fact-29"] - 1]


def test_links_open_the_exhibit_page_the_address_and_the_fact() -> None:
    out = io.BytesIO()
    info = render_pdf(_document(), out)
    with opened(out.getvalue()) as pdf:
        annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
        actions = [annotation.A for annotation in annotations if "/A" in annotation]
        remote = [action for action in actions if action.S == "/GoToR"]
        assert [(str(action.F.UF), int(action.D[0]), str(action.D[1])) for action in remote] == [
            ("03-exhibits.pdf", 40, "/Fit")
        ]
        assert [str(action.URI) for action in actions if action.S == "/URI"] == ["https://example.org/%C3%A4?x=1"]
        inner = [str(annotation.Dest) for annotation in annotations if "/Dest" in annotation]
        inner += [str(action.D) for action in actions if action.S == "/GoTo"]
        assert len(inner) >= 2 + 2 * 29 + 1
        assert info.pages > 3


def test_contents_show_the_pages_of_headings(tmp_path: Path) -> None:
    out = io.BytesIO()
    info = render_pdf(_document(), out)
    listed = [line.split() for line in poppler_text(out.getvalue(), tmp_path).splitlines()]
    assert ["3"] in listed or any(line[:1] == ["Facts"] and line[-1] == "3" for line in listed if line)
    text = pages(out.getvalue())[1]
    assert "Facts" in text
    assert str(info.pages) in text.split()


def test_banner_draft_mark_and_numbers_are_on_every_page() -> None:
    out = io.BytesIO()
    info = render_pdf(_document(), out)
    for number, text in enumerate(pages(out.getvalue()), start=1):
        assert "Confidential" in text
        assert "DRAFT" in text
        assert (f"{number} of {info.pages}" in text) == (number > 1)
        assert ("Submission concerning Orlov" in text) == (number > 1)
    clean, _ = render(para("x"), page_numbers=False)
    assert pages(clean) == ["x"]


def test_scripts_in_addresses_are_not_linked() -> None:
    data, _ = render(para(Link(inlines("click"), "javascript:alert(1)"), Link(inlines("file"), "file:///etc/passwd")))
    with opened(data) as pdf:
        assert "/Annots" not in pdf.pages[0]


def test_references_to_nowhere_are_only_text() -> None:
    data, _ = render(para(CrossRef("nowhere", "missing"), ExhibitRef("Ex. 9 (native)", 0)))
    assert pages(data)[0].startswith("nowhereEx. 9 (native)")
    with opened(data) as pdf:
        assert "/Annots" not in pdf.pages[0]


def test_long_table_repeats_its_head(tmp_path: Path) -> None:
    rows = [(cell("Number"), cell("Statement"))] + [(cell(f"r{n}"), cell(LOREM)) for n in range(60)]
    data, info = render(Table(tuple(rows), (1, 4), header_rows=1, caption=inlines("Table 1. Statements")))
    words = poppler_words(data, tmp_path)
    assert info.pages > 3
    assert sum(word.text == "Number" for word in words) == info.pages
    assert [word.text for word in words if word.text in {f"r{n}" for n in range(60)}] == [f"r{n}" for n in range(60)]
    assert sum(word.text == "Statements" for word in words) == 1


def test_a_row_taller_than_a_page_is_parted_and_nothing_is_lost(tmp_path: Path) -> None:
    tall = tuple(para(f"p{n} ", note(f"source{n}"), LOREM) for n in range(40))
    blocks = Table(((cell("A"), cell("B")), (cell("x"), type(cell("y"))(tall))), (1, 4), header_rows=1)
    data, info = render(para(LOREM), blocks, para("after"))
    place = {word.text: word.page for word in poppler_words(data, tmp_path)}
    assert info.pages > 3
    for number in range(40):
        assert place[f"p{number}"] == place[f"source{number}"]
    assert "after" in place
    qpdf_clean(data, tmp_path)


def test_spans_shades_and_long_words_stay_inside_the_table(tmp_path: Path) -> None:
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    rows = (
        (cell("over all three", span=3, header=True),),
        (cell(digest), cell("good", shade="good"), cell("bad", shade="bad")),
        (cell("two", span=2, shade="warn"), cell("https://www.example.org/" + "path/" * 20, shade="muted")),
    )
    data, _ = render(Table(rows, (1, 1, 1)))
    words = poppler_words(data, tmp_path)
    assert max(word.x1 for word in words) <= 612 - 88 + 1
    first = [word for word in words if word.x0 < 120 and word.text[0] in "9abcdef0123456789"]
    assert max(word.x1 for word in first) < 88 + 436 / 3


def test_headings_are_not_parted_from_their_text() -> None:
    for filler in range(30, 46):
        data, _ = render(Space(filler), Heading(2, inlines("HeadingX")), para("BodyX " + LOREM))
        for text in pages(data):
            assert ("HeadingX" in text) == ("BodyX" in text)


def test_page_breaks_make_exactly_the_pages_asked_for() -> None:
    blocks = [block for n in range(5) for block in (para(f"sheet {n}"), PageBreak())]
    data, info = render(*blocks, page_numbers=False)
    assert info.pages == 5
    assert pages(data) == [f"sheet {n}" for n in range(5)]


def test_a_longer_title_takes_from_the_white_space_of_its_page() -> None:
    title = para("Submission concerning " + "the ministry " * 12, style=ParagraphStyle.TITLE)
    facts = Table(tuple((cell(f"label {n}"), cell(LOREM)) for n in range(6)), (1, 3))
    data, _ = render(
        Space(12), title, Space(10), facts, Space(4), para("last line"), PageBreak(), para("second page")
    )
    text = pages(data)
    assert len(text) == 2
    assert "last line" in text[0]


def test_twice_the_cover_sheets_are_twice_the_work() -> None:
    def sheets(count: int) -> None:
        rows = tuple((cell(a), cell(b)) for a, b in (("Source", "Centre"), ("SHA-256", "9f86d0" * 10)))
        blocks = [
            block
            for n in range(count)
            for block in (
                Space(6),
                para(f"Exhibit {n}", style=ParagraphStyle.TITLE),
                Table(rows, (1, 3)),
                PageBreak(),
            )
        ]
        assert render(*blocks)[1].pages == count

    sheets(20)  # what is prepared once
    assert calls(lambda: sheets(40)) < 2.2 * calls(lambda: sheets(20))


def test_figures_lists_quotes_and_rules(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), (90, 120, 160)).save(picture, "JPEG")
    drawing = io.BytesIO()
    Image.new("RGBA", (30, 900), (90, 120, 160, 100)).save(drawing, "PNG")
    data, info = render(
        Figure(picture.getvalue(), 0.6, "A grey field", inlines("Figure 1. Field", note("Photo: Centre"))),
        Rule(),
        Figure(drawing.getvalue(), 1.0, "A tall bar"),
        ListBlock(((para("one"), ListBlock(((para("inner"),),))), (para("two"),), ()), ordered=True),
        Quote((para(LOREM), ListBlock(((Table(((cell("t"),),), (1,)),),))), lang="en"),
        Table((), (1,)),
        Table(((),), ()),
        ListBlock(()),
        Heading(4, ()),
        para(),
    )
    assert info.pages >= 2
    text = " ".join(pages(data))
    assert "Figure 1. Field" in text
    assert "1. one" in text
    qpdf_clean(data, tmp_path)


def test_empty_document() -> None:
    data, info = render()
    assert info.pages == 1
    assert pages(data) == ["1 of 1"]


@pytest.mark.slow
def test_naughty_strings_neither_crash_nor_break_the_file(tmp_path: Path) -> None:
    path = Path(os.environ.get("MAGDESK_TEST_DATA", "../shared/data")) / "text" / "blns.json"
    if not path.is_file():
        pytest.skip(f"no Big List of Naughty Strings at {path}")
    strings = json.loads(path.read_text(encoding="utf-8"))
    blocks = [
        block
        for text in strings
        for block in (
            Heading(2, inlines(text), anchor=text),
            para(text, note(text), label=text[:6], anchor=text),
            para(Link(inlines(text), text), CrossRef(text, text), lang="ar"),
            Table(
                ((cell(text), cell(Text(text, bold=True, small_caps=True), note(text))),),
                (1, 3),
                caption=inlines(text),
            ),
        )
    ]
    data, info = render(
        Contents(2), *blocks, title=strings[30], banner=strings[50], running_head=strings[100], author=strings[77]
    )
    qpdf_clean(data, tmp_path)
    assert poppler_text(data, tmp_path)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == info.pages
    document[info.pages // 2].render(scale=0.2)
    document.close()
