"""Drawings in every format: real text in PDF, a clean picture in DOCX, lines in plain text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from magdesk.document.blocks import (
    Document,
    Drawing,
    DrawnBox,
    DrawnLine,
    DrawnText,
    ExhibitRef,
    Heading,
    Text,
)
from magdesk.render.docx import render_docx
from magdesk.render.drawn import drawing_pdf, drawing_png
from magdesk.render.pdf.drawings import SMALLEST, fit_drawing
from magdesk.render.text import render_text
from tests.render.pdf.pdf_reading import NAMES, opened, pages, poppler_text, poppler_words, qpdf_clean, render

ALT = "Chart of two bodies and one tie"


def drawing(width: float = 300.0, height: float = 160.0, *texts: str) -> Drawing:
    shown = texts or ("Fifth Brigade",)
    lines = tuple(
        DrawnText(20, 20 + 14 * number, 200, (Text(text),), 9.0, align="start") for number, text in enumerate(shown)
    )
    return Drawing(
        (
            DrawnBox(10, 10, 220, 60, fill="head", line="navy", weight=1.6, radius=6),
            DrawnBox(10, 110, 120, 30, fill="bad", line="bad", dash=(2, 2), hatched=True),
            DrawnLine(((60, 70), (60, 80), (90, 100), (90, 110)), head=True, curved=True),
            DrawnLine(((150, 70), (150, 110)), double=True, dash=(3, 2)),
            *lines,
            DrawnText(140, 120, 80, (ExhibitRef("Ex. 7", 12),), 8.0),
        ),
        width,
        height,
        ALT,
        (Text("The caption"),),
        ((Text("A – commands – B: Ex. 7"),), (Text("C – owns – D"),)),
    )


@pytest.mark.parametrize("language", ["ar", "fa", "zh", "ru", "hi", "ligature"])
def test_names_of_every_script_can_be_found_in_the_pdf(language: str, tmp_path: Path) -> None:
    data, _info = render(drawing(300, 160, NAMES[language]))
    qpdf_clean(data, tmp_path)
    flat = "".join(poppler_text(data, tmp_path).split())
    assert "".join(NAMES[language].split()) in flat


def test_text_lies_where_it_was_drawn_and_keeps_its_order(tmp_path: Path) -> None:
    data, _info = render(Heading(1, (Text("Linkage"),)), drawing(300, 160, "First line", "Second line"))
    found = {word.text: word for word in poppler_words(data, tmp_path)}
    assert found["First"].y0 < found["Second"].y0
    assert found["Linkage"].y0 < found["First"].y0
    assert "The caption" in pages(data)[0]


def test_an_exhibit_number_opens_the_page_of_the_bundle() -> None:
    data, _info = render(drawing())
    with opened(data) as pdf:
        links = [note for note in pdf.pages[0].Annots if note.Subtype == "/Link"]
    assert [int(link.A.D[0]) for link in links] == [11]


@pytest.mark.parametrize(("width", "height"), [(300.0, 200.0), (620.0, 380.0)])
def test_links_lie_on_their_words_upright_and_turned(width: float, height: float, tmp_path: Path) -> None:
    picture = drawing(width, height)
    data, _info = render(picture)
    _scale, turned = fit_drawing(picture, 436.0, 500.0)
    assert turned is (width > 600)
    word = next(word for word in poppler_words(data, tmp_path) if word.text == "Ex.")
    with opened(data) as pdf:
        page = pdf.pages[0]
        x0, y0, x1, y1 = (float(edge) for edge in page.Annots[0].Rect)
        top = float(page.mediabox[3])
    middle_x, middle_y = (word.x0 + word.x1) / 2, top - (word.y0 + word.y1) / 2
    assert x0 - 1 <= middle_x <= x1 + 1
    assert y0 - 1 <= middle_y <= y1 + 1


def test_a_drawing_is_turned_before_it_becomes_too_small() -> None:
    flat = drawing(620, 380)
    assert fit_drawing(flat, 436, 500) == (500 / 620, True)
    assert fit_drawing(flat, 436, 500, may_turn=False) == (436 / 620, False)
    assert fit_drawing(drawing(500, 300), 436, 500) == (436 / 500, False)
    assert 436 / 500 * drawing().smallest >= SMALLEST
    assert fit_drawing(drawing(), 436, 500) == (1.0, False)


def test_what_is_too_wide_for_its_box_is_set_smaller(tmp_path: Path) -> None:
    wide = Drawing((DrawnText(0, 0, 60, (Text("Incomprehensibilities"),), 9.0),), 60, 20, ALT)
    data, _info = render(wide)
    (word,) = [word for word in poppler_words(data, tmp_path) if word.text.startswith("Incompre")]
    assert word.x1 - word.x0 <= 60.5


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert render(drawing())[0] == render(drawing())[0]
    assert drawing_png(drawing()) == drawing_png(drawing())
    assert drawing_pdf(drawing()) == drawing_pdf(drawing())


def test_a_docx_holds_a_picture_with_its_description_and_nothing_else_about_it() -> None:
    out = io.BytesIO()
    render_docx(Document("Title", (drawing(),)), out)
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as archive:
        (name,) = [name for name in archive.namelist() if name.startswith("word/media/")]
        data = archive.read(name)
        body = archive.read("word/document.xml").decode()
    assert name.endswith(".png")
    assert f'descr="{ALT}"' in body
    assert "The caption" in body
    with Image.open(io.BytesIO(data)) as image:
        assert image.size[0] > 800
        assert set(image.info) <= {"transparency"}
    chunks = [
        data[start : start + 4]
        for start in range(len(data))
        if data[start : start + 4] in (b"tEXt", b"iTXt", b"eXIf", b"tIME")
    ]
    assert not chunks


def test_plain_text_tells_what_is_drawn() -> None:
    text = render_text(Document("Title", (drawing(),)))
    assert f"[{ALT}]" in text
    assert "• A – commands – B: Ex. 7" in text
    assert "• C – owns – D" in text
    assert "The caption" in text
