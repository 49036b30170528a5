"""Which icon stands for an item."""

from __future__ import annotations

from magdesk.intake.rendering.showable import Way, way_of
from magdesk.services.evidence.lines import EvidenceLine

_BY_WAY = {Way.TABLE: "table", Way.MAIL: "mail", Way.TEXT: "document", Way.PAGES: "document", Way.NONE: "evidence"}


def icon_of(line: EvidenceLine) -> str:
    """The name of the icon for what an item is."""
    if not line.sha256:
        return "evidence"
    if line.locked:
        return "lock"
    family = line.media_type.partition("/")[0]
    if family == "image":
        return "picture"
    if family == "video":
        return "film"
    if family == "audio":
        return "sound"
    if line.media_type == "application/zip":
        return "folder"
    return _BY_WAY.get(way_of(line.media_type, line.file_name), "evidence")
