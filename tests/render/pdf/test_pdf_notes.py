from __future__ import annotations

import re
from pathlib import Path

from magdesk.document.blocks import Block, Heading, ListBlock, Quote, Table
from tests.effort import calls
from tests.render.pdf.pdf_reading import (
    LOREM,
    cell,
    inlines,
    note,
    opened,
    pages,
    para,
    poppler_words,
    qpdf_clean,
    render,
)


def _notes(count: int) -> list[Block]:
    blocks: list[Block] = []
    for number in range(1, count + 1, 2):
        if number % 16 == 1:
            blocks.append(Heading(2, inlines(f"Section {number}")))
        blocks.append(
            para(
                LOREM,
                f"markA{number}",
                note(f"noteA{number} of the General, 14."),
                " ",
                LOREM,
                f"markA{number + 1}",
                note(f"noteA{number + 1} at 3; see also ", "para. 12 of the statement of a witness who was there."),
                label=f"{number}.",
            )
        )
    return blocks


def test_each_note_stands_on_the_page_of_its_mark_and_below_it(tmp_path: Path) -> None:
    data, _ = render(*_notes(80))
    marks: dict[int, tuple[int, float]] = {}
    notes: dict[int, tuple[int, float]] = {}
    for word in poppler_words(data, tmp_path):
        if found := re.match(r"markA(\d+)", word.text):
            # The number of the mark is read as part of the word it follows.
            number = int(found[1]) if int(found[1]) <= 80 else int(found[1][: len(found[1]) // 2])
            marks[number] = (word.page, word.y0)
        elif found := re.match(r"noteA(\d+)", word.text):
            notes[int(found[1])] = (word.page, word.y0)
    assert set(notes) == set(range(1, 81))
    assert set(marks) == set(notes)
    for number, (page, y) in marks.items():
        assert notes[number][0] == page
        assert notes[number][1] > y


def test_notes_from_lists_quotes_tables_and_headings_are_numbered_through() -> None:
    data, _ = render(
        Heading(1, inlines("Title", note("of the heading"))),
        para("Body", note("of the body")),
        ListBlock(((para("Item", note("of the item")),),)),
        Quote((para("Quoted", note("of the quotation")),)),
        Table(((cell("x", note("of the cell")), cell("y", note("of its neighbour"))),), (1, 1)),
    )
    text = pages(data)[0]
    order = [
        "1 of the heading",
        "2 of the body",
        "3 of the item",
        "4 of the quotation",
        "5 of the cell",
        "6 of its neighbour",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert places[0] > text.index("Quoted")


def test_a_note_longer_than_a_page_goes_on_at_the_foot_of_the_next(tmp_path: Path) -> None:
    long = " ".join(f"w{n}" for n in range(2500))
    data, info = render(para(LOREM, "mark", note(long), " after ", LOREM), para("the end of the body"))
    text = pages(data)
    assert info.pages >= 3
    assert "mark" in text[0]
    assert re.search(r"\bw0\b", text[0])
    joined = " ".join(text)
    found = [int(n) for n in re.findall(r"\bw(\d+)\b", joined)]
    assert found == list(range(2500))
    qpdf_clean(data, tmp_path)


def test_a_long_note_is_parted_rather_than_leaving_the_page_white(tmp_path: Path) -> None:
    filler = [para(LOREM) for _ in range(5)]
    data, _ = render(*filler, para("mark here", note(" ".join(f"w{n}" for n in range(700)))), para("tail"))
    text = pages(data)
    assert "mark here" in text[0]
    assert "w0 " in text[0]
    assert "w699" in text[1]
    lowest = max(word.y1 for word in poppler_words(data, tmp_path) if word.page == 1 and word.text.startswith("w"))
    assert lowest > 690


def test_notes_of_a_table_row_stand_on_the_page_of_the_row(tmp_path: Path) -> None:
    rows = [(cell("No."), cell("What"))]
    rows += [(cell(f"row{n}"), cell(LOREM, note(f"source{n} of this row"))) for n in range(40)]
    data, info = render(Table(tuple(rows), (1, 5), header_rows=1))
    assert info.pages > 2
    place = {word.text: word.page for word in poppler_words(data, tmp_path)}
    for number in range(40):
        assert place[f"row{number}"] == place[f"source{number}"]


def test_marks_and_notes_link_to_each_other() -> None:
    data, _ = render(para("A", note("a note")))
    with opened(data) as pdf:
        links = [annotation for annotation in pdf.pages[0].Annots if annotation.Subtype == "/Link"]
        assert len(links) == 2
        heights = sorted(float(link.Rect[1]) for link in links)
        assert heights[0] < 120
        assert heights[1] > 600


def test_twice_the_notes_are_twice_the_work() -> None:
    render(*_notes(60))  # what is prepared once
    assert calls(lambda: render(*_notes(240))) < 2.3 * calls(lambda: render(*_notes(120)))
    data, info = render(*_notes(400))
    assert info.pages > 40
    assert "noteA400" in pages(data)[-1]
