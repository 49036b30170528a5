"""One page of a source stands in the bundle: its content closed off, the stamp behind it."""

from __future__ import annotations

import zlib

import pikepdf

from magdesk.packet.content import Balance, balance_of, read_content
from magdesk.packet.geometry import frame_of
from magdesk.packet.sidedata import strip_picture
from magdesk.packet.stamp import BOLD_NAME, REGULAR_NAME, Stamp, opening, stamp_content, stamp_fonts

_WHOLE = "/MagDeskPage"
# Beside what a picture or form draws, these tell where it comes from or open other files.
_SIDE_KEYS = ("/Metadata", "/PieceInfo", "/AF", "/LastModified", "/OPI", "/Ref", "/Thumb", "/Alternates")


class Stamper:
    """Stamps the pages of one bundle."""

    def __init__(self, bundle: pikepdf.Pdf) -> None:
        self._bundle = bundle
        self._fonts = stamp_fonts(bundle)
        self._openings: dict[int, pikepdf.Stream] = {}
        self._dressed: set[tuple[int, int]] = set()

    def stamp(self, page: pikepdf.Object, stamp: Stamp) -> None:
        """Close the page's own content off and draw the stamp behind it."""
        streams = _streams(page)
        content = read_content(streams)
        balance = Balance(broken=True) if content is None else balance_of(content)
        if balance.broken and streams:
            streams = self._whole(page, streams)
            balance = Balance()
        frame = frame_of(page)
        if not frame.boxed:
            page.MediaBox = pikepdf.Array(list(frame.box))
            if "/CropBox" in page:
                del page["/CropBox"]
        closing = _packed(self._bundle, stamp_content(stamp, frame, balance))
        page.Contents = pikepdf.Array([self._opening(balance), *streams, closing])
        self._dress(page)

    def _opening(self, balance: Balance) -> pikepdf.Stream:
        if balance.deficit not in self._openings:
            self._openings[balance.deficit] = self._bundle.make_stream(opening(balance))
        return self._openings[balance.deficit]

    def _whole(self, page: pikepdf.Object, streams: list[pikepdf.Stream]) -> list[pikepdf.Stream]:
        """The page's content as one form: whatever it leaves open ends with it."""
        if len(streams) == 1:
            form = pikepdf.Stream(self._bundle, streams[0].read_raw_bytes())
            for key in ("/Filter", "/DecodeParms"):
                if key in streams[0]:
                    form[key] = streams[0][key]
        else:
            form = pikepdf.Stream(self._bundle, b"\n".join(_lenient(stream) for stream in streams))
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([-1_000_000, -1_000_000, 1_000_000, 1_000_000])
        resources = page.get("/Resources")
        form.Resources = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
        whole = self._bundle.make_indirect(form)
        page.Resources = pikepdf.Dictionary({"/XObject": pikepdf.Dictionary({_WHOLE: whole})})
        return [self._bundle.make_stream(f"{_WHOLE} Do".encode("ascii"))]

    def _dress(self, page: pikepdf.Object) -> None:
        """Give the page the stamp's fonts; pages that share their resources are dressed together."""
        resources = page.get("/Resources")
        if not isinstance(resources, pikepdf.Dictionary):
            resources = page.Resources = pikepdf.Dictionary()
        fonts = resources.get("/Font")
        if not isinstance(fonts, pikepdf.Dictionary):
            fonts = resources.Font = pikepdf.Dictionary()
        if fonts.is_indirect:
            if fonts.objgen in self._dressed:
                return
            self._dressed.add(fonts.objgen)
        fonts[REGULAR_NAME], fonts[BOLD_NAME] = self._fonts


def _packed(bundle: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    """A small compressed stream; the smallest window is several times faster to set up than qpdf's own."""
    engine = zlib.compressobj(6, zlib.DEFLATED, 9, 2)
    return bundle.make_stream(engine.compress(content) + engine.flush(), Filter=pikepdf.Name.FlateDecode)


def _streams(page: pikepdf.Object) -> list[pikepdf.Stream]:
    contents = page.get("/Contents")
    found = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [item for item in found if isinstance(item, pikepdf.Stream)]


def _lenient(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return b""


def strip_sides(bundle: pikepdf.Pdf) -> None:
    """Take from every object of the bundle what is not drawn: metadata, private data, files, references out."""
    for obj in bundle.objects:
        if not isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for key in _SIDE_KEYS:
            if key in obj:
                del obj[key]
        if isinstance(obj, pikepdf.Stream):
            if "/F" in obj:
                del obj["/F"]
            strip_picture(obj, bundle)
