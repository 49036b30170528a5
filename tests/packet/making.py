"""Small files made by code for the tests of the packet."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import BinaryIO

import pikepdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from magdesk.packet.bundle import BundleFacts, BundleInfo, BundlePlan, plan_bundle, write_bundle
from magdesk.packet.exhibits import ExhibitInput

DAY = date(2026, 1, 2)
FACTS = BundleFacts("Exhibits", "Clinic", DAY)


def exhibit(
    number: int,
    data: bytes,
    media_type: str = "application/pdf",
    *,
    title: str = "",
    file_name: str = "",
    opener: Callable[[], BinaryIO] | None = None,
) -> ExhibitInput:
    return ExhibitInput(
        evidence_id=uuid.UUID(int=number),
        number=number,
        title=title or f"Paper {number}",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=media_type,
        open=opener or (lambda: io.BytesIO(data)),
        file_name=file_name,
    )


def text_pdf(pages: int = 1, *, size: tuple[float, float] = (612, 792), words: str = "Page") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for page in range(1, pages + 1):
        canvas.bookmarkPage(f"p{page}")
        canvas.addOutlineEntry(f"Part {page}", f"p{page}", level=0 if page == 1 else 1)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(size[0] / 8, size[1] / 2, f"{words} {page}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The PDF after ``change`` was let loose on it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    """A picture whose four quarters differ."""
    image = Image.new("RGB", size, (250, 250, 250))
    width, height = size
    image.paste((200, 20, 20), (0, 0, width // 2, height // 2))
    image.paste((20, 160, 20), (width // 2, 0, width, height // 2))
    image.paste((20, 20, 200), (0, height // 2, width // 2, height))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def sheets(count: int, words: str = "Cover") -> BinaryIO:
    """As many pages as asked for."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for index in range(count):
        canvas.drawString(72, 700, f"{words} {index + 1}")
        canvas.showPage()
    canvas.save()
    out.seek(0)
    return out


def index_pdf(plan: BundlePlan, pages: int) -> BinaryIO:
    """An exhibit list with a link from each row to its cover sheet, as the renderer makes them."""
    out = io.BytesIO()
    with pikepdf.open(sheets(pages, "List")) as pdf:
        links = [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[72, 600 - 20 * row, 300, 612 - 20 * row],
                    A=pikepdf.Dictionary(
                        S=pikepdf.Name.GoToR,
                        F="03-exhibits.pdf",
                        D=[plan.place(item).cover_page - 1, pikepdf.Name.Fit],
                    ),
                )
            )
            for row, item in enumerate(plan.exhibits)
        ]
        pdf.pages[0].obj.Annots = pikepdf.Array(links)
        pdf.save(out)
    out.seek(0)
    return out


def bundle(items: Sequence[ExhibitInput], *, index_pages: int = 0) -> tuple[BundlePlan, bytes, BundleInfo]:
    """Plan and write in one go."""
    plan = plan_bundle(items, bates_prefix="GEN", index_pages=index_pages)
    out = io.BytesIO()
    index = index_pdf(plan, index_pages) if index_pages else None
    info = write_bundle(plan, covers=sheets(len(items)), index=index, out=out, facts=FACTS)
    return plan, out.getvalue(), info
