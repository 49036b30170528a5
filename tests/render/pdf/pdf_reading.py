"""What the PDF tests share: rendering blocks and reading the result back with three independent readers."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from magdesk.document.blocks import Block, Cell, Document, Inline, Note, Paragraph, ParagraphStyle, Text
from magdesk.render.pdf import PdfInfo, render_pdf

LOREM = (
    "On the night of 5 March 2014 officers of the Second Special Brigade, acting on the order of the General, "
    "entered the offices of the newspaper and detained eleven people without a warrant. Witnesses describe beatings "
    "that went on for several hours in the basement of the regional headquarters. "
)
NAMES = {
    "ru": "Виктор Степанович Орлов",
    "ar": "فيكتور أورلوف",
    "fa": "ویکتور اورلوف",
    "he": "ויקטור אורלוב",
    "zh": "维克多·奥尔洛夫",
    "ja": "ヴィクトル・オルロフ",
    "ko": "빅토르 오를로프",
    "hi": "विक्टर ओर्लोव",
    "th": "วิกเตอร์ ออร์ลอฟ",
    "ka": "ვიქტორ ორლოვი",
    "hy": "Վիկտոր Օրլով",
    "bn": "ভিক্টর",
    "am": "ቪክቶር",
    "my": "ဗစ်တာ",
    "ligature": "عبد الله بن لادن",
    "vocalised": "مُحَمَّد",
}


@dataclass(frozen=True)
class Word:
    """A word as poppler places it; measures in points from the upper left corner."""

    text: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


def inlines(*parts: str | Inline) -> tuple[Inline, ...]:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def para(*parts: str | Inline, style: ParagraphStyle = ParagraphStyle.BODY, **more: Any) -> Paragraph:
    return Paragraph(inlines(*parts), style, **more)


def note(*parts: str | Inline) -> Note:
    return Note(inlines(*parts))


def cell(*parts: str | Inline, **more: Any) -> Cell:
    return Cell((para(*parts),), **more)


def render(*blocks: Block, **more: Any) -> tuple[bytes, PdfInfo]:
    out = io.BytesIO()
    more = {"title": "Title"} | more
    info = render_pdf(Document(blocks=blocks, **more), out)
    return out.getvalue(), info


def pages(data: bytes) -> list[str]:
    """The text of each page as pdfium reads it, lines joined."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def _poppler(data: bytes, folder: Path, *options: str) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler) is not installed")
    path = folder / "read.pdf"
    path.write_bytes(data)
    done = subprocess.run([program, *options, str(path), "-"], capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode()


def poppler_text(data: bytes, folder: Path) -> str:
    """All text as poppler reads it, without the embedding marks that poppler adds."""
    return re.sub("[\u202a-\u202c\u200e\u200f]", "", _poppler(data, folder))


def poppler_words(data: bytes, folder: Path) -> list[Word]:
    """All words with their places."""
    words: list[Word] = []
    page = 0
    pattern = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    for line in _poppler(data, folder, "-bbox").splitlines():
        page += "<page " in line
        found = pattern.search(line)
        if found:
            x0, y0, x1, y1 = (float(found[n]) for n in range(1, 5))
            words.append(Word(found[5], page, x0, y0, x1, y1))
    return words


def qpdf_clean(data: bytes, folder: Path) -> None:
    """Fail when qpdf finds fault with the file."""
    program = shutil.which("qpdf")
    if program is None:
        with opened(data) as pdf:
            assert pdf.check_pdf_syntax() == []
        return
    path = folder / "check.pdf"
    path.write_bytes(data)
    done = subprocess.run([program, "--check", str(path)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
