"""The parts of the package, and writing it with fixed order and fixed dates: the same parts, the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from magdesk.render.docx.oxml import XmlElement, serialise

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")


class XmlPart(Part):  # type: ignore[misc,unused-ignore]
    """A part whose content is set once its relationships are known."""

    def __init__(self, name: str, content_type: str) -> None:
        super().__init__(PackURI(name), content_type)
        self.root: XmlElement | None = None

    @property
    def blob(self) -> bytes:
        """The bytes of the part."""
        assert self.root is not None, f"{self.partname} was never filled"
        return serialise(self.root)


def blob_part(name: str, content_type: str, data: bytes) -> Part:
    """A part of fixed bytes."""
    return Part(PackURI(name), content_type, data)


def write_package(main: Part, core: Part, extended: Part, out: BinaryIO) -> None:
    """Write the package that begins at the main part."""
    package = OpcPackage()
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    package.relate_to(core, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    package.relate_to(extended, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    draft = io.BytesIO()
    package.save(draft)
    _rewrite(draft, out)


def _rewrite(draft: BinaryIO, out: BinaryIO) -> None:
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(out, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (_FIRST.index(name) if name in _FIRST else 9, name))
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            packed = name.endswith((".png", ".jpeg"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))


__all__ = ["CONTENT_TYPE", "RELATIONSHIP_TYPE", "XmlPart", "blob_part", "write_package"]
