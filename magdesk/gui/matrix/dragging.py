"""Facts on their way from a list to a cell."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QMimeData

_MIME = "application/x-magdesk-facts"


def carry(facts: Iterable[uuid.UUID]) -> QMimeData:
    """Facts as something that can be dragged; only keys, which mean nothing to other programs."""
    data = QMimeData()
    data.setData(_MIME, QByteArray(" ".join(str(key) for key in facts).encode()))
    return data


def facts_in(data: QMimeData) -> list[uuid.UUID]:
    """The facts that are dragged, if any."""
    if not data.hasFormat(_MIME):
        return []
    found = []
    for part in bytes(data.data(_MIME).data()).decode("ascii", "replace").split():
        try:
            found.append(uuid.UUID(part))
        except ValueError:
            return []
    return found


def kinds() -> list[str]:
    """The formats in which facts travel."""
    return [_MIME]
