"""Exhibits that are locked with a password: shown where it is known, said where it is not, never told to anyone."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

from magdesk.intake.sandbox.programs import Program, find_program
from magdesk.packet.converters import NoPages, Pages, convert
from magdesk.packet.exhibits import ExhibitInput
from tests.intake.conversion.conversion_samples import DOCX, XLSX, word, workbook
from tests.packet.making import bundle, exhibit, text_pdf

PASSWORD = "geheim, ключ"
LOCKED = "application/vnd.openxmlformats-officedocument.encrypted"


def locked_office(data: bytes) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(PASSWORD, out)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf(2, words="Secret page"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=PASSWORD, owner="owner"))
    return out.getvalue()


def with_password(item: ExhibitInput, password: str) -> ExhibitInput:
    return ExhibitInput(
        item.evidence_id, item.number, item.title, item.sha256, item.size, item.media_type, item.open, item.file_name,
        password=password,
    )  # fmt: skip


def words_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("media_type", [XLSX, LOCKED])
def test_a_locked_workbook_is_shown_when_its_password_is_known(media_type: str) -> None:
    item = exhibit(1, locked_office(workbook()), media_type, file_name="x.xlsx")
    shown = convert(with_password(item, PASSWORD))
    assert isinstance(shown, Pages)
    assert shown.native
    assert any("locked with a password" in note for note in shown.notes)
    assert PASSWORD not in words_of(shown.open().read())
    assert words_of(shown.open().read()).count("\n") > 5
    for password in ("", "wrong"):
        refused = convert(with_password(item, password))
        assert isinstance(refused, NoPages)
        assert "locked with a password" in refused.reason
    assert PASSWORD not in repr(with_password(item, PASSWORD)) + repr(shown)


@pytest.mark.skipif(find_program(Program.PANDOC) is None, reason="pandoc is not installed")
def test_a_locked_word_document_is_shown_when_its_password_is_known() -> None:
    item = exhibit(1, locked_office(word("They came at night.")), DOCX, file_name="x.docx")
    plan, data, info = bundle([with_password(item, PASSWORD)])
    assert not info.problems
    assert "They came at night." in words_of(data)
    assert plan.place(plan.exhibits[0]).native == "ex-001.docx"


def test_a_locked_pdf_lends_its_pages_when_its_password_is_known() -> None:
    item = exhibit(1, locked_pdf())
    refused = convert(item)
    assert isinstance(refused, NoPages)
    shown = convert(with_password(item, PASSWORD))
    assert isinstance(shown, Pages)
    assert (shown.count, shown.notes[0]) == (
        2,
        "The original is locked with a password; its pages are shown unlocked.",
    )
    _plan, data, info = bundle([with_password(item, PASSWORD)])
    assert not info.problems
    assert "Secret page 2" in words_of(data)
    with pikepdf.open(io.BytesIO(data)) as made:
        assert not made.is_encrypted
