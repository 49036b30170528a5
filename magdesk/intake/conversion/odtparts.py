"""An OpenDocument text made ready for pandoc, which passes over recorded changes and comments."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from magdesk.intake.archive import DAMAGED, ArchiveTrap, read_member
from magdesk.intake.readers.odtmarks import mark
from magdesk.intake.readers.ooxml import part_root

_CONTENT = "content.xml"


def marked_text(data: bytes) -> tuple[bytes, str]:
    """The document with its changes and comments in brackets, and what is to be said of them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = part_root(archive, _CONTENT)
            said = mark(root).sentence() if root is not None else ""
            if root is None or not said:
                return data, ""
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
                for name in dict.fromkeys(archive.namelist()):
                    made.writestr(name, etree.tostring(root) if name == _CONTENT else read_member(archive, name))
            return out.getvalue(), said
    except (ArchiveTrap, RuntimeError, KeyError, *DAMAGED):
        return data, ""
