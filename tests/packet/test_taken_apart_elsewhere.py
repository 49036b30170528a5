"""What is taken out of envelopes, archives and pictures for the packet is taken out in the worker, never here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import NoReturn

import olefile
import pytest
from PIL import Image

from magdesk.casefile import CaseFile
from magdesk.intake.conversion import DocumentConverter
from magdesk.model import Evidence
from magdesk.packet.bundle import plan_bundle
from magdesk.packet.converters import NoPages, Pages, convert
from magdesk.packet.exhibits import ExhibitInput
from magdesk.services.pictures import Portraits
from tests.intake.envelopes import SIGNER, signed
from tests.intake.making import packed
from tests.packet.making import exhibit, picture, text_pdf


def pages_document() -> bytes:
    return packed({"QuickLook/Preview.pdf": text_pdf(2, words="Preview"), "index.xml": "<document/>"})


WRAPPED = {
    "signed PDF": exhibit(1, signed(text_pdf(3)), "application/pkcs7-mime", file_name="contract.pdf.p7m"),
    "signed text": exhibit(1, signed(b"I saw it.\n"), "application/pkcs7-mime", file_name="note.txt.p7m"),
    "Pages": exhibit(1, pages_document(), "application/vnd.apple.pages", file_name="report.pages"),
    "JPEG": exhibit(1, picture(), "image/jpeg"),
}


@pytest.fixture
def nothing_is_parsed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every parser of containers, envelopes and pictures fails in this process; a worker has its own."""

    def parsed(*_given: object, **_named: object) -> NoReturn:
        raise AssertionError("a stranger's bytes were taken apart in the main process")

    for name in ("magdesk.intake.cms.open_envelope", "magdesk.intake.archive.open_archive"):
        monkeypatch.setattr(name, parsed)
    for home in ("applepreview", "zipfolder", "readers.ooxml"):
        monkeypatch.setattr(f"magdesk.intake.{home}.open_archive", parsed, raising=False)
    monkeypatch.setattr(zipfile.ZipFile, "__init__", parsed)
    monkeypatch.setattr(olefile.OleFileIO, "__init__", parsed)
    monkeypatch.setattr(Image, "open", parsed)


@pytest.mark.parametrize("kind", WRAPPED)
def test_what_is_inside_is_shown_and_was_taken_out_elsewhere(kind: str, nothing_is_parsed_here: None) -> None:
    shown = convert(WRAPPED[kind])
    assert isinstance(shown, Pages)
    assert shown.count == {"signed PDF": 3, "Pages": 2}.get(kind, 1)
    assert shown.native == (kind != "JPEG")
    said = " ".join(shown.notes)
    assert (SIGNER in said) == kind.startswith("signed")
    assert ("preview" in said) == (kind == "Pages")


def test_what_is_wrapped_badly_is_told_for_what_it_is() -> None:
    cases = {
        "damaged": exhibit(1, b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "application/pkcs7-mime"),
        "more than once": exhibit(1, signed(signed(b"x")), "application/pkcs7-mime", file_name="a.p7m"),
        "Apple Pages": exhibit(1, packed({"Index/Document.iwa": b"x"}), "application/vnd.apple.pages"),
    }
    with DocumentConverter() as converter:
        for words, item in cases.items():
            refused = convert(item, converter)
            assert isinstance(refused, NoPages)
            assert words in refused.reason


def test_a_bundle_with_photographs_waits_for_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(DocumentConverter, "check", lambda _self: asked.append(True))
    monkeypatch.setattr("magdesk.packet.plan.convert", lambda _item, _converter: NoPages("x", ""))
    for item in WRAPPED.values():
        plan_bundle([item], bates_prefix="GEN")
    plan_bundle([exhibit(1, text_pdf())], bates_prefix="GEN")
    assert len(asked) == len(WRAPPED)


def test_a_portrait_is_bare_pixels_made_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upright = Image.new("RGB", (1_200, 600), (200, 20, 20))
    upright.paste((20, 20, 200), (0, 0, 600, 600))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "CANARY"  # turned by a quarter; the maker of the camera
    out = io.BytesIO()
    upright.save(out, "JPEG", exif=exif)
    data = out.getvalue()
    with CaseFile.create(tmp_path / "c.magdesk", "seven owls watch the empty harbour") as case:
        digests = [case.blobs.put(io.BytesIO(one)).sha256 for one in (data, b"GIF89a none")]
        rows = [Evidence(sha256=digest, size=len(data), media_type="image/jpeg") for digest in digests]
        with DocumentConverter() as converter, monkeypatch.context() as patch:
            patch.setattr(Image, "open", lambda *_given: pytest.fail("opened here"))
            portraits = Portraits(case, converter)
            made, none = (portraits.picture(row) for row in rows)
            text = portraits.picture(Evidence(sha256=digests[0], size=1, media_type="text/plain"))
    assert (none, text) == (None, None)
    assert made is not None
    assert b"CANARY" not in made
    with Image.open(io.BytesIO(made)) as seen:
        assert seen.size == (450, 900)
        red, _green, blue = seen.getpixel((10, 10))  # type: ignore[misc]
        assert blue > red
        assert not seen.getexif()


def test_a_worker_that_lies_about_a_portrait_is_not_believed() -> None:
    from magdesk.intake.conversion import frames
    from magdesk.intake.conversion.converter import _small

    def sent(pixels: bytes, end: bytes) -> list[tuple[bytes, bytes]]:
        return [(frames.PIECE, pixels), (frames.END, end)]

    good = _small(iter(sent(bytes(12), b'{"width": 2, "height": 2}')), 4)
    assert (good.width, good.height) == (2, 2)
    for pixels, end in (
        (bytes(11), b'{"width": 2, "height": 2}'),
        (bytes(12), b'{"width": 4, "height": true}'),
        (bytes(15), b'{"width": 5, "height": 1}'),
        (bytes(12), b'{"width": -2, "height": -2}'),
        (bytes(12), b"[]"),
    ):
        with pytest.raises(ValueError, match="not"):
            _small(iter(sent(pixels, end)), 4)


def test_the_input_of_a_wrapped_file_is_asked_for_once_more_only_by_size() -> None:
    item = WRAPPED["Pages"]
    large = ExhibitInput(item.evidence_id, 1, "x", item.sha256, 65 << 20, item.media_type, item.open)
    refused = convert(large)
    assert isinstance(refused, NoPages)
    assert "too large" in refused.reason
