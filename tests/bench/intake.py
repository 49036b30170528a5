"""How many files a second come into a case, and how much memory that takes: ten thousand generated, mixed files.

The rate at the end is compared with that at the beginning, by the clock and in processor time, which other work on
the machine changes less. Then the same files once more, cancelled in the middle and continued.

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
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import openpyxl
import pikepdf
from PIL import Image
from sqlalchemy import distinct, func, select

from magdesk.casefile import CaseFile, KeyCost
from magdesk.errors import Cancelled
from magdesk.model import Evidence
from magdesk.progress import CancelToken
from magdesk.services.evidence.adding import AddReport, add_paths

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


@dataclass(slots=True)
class Pace:
    """How long each tenth of the files took, by the clock and in processor time of program and reader."""

    count: int
    tenths: dict[int, tuple[float, float, float]] = field(default_factory=dict)

    def note(self, done: int) -> None:
        """So many files are done."""
        if done % max(1, self.count // 10) == 0:
            own, child = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime
            self.tenths.setdefault(done, (time.perf_counter(), spent, resident()))

    def show(self) -> None:
        """Print the tenths."""
        for (_first, before), (done, after) in pairwise(sorted(self.tenths.items())):
            files = self.count // 10
            print(
                f"  {done:6d}: {files / (after[0] - before[0]):5.0f} files/s,"
                f" {(after[1] - before[1]) / files * 1e3:5.1f} ms of processor a file, {after[2]:4.0f} MiB"
            )

    def grown(self) -> float:
        """MiB from the first tenth to the end."""
        marks = sorted(self.tenths)
        return self.tenths[marks[-1]][2] - self.tenths[marks[1]][2]


def measure(count: int) -> float:
    """Print the figures; return how much memory grew from the first tenth to the end, in MiB."""
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as name:
        folder = Path(name) / "files"
        folder.mkdir()
        make_files(folder, count)
        cost = KeyCost(1024, 1, 1)
        path = Path(name) / "bench.magdesk"
        with CaseFile.create(path, "bench", cost=cost, backups=False) as case:
            grown = take_whole(case, folder, count)
            started = time.perf_counter()
            problems = case.verify()
            print(f"verified in {time.perf_counter() - started:.0f} s: {problems or 'whole'}")
        size = sum(item.stat().st_size for item in folder.iterdir())
        print(f"{size / (1 << 20):.0f} MiB of files make a case of {path.stat().st_size / (1 << 20):.0f} MiB")
        path.unlink()
        with CaseFile.create(path, "bench", cost=cost, backups=False) as case:
            stop_and_go_on(case, folder, count // 2, count)
        return grown


def take_whole(case: CaseFile, folder: Path, count: int) -> float:
    """All files in one go."""
    pace = Pace(count)

    def progress(done: int, total: int, text: str = "") -> None:
        pace.note(done)

    started = time.perf_counter()
    report = add_paths(case, [folder], progress=progress)
    spent = time.perf_counter() - started
    print(f"{len(report.taken)} files, {report.children} attachments: {count / spent:.0f} files/s")
    pace.show()
    print(f"memory grown from the first tenth to the end: {pace.grown():.0f} MiB")
    return pace.grown()


def stop_and_go_on(case: CaseFile, folder: Path, stop: int, count: int) -> None:
    """Cancelled in the middle, and the same folder again."""
    cancel, asked = CancelToken(), [0.0]

    def stopping(done: int, total: int, text: str = "") -> None:
        if done == stop and not asked[0]:
            asked[0] = time.perf_counter()
            cancel.cancel()

    first = AddReport()
    try:
        add_paths(case, [folder], progress=stopping, cancel=cancel, report=first)
    except Cancelled:
        print(f"cancelled after {(time.perf_counter() - asked[0]) * 1000:.0f} ms, {len(first.taken)} files are in")
    started = time.perf_counter()
    second = add_paths(case, [folder])
    spent = time.perf_counter() - started
    print(f"again: {len(second.duplicates)} known and {len(second.taken)} new in {spent:.0f} s")
    stored = case.session.execute(select(func.count(), func.count(distinct(Evidence.sha256)))).one()
    wanted = count + first.children + second.children
    print(f"items: {stored[0]}, of them different: {stored[1]}, wanted: {wanted}")
    if not stored[0] == stored[1] == wanted or len(second.duplicates) != len(first.taken):
        raise AssertionError("files were lost or doubled")


def main(arguments: list[str] | None = None) -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    measure(parser.parse_args(arguments).files)


if __name__ == "__main__":
    main()
