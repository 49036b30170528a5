"""Words that a PDF runs together are parted as their letters stand; words beside the visible page are told apart."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from magdesk.gui.viewer.wordsearch import fold, phrase
from magdesk.intake import pdfletters
from magdesk.intake.filefacts import FileFacts
from magdesk.intake.read import read_file
from magdesk.intake.rendering import Renderer, StoredFile

LINES = (
    "The colonel Andrey Eduardovich Baranov has been involved in relevant activity,",
    "born 03/07/1987, passport 766211028, in that he was responsible for planning it",
    "McDonald of the United Kingdom paid 1,499.99 to the Internal Troops in March 2014.",
    "Andrey Eduardovich Baranov and Dmitry Sergeyevich Badin of Unit Seven Four Four",
)
ROOM = 1.6  # points that the pen moves on between two words of ten points, for which it should be nearly three


def narrow(spread: float = 0.0) -> bytes:
    """A page whose words are parted by a narrow room and no space.

    Args:
        spread: points between all letters.
    """
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for row, line in enumerate(LINES):
        at, up = 60.0, 700 - 16 * row
        for word in line.split():
            text = canvas.beginText(at, up)
            text.setFont("Helvetica", 10)
            text.setCharSpace(spread)
            text.textOut(word)
            canvas.drawText(text)
            at += stringWidth(word, "Helvetica", 10) + spread * len(word) + ROOM
    canvas.save()
    return out.getvalue()


def cropped() -> bytes:
    """A page with one paragraph in its crop box and words on all sides of it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    canvas.setFont("Helvetica", 10)
    for x, y, text in (
        (150, 740, "Above Canary"), (150, 600, "First line of the page"), (20, 590, "Left Witness"),
        (150, 580, "second line of the page"), (520, 575, "Right Street"), (150, 40, "Below Number 17"),
    ):  # fmt: skip
        canvas.drawString(x, y, text)
    canvas.save()
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        pdf.pages[0].obj.CropBox = pikepdf.Array([100, 100, 500, 700])
        pdf.save(changed)
    return changed.getvalue()


def read(data: bytes) -> FileFacts:
    return read_file(io.BytesIO(data), "paper.pdf")


def first_reading(data: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        return str(document[0].get_textpage().get_text_bounded())


def test_words_that_run_together_are_parted_and_nothing_else_is() -> None:
    data = narrow()
    assert "AndreyEduardovich" in first_reading(data)
    ((_page, text),) = read(data).text
    assert text.split("\n") == list(LINES)


def test_letters_that_are_set_apart_on_purpose_are_no_words() -> None:
    data = narrow(spread=1.5)
    ((_page, text),) = read(data).text
    assert not [word for word in text.split() if len(word) == 1 and word not in ("a", "I")]
    assert "766211028" in text


def test_a_number_is_never_taken_apart() -> None:
    letters, at = [], 0.0
    for index, char in enumerate("born1987,paid1.5andleft"):
        # Wide room within the numbers too: a font whose figures are narrower than they say.
        at += 4.0 if index in (4, 5, 6, 7, 14, 15, 16) else 0.2
        letters.append(pdfletters.PdfLetter(index, char, at, 0.0, at + 5, 8.0))
        at += 5.0
    assert pdfletters.missing_spaces(letters) == {4, 16}


def wide_boxes(text: str, steps: dict[str, float], spread: float = 0.0) -> list[pdfletters.PdfLetter]:
    """Letters in boxes that are as wide as the room behind an “f”, in which a space is left without being written.

    Args:
        steps: how far a letter moves on, where it is not five; a blank moves on by 2.4 and writes nothing.
        spread: more room behind every letter.
    """
    letters: list[pdfletters.PdfLetter] = []
    at = 0.0
    for char in text:
        if char == " ":
            at += 2.4
            continue
        letters.append(pdfletters.PdfLetter(len(letters), char, at, 0.0, at + 5, 10.0))
        at += steps.get(char, 5.0) + spread
    return letters


@pytest.mark.parametrize("spread", [0.0, 1.5])
def test_a_space_is_seen_where_the_box_of_a_letter_covers_it(spread: float) -> None:
    text = "for staff of GRU after affected officers of Russia"
    letters = wide_boxes(text, {"f": 2.4}, spread)
    # One word alone is no measure: “R” and “G” stand too seldom, and nothing is said of them.
    wanted = {
        len(text[:at].replace(" ", "")) for at in (text.index(" GRU"), text.index(" of "), text.index(" Russia"))
    }
    assert wanted <= pdfletters.missing_spaces(letters)
    blanks = {len(text[:at].replace(" ", "")) for at, char in enumerate(text) if char == " "}
    assert pdfletters.missing_spaces(letters) <= blanks


def test_words_that_are_kerned_or_spread_or_typed_are_not_torn() -> None:
    kerned = wide_boxes("AVATARAVALANCHEEEEEEEEEEEE", {"A": 4.0})
    kerned = [replace(one, left=one.left - 0.7 * (one.char == "V")) for one in kerned]
    usual = wide_boxes("officersofthestaffandeffects", {})
    spread = [
        replace(one, index=one.index + len(usual), bottom=one.bottom - 20, top=one.top - 20)
        for one in wide_boxes("officersofthestaffandeffects", {}, 2.0)
    ]
    assert pdfletters.missing_spaces(kerned) == frozenset()
    assert pdfletters.missing_spaces(usual) == frozenset()
    assert pdfletters.missing_spaces([*usual, *spread]) == frozenset()


def test_where_letters_do_not_fit_the_first_reading_stays() -> None:
    with pypdfium2.PdfDocument(io.BytesIO(narrow())) as document:
        letters = pdfletters.letters_of(document[0].get_textpage())
    for other in ("Another text altogether: EduardovichBaranov", "", first_reading(narrow())[::-1]):
        assert pdfletters.with_spaces(other, letters) == other
    assert pdfletters.missing_spaces([]) == frozenset()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The colonel signed it on Tuesday, with McDonald and his iPhone.", False),
        ("AndreyEduardovichBaranov hasBeen inLondon ofRussia and soOn", True),
        ("Donaudampfschifffahrtsgesellschaftskapitän", False),
        ("thecolonelhasbeeninvolvedinrelevantactivity " * 3, True),
        ("這是一個沒有空格的很長的句子這是一個沒有空格的很長的句子" * 9, False),
        ("", False),
    ],
)
def test_only_a_page_of_improbable_words_is_read_twice(text: str, wanted: bool) -> None:
    assert pdfletters.is_suspicious(text) == wanted


def test_words_beside_the_visible_page_are_found_and_marked_and_never_mixed_in() -> None:
    facts = read(cropped())
    ((page, text),) = facts.text
    assert page == 1
    own, _mark, beside = text.partition("[outside of the visible page: ")
    assert [line.strip() for line in own.split("\n")] == ["First line of the page", "second line of the page", ""]
    for words in ("Above Canary", "Left Witness", "Right Street", "Below Number 17"):
        assert words in beside
        assert words not in own
    assert "Page 1 " in facts.note
    assert "outside" in facts.note
    plain = read(narrow())
    assert "outside" not in plain.note + plain.text[0][1]


def test_a_page_that_shows_nothing_of_its_words_is_no_page_with_text() -> None:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(cropped())) as pdf:
        pdf.pages[0].obj.CropBox = pikepdf.Array([250, 300, 400, 400])
        pdf.save(changed)
    facts = read(changed.getvalue())
    assert "no text layer" in facts.note
    assert facts.text[0][1].lstrip().startswith("[outside of the visible page: ")


def test_what_the_viewer_marks_is_what_the_index_has() -> None:
    data = narrow()
    renderer = Renderer()
    try:
        item = StoredFile("x", "application/pdf", "paper.pdf", len(data))
        letters = renderer.text(item, lambda: io.BytesIO(data), 0)
    finally:
        renderer.close()
    assert " ".join(letters.letters.split()) == " ".join(LINES)
    assert len(letters.boxes) == 4 * len(letters.letters)


def test_a_real_list_is_read_as_another_extractor_reads_it(real_files: Path) -> None:
    path = real_files / "docs-ordinary" / "pdf" / "Cyber.pdf"
    with pypdfium2.PdfDocument(path) as document:
        page = document[0].get_textpage()
        first = page.get_text_bounded().replace("\x02", "-")
        second = pdfletters.with_spaces(first, pdfletters.letters_of(page))
    assert pdfletters.improbable(second) * 4 < pdfletters.improbable(first)
    for words in ("Andrey Eduardovich BARANOV has been involved", "DOB: 03/07/1987", "Group ID: 13983"):
        assert words in " ".join(second.split())
    assert "".join(second.split()) == "".join(first.split())


def test_a_word_that_a_line_end_breaks_is_read_as_broken() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 300), invariant=1)
    for row, line in enumerate(("The officer tor-", "tured him in the Min-", "istry of a well-known man.")):
        canvas.drawString(30, 200 - 14 * row, line)
    canvas.showPage()
    canvas.save()
    data = out.getvalue()
    ((_page, text),) = read(data).text
    assert text.split("\n")[0].endswith("tor-")
    assert "tor-\ntured him" in text
    assert "Min-\nistry of a well-known man." in text
    renderer = Renderer()
    try:
        item = StoredFile("x", "application/pdf", "paper.pdf", len(data))
        letters = renderer.text(item, lambda: io.BytesIO(data), 0)
    finally:
        renderer.close()
    for words in ("tortured", "ministry of a"):
        wanted = phrase(words)
        assert wanted is not None
        assert len(wanted.find(fold(letters.letters))) == 1
