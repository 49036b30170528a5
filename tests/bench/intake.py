"""How many files a second come into a case, and how much memory that takes: ten thousand generated, mixed files.

python tests/bench/intake.py --files 10000
"""

from __future__ import annotations

import argparse
import email.message
import io
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pikepdf
from PIL import Image

from magdesk.casefile import CaseFile, KeyCost
from magdesk.errors import Cancelled
from magdesk.progress import CancelToken
from magdesk.services.evidence import AddReport, add_paths

WORDS = ("witness", "detention", "officer", "transfer", "account", "district", "court", "свидетель", "شاهد", "证人")


def prose(chance: random.Random, count: int = 120) -> str:
    """Some words."""
    return " ".join(chance.choice(WORDS) for _word in range(count))


def make_text(chance: random.Random) -> tuple[str, bytes]:
    """A note."""
    return "txt", prose(chance).encode()


def make_picture(chance: random.Random) -> tuple[str, bytes]:
    """A photograph of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), tuple(chance.randrange(256) for _ in range(3))).save(
        out, "JPEG", comment=prose(chance, 3)
    )
    return "jpg", out.getvalue()


def make_pdf(chance: random.Random) -> tuple[str, bytes]:
    """A page of text."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        latin = prose(chance, 60).encode("ascii", "ignore")
        page.obj.Contents = pdf.make_stream(b"BT /F1 9 Tf 20 700 Td (" + latin + b") Tj ET")
        pdf.save(out)
    return "pdf", out.getvalue()


def make_mail(chance: random.Random) -> tuple[str, bytes]:
    """A message with an attachment."""
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", prose(chance, 4)
    message.set_content(prose(chance))
    message.add_attachment(prose(chance).encode(), maintype="text", subtype="plain", filename="note.txt")
    return "eml", message.as_bytes()


def make_sheet(chance: random.Random) -> tuple[str, bytes]:
    """A table."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for _row in range(20):
        sheet.append([prose(chance, 2), chance.random()])
    book.save(out)
    return "xlsx", out.getvalue()


def make_document(chance: random.Random) -> tuple[str, bytes]:
    """A Word document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        body = f"<w:body><w:p><w:r><w:t>{prose(chance)}</w:t></w:r></w:p></w:body>"
        text = f'<w:document xmlns:w="{name}">{body}</w:document>'
        archive.writestr("word/document.xml", text)
    return "docx", out.getvalue()


MAKERS: Sequence[Callable[[random.Random], tuple[str, bytes]]] = (
    make_text, make_picture, make_pdf, make_mail, make_sheet, make_document,
)  # fmt: skip


def make_files(folder: Path, count: int) -> None:
    """Mixed files, no two alike."""
    chance = random.Random(3)
    for number in range(count):
        suffix, data = MAKERS[number % len(MAKERS)](chance)
        (folder / f"{number:05d}.{suffix}").write_bytes(data)


def resident() -> float:
    """Memory of this process now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def measure(count: int) -> float:
    """Print the figures; return how much memory grew from the first tenth to the end, in MiB."""
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as name:
        folder = Path(name) / "files"
        folder.mkdir()
        make_files(folder, count)
        memory: dict[int, float] = {}
        cancel, cancelled_at = CancelToken(), [0.0]

        def progress(done: int, total: int, text: str = "") -> None:
            if done % max(1, count // 10) == 0:
                memory[done] = resident()
                print(f"  {done:6d} of {total}  {memory[done]:6.0f} MiB  {text}", flush=True)
            if done == count // 2 and not cancelled_at[0]:
                cancelled_at[0] = time.perf_counter()
                cancel.cancel()

        cost = KeyCost(1024, 1, 1)
        with CaseFile.create(Path(name) / "bench.magdesk", "bench", cost=cost, backups=False) as case:
            first = AddReport()
            started = time.perf_counter()
            try:
                add_paths(case, [folder], progress=progress, cancel=cancel, report=first)
            except Cancelled:
                print(f"cancelled after {(time.perf_counter() - cancelled_at[0]) * 1000:.0f} ms")
            again = time.perf_counter()
            second = add_paths(case, [folder], progress=progress)
            ended = time.perf_counter()
        half = len(first.taken)
        print(f"first half:  {half / (again - started):6.0f} files/s")
        print(f"second run:  {len(second.duplicates)} known and {len(second.taken)} new in {ended - again:.0f} s")
        print(f"items: {half + len(second.taken)} of {count} files, {first.children + second.children} attachments")
        grown = memory[max(memory)] - memory[sorted(memory)[1]]
        print(f"memory grown from the first tenth to the end: {grown:.0f} MiB")
        return grown


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    measure(parser.parse_args().files)


if __name__ == "__main__":
    main()
