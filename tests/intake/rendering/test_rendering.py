"""The drawing process: pages, letters and cells come out right, and no file takes the program with it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

import openpyxl
import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from magdesk.intake import sniff
from magdesk.intake.rendering import Area, Pixels, Renderer, RenderingFailed, StoredFile
from magdesk.intake.rendering.answers import unpack_cells, unpack_outline, unpack_text
from tests.intake.making import fake_worker
from tests.realfiles import of_every_ending

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    """One process for all; it waits long, since the machine may have other work."""
    made = Renderer(patience=240)
    yield made
    made.close()


def stored(data: bytes, media_type: str, name: str = "file") -> tuple[StoredFile, Callable[[], io.BytesIO]]:
    return StoredFile(str(hash(data)), media_type, name, len(data)), lambda: io.BytesIO(data)


def pdf(pages: int = 3, *, rotate: int = 0) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 300), invariant=1)
    for number in range(1, pages + 1):
        canvas.setPageRotation(rotate)
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 280, 20, 20, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(50, 150, f"Witness {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def colour(pixels: Pixels, x: int, y: int) -> tuple[int, int, int]:
    at = 4 * (y * pixels.width + x)
    blue, green, red, _rest = pixels.data[at : at + 4]
    return red, green, blue


def test_a_page_is_drawn_whole_and_in_parts_alike(renderer: Renderer) -> None:
    item, opener = stored(pdf(), PDF)
    outline = renderer.outline(item, opener)
    assert outline.pages == ((200.0, 300.0),) * 3
    whole = renderer.draw(item, opener, 1, Area(2, 0, 0, 0, 400, 600))
    assert colour(whole, 5, 5) == (255, 0, 0)
    assert colour(whole, 395, 595) == (255, 255, 255)
    part = renderer.draw(item, opener, 1, Area(2, 0, 100, 150, 200, 120))
    rows = [whole.data[4 * (400 * y + 100) : 4 * (400 * y + 300)] for y in range(150, 270)]
    assert part.data == b"".join(rows)


@pytest.mark.parametrize(("turn", "corner"), [(0, (5, 5)), (1, (594, 5)), (2, (394, 594)), (3, (5, 394))])
def test_a_page_is_turned_clockwise(renderer: Renderer, turn: int, corner: tuple[int, int]) -> None:
    item, opener = stored(pdf(1), PDF)
    width, height = (600, 400) if turn % 2 else (400, 600)
    drawn = renderer.draw(item, opener, 0, Area(2, turn, 0, 0, width, height))
    assert colour(drawn, *corner) == (255, 0, 0)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_letters_stand_where_they_are_drawn(renderer: Renderer, rotate: int) -> None:
    item, opener = stored(pdf(1, rotate=rotate), PDF)
    ((width, height),) = renderer.outline(item, opener).pages
    text = renderer.text(item, opener, 0)
    assert text.letters.strip() == "Witness 1"
    drawn = renderer.draw(item, opener, 0, Area(4, 0, 0, 0, int(width * 4), int(height * 4)))
    left, top, right, bottom = (round(4 * value) for value in text.boxes[:4])
    dark = sum(max(colour(drawn, x, y)) < 128 for x in range(left, right) for y in range(top, bottom))
    assert dark > (right - left) * (bottom - top) * 0.08


def test_a_turned_photograph_stands_upright(renderer: Renderer) -> None:
    out = io.BytesIO()
    photo = Image.new("RGB", (60, 40), "white")
    photo.paste("red", (0, 0, 10, 10))
    exif = Image.Exif()
    exif[0x0112] = 6
    photo.save(out, "JPEG", exif=exif, quality=95)
    item, opener = stored(out.getvalue(), "image/jpeg")
    assert renderer.outline(item, opener).pages == ((40.0, 60.0),)
    drawn = renderer.draw(item, opener, 0, Area(1, 0, 0, 0, 40, 60))
    red, green, _blue = colour(drawn, 36, 3)
    assert red > 200
    assert green < 100


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_every_kind_of_picture_is_shown(renderer: Renderer, kind: str) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (0, 0, 255)).save(out, kind)
    item, opener = stored(out.getvalue(), f"image/{kind.lower()}")
    assert renderer.outline(item, opener).pages == ((64.0, 48.0),)
    red, green, blue = colour(renderer.draw(item, opener, 0, Area(0.5, 0, 0, 0, 32, 24)), 10, 10)
    assert blue > 240
    assert red < 15
    assert green < 15


def test_frames_of_a_scan_are_pages(renderer: Renderer) -> None:
    out = io.BytesIO()
    first, second = Image.new("1", (30, 20), 1), Image.new("L", (10, 50), 0)
    first.save(out, "TIFF", save_all=True, append_images=[second])
    item, opener = stored(out.getvalue(), "image/tiff")
    assert renderer.outline(item, opener).pages == ((30.0, 20.0), (10.0, 50.0))
    assert colour(renderer.draw(item, opener, 1, Area(1, 0, 0, 0, 10, 50)), 5, 40) == (0, 0, 0)


def test_a_picture_of_too_many_points_is_refused(renderer: Renderer) -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    item, opener = stored(out.getvalue(), "image/png")
    with pytest.raises(RenderingFailed, match="400 million pixels"):
        renderer.outline(item, opener)
    assert renderer.deaths == 0


def test_cells_of_a_workbook(renderer: Renderer) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Transfers", 0)
    sheet.append(["Date", "Amount"])
    sheet.append(["2024-03-01", 1250.5])
    del book["Sheet"]
    book.create_sheet("Notes").append(["Свидетель"])
    out = io.BytesIO()
    book.save(out)
    item, opener = stored(out.getvalue(), XLSX)
    sheets = renderer.outline(item, opener).sheets
    assert [(one.name, one.rows, one.columns) for one in sheets] == [("Transfers", 2, 2), ("Notes", 1, 1)]
    assert renderer.cells(item, opener, 0, 0, 9).rows == (("Date", "Amount"), ("2024-03-01", "1250.5"))
    assert renderer.cells(item, opener, 1, 0, 9).rows == (("Свидетель",),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separated_text_is_a_table(renderer: Renderer, delimiter: str) -> None:
    lines = [f'Name{delimiter}"Paid{delimiter}out"{delimiter}', f"Ж{delimiter}2{delimiter}3"]
    kind = "text/tab-separated-values" if delimiter == "\t" else "text/csv"
    item, opener = stored("\r\n".join(lines).encode("cp1251" if delimiter == ";" else "utf-8"), kind)
    assert renderer.outline(item, opener).sheets[0].columns == 3
    rows = renderer.cells(item, opener, 0, 0, 9).rows
    assert rows[0] == ("Name", "Paid out" if delimiter == "\t" else f"Paid{delimiter}out")
    assert rows[1][1:] == ("2", "3")


def test_a_locked_file_says_so_and_opens_with_its_password(renderer: Renderer) -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(1))) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="o", user="secret"))
    item, opener = stored(out.getvalue(), PDF)
    with pytest.raises(RenderingFailed, match="locked with a password"):
        renderer.outline(item, opener)
    wrong = StoredFile("w", PDF, "file", item.size, "guess")
    with pytest.raises(RenderingFailed, match="does not open"):
        renderer.outline(wrong, opener)
    assert len(renderer.outline(StoredFile("r", PDF, "file", item.size, "secret"), opener).pages) == 1


def test_a_pdf_without_pages_is_not_called_locked_after_one_that_is(renderer: Renderer) -> None:
    locked, empty = io.BytesIO(), io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(1))) as document:
        document.save(locked, encryption=pikepdf.Encryption(user="geheim", owner="o"))
    pikepdf.new().save(empty)
    for data, words in ((locked, "locked"), (empty, "no pages"), (io.BytesIO(b"%PDF-1.4 nothing"), "damaged")):
        item, opener = stored(data.getvalue(), PDF)
        with pytest.raises(RenderingFailed, match=words):
            renderer.outline(item, opener)


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


@pytest.mark.parametrize(
    "program",
    [
        "import os; os._exit(3)",
        "import sys; sys.stdin.buffer.read(12); sys.stdout.buffer.write(b'A' + b'\\xff' * 20); sys.stdout.flush()",
        (
            "import sys, struct; sys.stdin.buffer.read(12)\n"
            "sys.stdout.buffer.write(struct.pack('<cQ', b'A', 2) + b'{}'); sys.stdout.flush()\n"
            "sys.stdin.buffer.read()"
        ),
        (
            "import sys, struct; sys.stdin.buffer.read(12)\n"
            "sys.stdout.buffer.write(struct.pack('<cQ', b'B', 9) + b'x' * 9); sys.stdout.flush()\n"
            "sys.stdin.buffer.read()"
        ),
    ],
)
def test_a_process_that_dies_or_lies_costs_one_answer(program: str) -> None:
    item, opener = stored(pdf(1), PDF)
    renderer = Renderer(fake_worker(program))
    for _ in range(2):
        with pytest.raises(RenderingFailed, match="crashes the reader") as caught:
            renderer.outline(item, opener)
        assert caught.value.lost
    assert renderer.deaths == 2
    renderer.close()


def test_a_process_that_hangs_is_ended() -> None:
    renderer = Renderer(fake_worker("import time; time.sleep(3600)"), patience=0.3)
    with pytest.raises(RenderingFailed, match="too long"):
        renderer.outline(*stored(pdf(1), PDF))
    renderer.close()


def test_after_a_death_the_next_file_is_shown() -> None:
    item, opener = stored(pdf(2), PDF)
    renderer = Renderer(patience=240)
    renderer.outline(item, opener)
    renderer._box.child()._process.kill()
    renderer._box.child()._process.wait()
    assert renderer.draw(item, opener, 1, Area(1, 0, 0, 0, 200, 300)).height == 300
    renderer.close()


def test_answers_that_nobody_vouches_for() -> None:
    for lie in (b"[]", b"{}", b'{"pages": [[1, NaN]], "unit": 1, "sheets": [], "note": ""}', b"x"):
        with pytest.raises(ValueError, match=r".*"):
            unpack_outline(lie)
    with pytest.raises(ValueError, match="differ"):
        unpack_text(b'{"letters": "ab"}', b"\0" * 16)
    assert unpack_text(b'{"letters": "a\\u202e"}', b"\0" * 32).letters == "a "
    for lie in (
        b"[[0, 5, 0, 0, 1, 1, true]]",
        b"[[1, 0, 0, 0, 1, 1, true]]",
        b"7",
        b"[[0, 1]]",
        b"[[0,1,0,NaN,1,1,1]]",
    ):
        with pytest.raises(ValueError, match=r".*"):
            unpack_text(b'{"letters": "ab", "lines": ' + lie + b"}", b"\0" * 32)
    with pytest.raises(ValueError, match="rows"):
        unpack_cells(b"{}", 0, 5)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_real_file_takes_the_process_down(renderer: Renderer, real_files: Path) -> None:
    shown = 0
    for path in of_every_ending(real_files):
        with path.open("rb") as stream:
            item = StoredFile(str(path), sniff(stream, path.name), path.name, path.stat().st_size)
        try:
            opener = partial(_open, path)
            outline = renderer.outline(item, opener)
            for page, (width, height) in list(enumerate(outline.pages))[:2]:
                scale = 400 / max(width, height)
                area = Area(scale, 0, 0, 0, max(1, round(width * scale)), max(1, round(height * scale)))
                renderer.draw(item, opener, page, area)
            shown += 1
        except RenderingFailed:
            continue
    assert shown > 12
    assert renderer.deaths == 0
