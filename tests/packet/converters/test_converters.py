"""What becomes pages and what becomes a slip sheet, and that nothing in a file makes the converters raise."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from magdesk.intake import sniff
from magdesk.intake.conversion import DocumentConverter
from magdesk.intake.namedkinds import NAMED
from magdesk.packet.bundle import plan_bundle, write_bundle
from magdesk.packet.converters import NoPages, Pages, convert
from tests.packet.making import FACTS, bundle, changed, exhibit, picture, sheets, text_pdf
from tests.realfiles import of_every_ending


@pytest.fixture(scope="module")
def converter() -> Iterator[DocumentConverter]:
    """One process that takes pictures apart, for many of them."""
    with DocumentConverter() as made:
        yield made


def _encrypted(owner: str, user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf(2))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=owner, user=user))
    return out.getvalue()


def test_a_pdf_encrypted_for_its_owner_is_opened() -> None:
    found = convert(exhibit(1, _encrypted(owner="secret", user="")))
    assert isinstance(found, Pages)
    assert found.count == 2


def test_a_locked_pdf_is_delivered_as_it_is() -> None:
    plan, data, _ = bundle([exhibit(1, _encrypted(owner="secret", user="locked")), exhibit(2, text_pdf())])
    place = plan.place(plan.exhibits[0])
    assert "password" in place.reason
    assert place.native == "ex-001.pdf"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 3


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"nothing", text_pdf()[:300]])
def test_a_damaged_pdf_gets_a_slip_sheet(data: bytes) -> None:
    assert isinstance(convert(exhibit(1, data)), NoPages)


def test_a_pdf_without_pages_gets_a_slip_sheet() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(out)
    found = convert(exhibit(1, out.getvalue()))
    assert isinstance(found, NoPages)
    assert "no pages" in found.reason


def test_a_dynamic_form_gets_a_slip_sheet() -> None:
    def load(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"), Fields=[])

    found = convert(exhibit(1, changed(text_pdf(), load)))
    assert isinstance(found, NoPages)
    assert "XFA" in found.reason


def test_a_signed_pdf_comes_with_its_original() -> None:
    def load(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="s", V=pikepdf.Dictionary()))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])

    found = convert(exhibit(1, changed(text_pdf(), load)))
    assert isinstance(found, Pages)
    assert found.native
    assert "signature" in found.notes[0]


@pytest.mark.parametrize(
    ("kind", "mode", "media_type"),
    [
        ("PNG", "RGB", "image/png"),
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "1", "image/png"),
        ("PNG", "L", "image/png"),
        ("PNG", "LA", "image/png"),
        ("PNG", "I;16", "image/png"),
        ("TIFF", "CMYK", "image/tiff"),
        ("TIFF", "F", "image/tiff"),
        ("GIF", "P", "image/gif"),
        ("WEBP", "RGB", "image/webp"),
        ("BMP", "RGB", "image/bmp"),
        ("HEIF", "RGB", "image/heic"),
        ("AVIF", "RGB", "image/avif"),
    ],
)
def test_pictures_look_the_same_on_the_page(
    converter: DocumentConverter, kind: str, mode: str, media_type: str
) -> None:
    data = picture(kind, size=(120, 80), mode=mode)
    _, bundled, info = bundle([exhibit(1, data, media_type)])
    assert not info.problems
    with pypdfium2.PdfDocument(io.BytesIO(bundled)) as document:
        page = document[1].render(scale=96 / 72).to_pil().convert("RGB")
    with Image.open(io.BytesIO(data)) as image:
        wide = image.mode in ("I", "F") or image.mode.startswith("I;16")
        seen = image.convert("RGBA").convert("RGB") if not wide else None
    if seen is not None:
        left, top = (page.width - 120) // 2, round((page.height - 16) / 2 - 40)
        found = page.crop((left + 5, top + 5, left + 115, top + 75)).resize((11, 7), Image.Resampling.BOX)
        wanted = seen.crop((5, 5, 115, 75)).resize((11, 7), Image.Resampling.BOX)
        difference = ImageChops.difference(found, wanted).convert("L")
        assert sum(difference.tobytes()) / (11 * 7) < 24
    assert convert(exhibit(1, data, media_type), converter) == convert(exhibit(1, data, media_type), converter)


def test_each_frame_of_a_tiff_is_a_page_and_a_gif_shows_its_first() -> None:
    frames = [Image.new("L", (20, 20), level) for level in (0, 90, 200)]
    tiff, gif = io.BytesIO(), io.BytesIO()
    frames[0].save(tiff, "TIFF", save_all=True, append_images=frames[1:])
    frames[0].save(gif, "GIF", save_all=True, append_images=frames[1:])
    many = convert(exhibit(1, tiff.getvalue(), "image/tiff"))
    first = convert(exhibit(1, gif.getvalue(), "image/gif"))
    assert isinstance(many, Pages)
    assert isinstance(first, Pages)
    assert (many.count, many.native, first.count, first.native) == (3, False, 1, True)


def test_a_picture_bomb_is_not_unpacked() -> None:
    data = bytearray(picture("PNG", size=(10, 10)))
    at = data.index(b"IHDR") + 4
    data[at : at + 8] = (60_000).to_bytes(4, "big") * 2
    assert isinstance(convert(exhibit(1, bytes(data), "image/png")), NoPages)


def test_text_is_set_line_for_line_and_says_so() -> None:
    text = "First line\n    indented\n\nSecond: Привет, مرحبا, 你好\n"
    plan, data, _ = bundle([exhibit(1, text.encode(), "text/plain")])
    assert plan.place(plan.exhibits[0]).native == "ex-001.txt"
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        text_page = document[1].get_textpage()
        found = text_page.get_text_bounded()
        text_page.close()
    assert "First line" in found
    assert "Привет" in found
    assert "converted view" in found


def test_text_that_is_too_long_or_empty_gets_a_slip_sheet() -> None:
    assert isinstance(convert(exhibit(1, b"a\n" * 300_000, "text/plain")), NoPages)
    assert isinstance(convert(exhibit(1, b"\n \n", "text/plain")), NoPages)


@pytest.mark.parametrize(
    ("media_type", "word"),
    [("video/mp4", "recording"), ("application/zip", "archive"), ("application/x-elf", "kind")],
)
def test_what_cannot_be_a_page_says_why(media_type: str, word: str) -> None:
    found = convert(exhibit(1, b"x", media_type))
    assert isinstance(found, NoPages)
    assert word in found.reason


_KINDS = ("application/pdf", "image/jpeg", "image/png", "image/tiff", "image/gif", "image/heic", "text/plain")


@settings(max_examples=15)
@given(
    # Several in each bundle: the process that takes pictures apart starts anew for each of them.
    st.lists(
        st.tuples(st.sampled_from(_KINDS), st.binary(max_size=400), st.integers(0, 3_000)), min_size=4, max_size=8
    )
)
def test_spoilt_files_never_raise(spoilt: list[tuple[str, bytes, int]]) -> None:
    items = [exhibit(number, _spoilt(*how), how[0]) for number, how in enumerate(spoilt, 1)]
    items.append(exhibit(len(items) + 1, text_pdf()))
    plan = plan_bundle(items, bates_prefix="GEN")
    info = write_bundle(plan, covers=sheets(len(items)), index=None, out=io.BytesIO(), facts=FACTS)
    assert info.pages == plan.total
    assert not info.problems


def _spoilt(media_type: str, junk: bytes, at: int) -> bytes:
    """A file of that kind with some of its bytes replaced."""
    whole = {
        "application/pdf": text_pdf(2),
        "image/jpeg": picture(),
        "image/png": picture("PNG"),
        "image/tiff": picture("TIFF"),
        "image/gif": picture("GIF", mode="P"),
        "image/heic": picture("HEIF"),
        "text/plain": b"words ",
    }[media_type]
    at = min(at, len(whole))
    return whole[:at] + junk + whole[at + len(junk) :]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_real_files_all_go_through_and_look_the_same(real_files: Path) -> None:
    """Every file becomes pages or a slip sheet; PDF pages render like those of their source."""
    items = []
    for number, path in enumerate(of_every_ending(real_files), 1):
        data = path.read_bytes()
        items.append(exhibit(number, data, sniff(io.BytesIO(data), path.name), title=path.name))
    plan, bundled, info = bundle(items)
    assert not info.problems
    assert sum(1 for item in plan.exhibits if item.count) > 40
    assert all(item.count or item.native for item in plan.exhibits)
    with pypdfium2.PdfDocument(io.BytesIO(bundled)) as document:
        for item in plan.exhibits:
            if item.item.media_type == "application/pdf" and item.count:
                _assert_same_look(item.item.open().read(), document, plan.place(item).first_page - 1, item.item.title)


# Here pdfium draws the form's fields in its own way, or the page is tiny beside the stamp.
_OWN_LOOK = ("form_dd0293", "evaljs", "cropped_text", "testPDF_XFA")


def _assert_same_look(data: bytes, document: pypdfium2.PdfDocument, first: int, title: str) -> None:
    if title.startswith(_OWN_LOOK):
        return
    try:
        source = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    with source:
        if source.get_formtype() == 1:
            source.init_forms()
        for index in range(min(len(source), 3)):
            before, after = (_grey(pdf, at) for pdf, at in ((source, index), (document, first + index)))
            assert before.size == after.size, title
            difference = ImageChops.difference(before, after)
            difference.paste(0, (0, int(before.height * 0.9), before.width, before.height))
            share = sum(difference.histogram()[48:]) / (before.width * before.height)
            assert share < 0.001, f"{title} page {index + 1}: {share:.4f}"


def _grey(pdf: pypdfium2.PdfDocument, index: int) -> Image.Image:
    page = pdf[index]
    width, height = page.get_size()
    image: Image.Image = page.render(scale=500 / max(width, height)).to_pil().convert("L")
    page.close()
    return image


def test_each_slip_sheet_says_what_to_do(converter: DocumentConverter) -> None:
    """In a sentence of its own behind the reason, whichever way the file fails."""
    none = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(none)
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    failing = [
        ("application/pdf", _encrypted(owner="secret", user="locked"), "password"),
        ("application/pdf", none.getvalue(), "complete"),
        ("application/pdf", b"%PDF-1.4 rubbish", "new copy"),
        ("application/pdf", b"", "complete"),
        ("text/plain", b" \n", "original"),
        (sheet, b"PK\x03\x04 rubbish", "new copy"),
        (word, b"PK\x03\x04 rubbish", "new copy"),
        ("image/png", b"\x89PNG rubbish", "new copy"),
        ("image/jpeg", b"\xff\xd8\xff rubbish", "new copy"),
        ("message/rfc822", b"", "complete"),
        ("application/mbox", b"nothing", "complete"),
        ("text/html", b"<script>1</script>", "original"),
        ("audio/mpeg", b"ID3", "original"),
        ("application/x-unheard-of", b"\x00\x01", "original"),
        *((kind, b"\x00\x01", advice) for kind, (_name, advice) in NAMED.items()),
    ]
    for kind, data, advice in failing:
        found = convert(exhibit(1, data, kind), converter)
        assert isinstance(found, NoPages), kind
        assert advice in found.todo, (kind, found)
        for sentence in (found.reason, found.todo):
            assert sentence[:1].isupper(), sentence
            assert sentence.endswith("."), sentence
