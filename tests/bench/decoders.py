"""Every decoder of bytes from outside, with samples of what it decodes: what the mutations are tried on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from magdesk.intake.conversion import raster
from magdesk.intake.conversion.convert import CONVERTED_TYPES, convert_source
from magdesk.intake.conversion.gathering import Enough, Gathering
from magdesk.intake.conversion.pictures import shown_picture
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import foreign
from magdesk.intake.read import read_file
from magdesk.intake.rendering.answers import Area, StoredFile
from magdesk.intake.rendering.showerchoice import SHOWERS, shower_for
from magdesk.intake.sandbox import programs
from magdesk.intake.sandbox.programs import Program
from magdesk.intake.sniff import sniff
from magdesk.intake.source import Source
from magdesk.model import TimestampProof
from magdesk.packet.sourcepdf import PIKEPDF, open_pdf, take_pages, traits_of
from magdesk.services.proofs import timestamps
from magdesk.services.proofs.opentimestamps import read_ots
from tests.bench.samples import FILES, proof_files, samples

Decode = Callable[[bytes], bool]
_NAMES = {"text/csv": "x.csv"}


@dataclass(frozen=True, slots=True)
class Decoder:
    """One way of taking bytes apart.

    Attributes:
        kind: the media type of what it takes; empty for proofs.
        samples: sound files, small.
        decode: takes a file apart and says whether it was whole; refuses with an error of ours.
    """

    name: str
    kind: str
    samples: tuple[bytes, ...]
    decode: Decode


def decoders() -> Iterator[Decoder]:
    """All of them, those without a sample left out."""
    yield Decoder("proof: RFC 3161 answer", "", proof_files(".tsr"), _answer)
    yield Decoder("proof: OpenTimestamps", "", proof_files(".ots"), lambda data: bool(read_ots(data)))
    yield Decoder("proof: certificate", "", proof_files(".pem") + proof_files(".der"), _certificate)
    for one in samples():
        for way, decode in _ways(one.kind):
            yield Decoder(f"{one.name}: {way}", one.kind, one.files, decode)


def _ways(kind: str) -> Iterator[tuple[str, Decode]]:
    yield "read", _reading(kind)
    if kind in CONVERTED_TYPES:
        yield "converted", _converting(kind)
    if _is_picture(kind):
        yield "framed", _framed
    if kind == "application/pdf":
        yield "in the bundle", _bundled
    if kind in SHOWERS or _is_picture(kind):
        yield "shown", _showing(kind)


def _is_picture(kind: str) -> bool:
    return kind.startswith("image/") and kind != "image/svg+xml"


# ------------------------------------------------------------------------------------------------------ ways


def _reading(kind: str) -> Decode:
    name = _NAMES.get(kind, "x")  # some kinds are told from others by the ending alone

    def decode(data: bytes) -> bool:
        try:
            facts = read_file(io.BytesIO(data), name, begin=lambda found: FileReading(found, on_child=_drain))
        except (MemoryError, RecursionError) as error:
            raise RuntimeError("it is said of the file, and passes this function never") from error
        return not facts.note

    return decode


def _drain(_name: str, stream: BinaryIO) -> None:
    while stream.read(1 << 20):
        pass


def _converting(kind: str) -> Decode:
    def decode(data: bytes) -> bool:
        gathering = Gathering(lambda _block: None, lambda _key, _data: None)
        found = sniff(io.BytesIO(data), "x")
        try:
            convert_source(Source(io.BytesIO(data), "x", found if found in CONVERTED_TYPES else kind), gathering)
        except Enough:
            return True
        return not any("damaged" in note for note in (*gathering.notes, *gathering.preface))

    return decode


def _framed(data: bytes) -> bool:
    shown_picture(data)
    try:
        raster.frames(io.BytesIO(data), all_frames=True, lossy=False)
    except raster.TooManyPixels:
        return False
    return True


def _bundled(data: bytes) -> bool:
    with foreign("pikepdf", *PIKEPDF), open_pdf(io.BytesIO(data)) as pdf:
        traits_of(pdf)
        take_pages(pdf)
    return True


def _showing(kind: str) -> Decode:
    def decode(data: bytes) -> bool:
        with foreign("the libraries that draw"):
            shown = shower_for(kind)(io.BytesIO(data), StoredFile("", kind, "x", len(data)))
            try:
                outline = shown.outline()
                for page, (width, height) in enumerate(outline.pages[:3]):
                    if width * height < 1_000_000:
                        shown.draw(page, Area(0.5, 1, 0, 0, 40, 40))
                    shown.text(page)
                for number, _sheet in enumerate(outline.sheets):
                    shown.cells(number, 0, 50)
            finally:
                shown.close()
        return True

    return decode


def _answer(data: bytes) -> bool:
    read = timestamps.read_proof(data)
    row = TimestampProof(stamped=read.stamped, authority=read.authority)
    roots = (FILES / "proofs" / "root.pem").read_text()
    return timestamps.judge_answer(data, row, roots).standing is timestamps.Standing.VERIFIED


def _certificate(data: bytes) -> bool:
    return bool(timestamps.to_pem([data]))


def without_pandoc() -> None:
    """Documents are converted without the other program: its own decoder is not ours, and each start costs much."""

    def none(program: Program) -> Path | None:
        return None

    programs.find_program = none
