"""A web page saved by Safari (WebArchive): a property list with the page and what came with it."""

from __future__ import annotations

import plistlib
from typing import Any

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.html import decode_page, read_page
from magdesk.intake.readers.mhtml import SavedPage
from magdesk.intake.source import Source

_LIMIT = 128 << 20


def saved_page(source: Source) -> SavedPage | None:
    """The page in the archive; none where it holds no page.

    Raises:
        Damaged: it is no property list.
    """
    with foreign("plistlib"):
        archive = plistlib.loads(source.bytes(_LIMIT))
    main = _entry(archive).get("WebMainResource")
    page = _entry(main)
    data = page.get("WebResourceData")
    if not isinstance(data, bytes) or not str(page.get("WebResourceMIMEType", "text/html")).startswith("text/"):
        return None
    beside = _entry(archive).get("WebSubresources")
    pictures = {
        str(one["WebResourceURL"]): one["WebResourceData"]
        for one in map(_entry, beside if isinstance(beside, list) else [])
        if isinstance(one.get("WebResourceData"), bytes)
        and str(one.get("WebResourceMIMEType", "")).startswith("image/")
        and one.get("WebResourceURL")
    }
    text = decode_page(data, str(page.get("WebResourceTextEncodingName") or ""))
    return SavedPage(text, str(page.get("WebResourceURL") or ""), "", pictures)


def read_webarchive(source: Source, findings: FileReading) -> None:
    """Text, title and address of the page."""
    try:
        page = saved_page(source)
    except Damaged:
        findings.note(_("The web archive is damaged and could not be opened; ask for a new copy or for a PDF of it."))
        return
    if page is None:
        findings.note(_("The web archive holds no page."))
        return
    findings.detail("web", "Saved from", page.address)
    findings.detail("web", "Pictures that came with it", len(page.pictures) or None)
    read_page(page.text, findings)


def _entry(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
