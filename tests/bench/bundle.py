"""Measures the exhibit bundle against a bare pikepdf merge-and-save of the same files in the same run.

Run it with ``python -m tests.bench.bundle``; it prints ratios, which travel between machines, and seconds, which
do not. Memory is that of a process of its own, above what importing the program takes.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
from PIL import Image
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from magdesk.document.blocks import Cell, Document, ExhibitRef, Heading, PageBreak, Paragraph, Table, Text
from magdesk.packet.bundle import BUNDLE_NAME, BundleFacts, BundlePlan, plan_bundle, write_bundle
from magdesk.packet.exhibits import ExhibitInput
from magdesk.packet.manifest import PacketFacts, write_manifest
from magdesk.packet.natives import write_natives
from magdesk.packet.sink import PacketSink
from magdesk.packet.verify import verify_packet
from magdesk.render.pdf import render_pdf

EXHIBITS, PAGES = 50, 20
PHOTOS = 30
RUNS = 5
WORDS = ("commander", "order", "detainee", "witness", "statement", "province", "district", "brigade", "transfer")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (("text", make_texts), ("photos", make_photos)):
            files = make(Path(folder))
            result = json.loads(_in_own_process(name, folder))
            print(_line(name, result, len(files)))


def _in_own_process(name: str, folder: str) -> str:
    command = [sys.executable, "-m", "tests.bench.bundle", name, folder]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _line(name: str, result: dict[str, float], files: int) -> str:
    against = (
        f"{result['total'] / result['bare']:.2f} x the bare merge ({result['bare']:.2f} s)"
        if math.isfinite(result["bare"])
        else f"{result['mb'] / result['total']:.0f} MB/s"
    )
    steps = ", ".join(f"{step} {result[step]:.2f}" for step in ("plan", "documents", "write", "manifest", "check"))
    return (
        f"bundle, {name}: {files} files of {result['mb']:.1f} MB, {result['pages']:.0f} pages: "
        f"{result['total']:.2f} s = {against} ({steps}); output {result['size']:.4f} x input; "
        f"peak {result['peak']:.0f} MB, {result['above']:.0f} MB above a bundle of two"
    )


def measure(name: str, folder: Path) -> dict[str, float]:
    """One bundle from the files of ``folder``: seconds of each step, sizes and memory."""
    files = sorted((folder / name).iterdir())
    items = [_item(index, path) for index, path in enumerate(files, 1)]
    _packet(items[:2], folder / f"warm-{name}")
    before = _peak()
    times: dict[str, float] = {}
    total = bare = math.inf
    for run in range(RUNS):
        # Taken in turns, so that what else the machine does weighs on both; the best of each counts.
        now: dict[str, float] = {}
        to = folder / f"packet-{name}"
        shutil.rmtree(to, ignore_errors=True)
        took = _timed(lambda now=now, to=to: _packet(items, to, now))  # type: ignore[misc]
        if took < total:
            total, times = took, now
        if not run:
            peak = _peak()
        if name == "text":
            bare = min(bare, _timed(lambda: _bare_merge(files, folder / "bare.pdf")))
    given = sum(path.stat().st_size for path in files)
    size, mb = (folder / f"packet-{name}" / BUNDLE_NAME).stat().st_size / given, given / 1e6
    return {**times, "total": total, "bare": bare, "size": size, "mb": mb, "peak": peak, "above": peak - before}


def _packet(items: list[ExhibitInput], to: Path, times: dict[str, float] | None = None) -> None:
    times = {} if times is None else times
    mark = time.perf_counter()

    def step(name: str) -> None:
        nonlocal mark
        times[name] = time.perf_counter() - mark
        mark = time.perf_counter()

    day = date(2026, 1, 2)
    plan = plan_bundle(items, bates_prefix="GEN")
    step("plan")
    index, covers, pages = io.BytesIO(), io.BytesIO(), 2
    while plan.index_pages != pages:
        plan, index = plan.with_index(pages), io.BytesIO()
        pages = render_pdf(exhibit_list(plan), index).pages
    render_pdf(cover_sheets(plan), covers)
    step("documents")
    with PacketSink(to) as sink:
        with sink.write(BUNDLE_NAME) as out:
            info = write_bundle(plan, covers=covers, index=index, out=out, facts=BundleFacts("Bench", "Bench", day))
        step("write")
        write_natives(plan, sink)
        facts = PacketFacts("Bench", "", day, draft=False, formats=("pdf",))
        write_manifest(sink, facts, plan, {BUNDLE_NAME: info.pages})
        step("manifest")
        problems = verify_packet(sink, thorough=False)
        assert not problems, problems
        sink.finalise()
        step("check")
    times["pages"] = float(info.pages)


def exhibit_list(plan: BundlePlan) -> Document:
    """A list whose rows lead to the cover sheets."""
    rows = []
    for exhibit in plan.exhibits:
        place = plan.place(exhibit)
        texts = (f"Exhibit {place.number}", exhibit.item.title, f"{place.cover_bates} ff.")
        rows.append(
            tuple(Cell((Paragraph((ExhibitRef(text, place.cover_page),)),)) for text in texts),
        )
    table = Table(tuple(rows), (1.0, 3.0, 1.5))
    return Document("List of exhibits", (Heading(1, (Text("List of exhibits"),)), table), page_numbers=False)


def cover_sheets(plan: BundlePlan) -> Document:
    """One page per exhibit."""
    blocks: list[Heading | Paragraph | PageBreak] = []
    for exhibit in plan.exhibits:
        if blocks:
            blocks.append(PageBreak())
        place = plan.place(exhibit)
        blocks.append(Heading(1, (Text(f"Exhibit {place.number}"),)))
        blocks.append(Paragraph((Text(f"{exhibit.item.title}; SHA-256 {exhibit.item.sha256}"),)))
    return Document("Exhibits", tuple(blocks), page_numbers=False)


def make_texts(folder: Path) -> list[Path]:
    """Text PDFs with nested bookmarks, their streams compressed as usual (without ReportLab's ASCII coat)."""
    rl_config.useA85 = 0
    chance = random.Random(7)
    (folder / "text").mkdir(exist_ok=True)
    out = []
    for number in range(1, EXHIBITS + 1):
        path = folder / "text" / f"{number:03d}.pdf"
        canvas = Canvas(str(path), invariant=1, pageCompression=1)
        for page in range(1, PAGES + 1):
            canvas.bookmarkPage(f"p{page}")
            canvas.addOutlineEntry(f"Part {page}", f"p{page}", level=0 if page % 5 == 1 else 1)
            text = canvas.beginText(72, 730)
            text.setFont("Times-Roman", 10)
            for _ in range(50):
                text.textLine(" ".join(chance.choice(WORDS) for _ in range(11)))
            canvas.drawText(text)
            canvas.showPage()
        canvas.save()
        out.append(path)
    return out


def make_photos(folder: Path) -> list[Path]:
    """JPEG photographs with camera data: noise over a gradient, as large as phones make them."""
    (folder / "photos").mkdir(exist_ok=True)
    chance = random.Random(11)
    out = []
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    for number in range(1, PHOTOS + 1):
        path = folder / "photos" / f"{number:03d}.jpg"
        noise = Image.frombytes("L", (1000, 750), chance.randbytes(750_000)).resize((4000, 3000))
        ground = Image.linear_gradient("L").resize((4000, 3000))
        image = Image.merge("RGB", (Image.blend(noise, ground, 0.6), ground, Image.blend(ground, noise, 0.3)))
        quality = 93
        image.save(path, quality=quality, exif=exif)
        out.append(path)
    return out


def _bare_merge(files: list[Path], to: Path) -> None:
    with pikepdf.new() as merged:
        sources = [pikepdf.open(path) for path in files]
        for source in sources:
            merged.pages.extend(source.pages)
        merged.save(to)
        for source in sources:
            source.close()


def _item(number: int, path: Path) -> ExhibitInput:
    data = path.read_bytes()
    media_type = "application/pdf" if path.suffix == ".pdf" else "image/jpeg"
    digest = hashlib.sha256(data).hexdigest()
    key = uuid.UUID(int=number)
    return ExhibitInput(key, number, f"Report {number}", digest, len(data), media_type, lambda: path.open("rb"))


def _timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _peak() -> float:
    """Peak resident memory of this process alone in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    if len(sys.argv) == 3:
        sys.stdout.write(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
    else:
        main()
