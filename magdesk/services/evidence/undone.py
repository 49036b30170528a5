"""After a step was undone or redone: the index follows what the items say of the text that a program recognised.

The rows of a case are in its journal; the index is not, for it can be made again from the files.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from magdesk.casefile import CaseFile, PageTexts
from magdesk.model import Evidence
from magdesk.services.evidence.scans import is_scan, pages_without_text, recognised_numbers

_KIND = Evidence.__tablename__


def follow_recognition(case: CaseFile, keys: Iterable[uuid.UUID]) -> bool:
    """Take recognised text out of the index where the item does not have it any more.

    In the thread that owns the case, outside of a change.

    Returns:
        Whether items are to be read again to have theirs back; :func:`complete_index` does it.
    """
    owed = False
    for key in keys:
        row = case.session.get(Evidence, key)
        if row is None or not row.sha256 or not is_scan(row.media_type, row.text_layer, row.details):
            continue
        told = recognised_numbers(row.details)
        texts = PageTexts(case.session)
        held = texts.pages(key)
        own = pages_without_text(row.details)
        read = held.keys() & own if row.text_layer else held.keys()
        if told - held.keys():
            case.index.expect(_KIND, key)
            owed = True
        elif read - told:
            case.index.put(_KIND, key, [(page, text) for page, text in held.items() if page not in read - told])
    return owed
