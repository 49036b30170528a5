"""What the index read of a file against what its exhibit page shows: words read, shown, and lost.

    python -m tests.bench.fidelity [FOLDER] [--write]

A word is lost that the reader found and that no page of the exhibit shows, neither alone nor broken at a line end. It
is named as missing where the pages say in a sentence that words are lost, and how many.
``fidelity-known.tsv`` lists the files that lose words today, how many, and why; ``--write`` brings its numbers up to
date and leaves the reasons. Files of which no page is made are told apart: their reason stands on the slip sheet.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pikepdf
import pypdfium2

from magdesk.intake import FileReader
from magdesk.intake.comparison import lost_words, words
from magdesk.intake.conversion import DocumentConverter
from magdesk.intake.pdfletters import is_suspicious, letters_of, with_spaces
from magdesk.packet.converters import NoPages, Pages, convert
from magdesk.packet.exhibits import ExhibitInput
from magdesk.packet.sourcepdf import open_pdf, take_pages

KNOWN = Path(__file__).with_name("fidelity-known.tsv")
LARGEST = 12 << 20  # bytes; a larger file says nothing that a smaller one does not
_COUNT = re.compile(r"(?:([\d,]+) words or numbers|One word or number) that a search finds")
# The sentence that names what is lost does not make it shown.
_SAID = re.compile(
    r"(?:[\d,]+\s+words\s+or\s+numbers|One\s+word\s+or\s+number)\s+that\s+a\s+search.*?the\s+original,", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One file.

    Attributes:
        name: its path below the folder.
        read: how many different words the reader found.
        lost: those that no page shows, in the order in which they were read.
        named: how many of them the pages name as missing.
        notes: what the pages say that they do not show.
        refused: why there are no pages; empty where there are.
    """

    name: str
    read: int
    lost: tuple[str, ...]
    named: int = 0
    notes: tuple[str, ...] = ()
    refused: str = ""


def compare(files: Sequence[tuple[str, Path]]) -> Iterator[Compared]:
    """Read and convert each file in processes of their own, and compare."""
    with FileReader() as reader, DocumentConverter() as converter:
        for name, path in files:
            data = path.read_bytes()
            if not data:
                continue
            with path.open("rb") as stream:
                facts = reader.read(stream, path.name, len(data))
            # What stands beside a page is told as such, and is on no page.
            texts = [text.partition(_BESIDE)[0] for _page, text in facts.text]
            read = len({word for text in texts for word in words(text)})
            item = ExhibitInput(
                evidence_id=uuid.UUID(int=1),
                number=1,
                title="Paper",
                sha256=hashlib.sha256(data).hexdigest(),
                size=len(data),
                media_type=facts.media_type,
                open=lambda path=path: path.open("rb"),  # type: ignore[misc]
                file_name=path.name,
            )
            pages = convert(item, converter)
            if isinstance(pages, NoPages):
                yield Compared(name, read, (), refused=pages.reason)
                continue
            try:
                with _in_the_bundle(pages) as made, pypdfium2.PdfDocument(made) as document:
                    shown = "\n".join(_page_text(page) for page in document)
            except (pypdfium2.PdfiumError, pikepdf.PdfError) as error:
                yield Compared(name, read, (), notes=pages.notes, refused=f"not comparable: {error}")
                continue
            lost = lost_words(texts, _SAID.sub("", shown))
            yield Compared(name, read, lost, _named(pages.notes), pages.notes)


_BESIDE = "[outside of the visible page: "


def _in_the_bundle(pages: Pages) -> BinaryIO:
    """The pages as the bundle takes them: unlocked, and with what their annotations show drawn on them."""
    out = io.BytesIO()
    with pages.open() as made, open_pdf(made, pages.password) as pdf:
        if not pages.converted:
            take_pages(pdf)
        pdf.save(out, fix_metadata_version=False)
    out.seek(0)
    return out


def _page_text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        # A hyphen that ends a line comes out as one of two signs; the reader of text takes it for what it is.
        shown = str(text.get_text_bounded()).replace("\ufffe", "-\n").replace("\x02", "-\n")
        # Words that the file parts by room alone are parted for the eye.
        return with_spaces(shown, letters_of(text)) if is_suspicious(shown) else shown
    finally:
        text.close()
        page.close()


def _named(notes: Sequence[str]) -> int:
    """How many words the pages say that they do not show."""
    found = next((said for note in notes if (said := _COUNT.match(note))), None)
    return 0 if found is None else 1 if found[1] is None else int(found[1].replace(",", ""))


def files_below(folder: Path) -> list[tuple[str, Path]]:
    """The documents below a folder with their names there; not those that only describe them."""
    return [
        (path.relative_to(folder).as_posix(), path)
        for part in ("docs-ordinary", "docs-nasty", "wrong-pages")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file() and path.stat().st_size <= LARGEST and path.name not in ("MANIFEST.md", "README.md")
    ]


def known() -> dict[str, tuple[int, str]]:
    """Of each file that loses words: how many at most, and why."""
    found = {}
    for line in KNOWN.read_text("utf-8").splitlines()[1:]:
        name, count, why = line.split("\t")
        found[name] = (int(count), why)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each file that loses words; returns how many of them are not known."""
    parser = argparse.ArgumentParser(description="Words read against words shown.")
    root = os.environ.get("MAGDESK_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(root))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        print("no real files here: set MAGDESK_TEST_DATA to a folder of them")
        return 0
    listed, new, losing = known(), 0, {}
    read = lost = named = files = refused = 0
    for one in compare(files_below(options.folder)):
        files, read, lost, refused = files + 1, read + one.read, lost + len(one.lost), refused + bool(one.refused)
        named += one.named
        if one.refused.startswith("not comparable"):
            print(f"{one.name}: {one.refused}")
        if one.lost:
            most, why = listed.get(one.name, (0, "not yet looked at"))
            losing[one.name] = (len(one.lost), why)
            new += len(one.lost) > most
            print(
                f"{one.name}: {len(one.lost)} of {one.read} words lost, {one.named} named "
                f"({', '.join(one.lost[:8])}); {why}"
            )
    print(
        f"{files} files, {refused} without pages; {read} words read, {read - lost} shown, {lost} lost, "
        f"{named} named as missing; {new} new"
    )
    if options.write:
        rows = [f"{name}\t{count}\t{why}" for name, (count, why) in sorted(losing.items())]
        KNOWN.write_text("\n".join(["file\tlost\twhy", *rows]) + "\n", "utf-8")
    return new


if __name__ == "__main__":
    raise SystemExit(bool(main()))
