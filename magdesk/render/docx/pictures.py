"""Pictures set in the line, each file stored once, with the words for readers who cannot see them."""

from __future__ import annotations

import hashlib
import io
import warnings

from docx.opc.part import Part
from PIL import Image

from magdesk.document.blocks import Figure
from magdesk.render.docx.oxml import NS, XmlElement, element, legal
from magdesk.render.docx.parts import CONTENT_TYPE, RELATIONSHIP_TYPE, blob_part

_EMU_PER_TWIP = 635
_TALLEST = 11000
_KINDS = {"PNG": ("png", CONTENT_TYPE.PNG), "JPEG": ("jpeg", CONTENT_TYPE.JPEG)}


class Pictures:
    """The pictures of one part."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._stored: dict[str, tuple[str, int, int]] = {}
        self._drawn = 0

    def drawing(self, figure: Figure, measure: int) -> XmlElement | None:
        """A run that shows the picture; ``None`` when the bytes are no PNG or JPEG that can be read.

        Args:
            figure: the picture and its share of the measure.
            measure: width of the column in twips.
        """
        stored = self._store(figure.data)
        if stored is None:
            return None
        relationship, pixels_wide, pixels_high = stored
        wide = measure * min(max(figure.width, 0.02), 1.0)
        high = wide * pixels_high / pixels_wide
        if high > _TALLEST:
            wide, high = wide * _TALLEST / high, _TALLEST
        self._drawn += 1
        extent = {"cx": round(wide * _EMU_PER_TWIP), "cy": max(round(high * _EMU_PER_TWIP), 1)}
        return _inline(relationship, self._drawn, extent, " ".join(legal(figure.alt).split()))

    def _store(self, data: bytes) -> tuple[str, int, int] | None:
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._stored:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    with Image.open(io.BytesIO(data), formats=tuple(_KINDS)) as image:
                        kind, (wide, high) = image.format or "", image.size
            except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
                return None
            extension, content_type = _KINDS[kind]
            name = f"/word/media/image{len(self._stored) + 1}.{extension}"
            related = self._part.relate_to(blob_part(name, content_type, data), RELATIONSHIP_TYPE.IMAGE)
            self._stored[digest] = (related, wide, high)
        return self._stored[digest]


def _inline(relationship: str, number: int, extent: dict[str, int], alt: str) -> XmlElement:
    name = f"Picture {number}"
    picture = element(
        "pic:pic",
        None,
        element(
            "pic:nvPicPr",
            None,
            element("pic:cNvPr", {"id": number, "name": name, "descr": alt}),
            element("pic:cNvPicPr"),
        ),
        element(
            "pic:blipFill",
            None,
            element("a:blip", {"r:embed": relationship}),
            element("a:stretch", None, element("a:fillRect")),
        ),
        element(
            "pic:spPr",
            None,
            element("a:xfrm", None, element("a:off", {"x": 0, "y": 0}), element("a:ext", extent)),
            element("a:prstGeom", {"prst": "rect"}, element("a:avLst")),
        ),
    )
    return element(
        "w:r",
        None,
        element(
            "w:drawing",
            None,
            element(
                "wp:inline",
                {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
                element("wp:extent", extent),
                element("wp:effectExtent", {"l": 0, "t": 0, "r": 0, "b": 0}),
                element("wp:docPr", {"id": number, "name": name, "descr": alt}),
                element("wp:cNvGraphicFramePr", None, element("a:graphicFrameLocks", {"noChangeAspect": 1})),
                element("a:graphic", None, element("a:graphicData", {"uri": NS["pic"]}, picture)),
            ),
        ),
    )
