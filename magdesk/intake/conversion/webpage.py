"""A saved web page: its title, where and when it was captured as far as it says so, and what a reader sees."""

from __future__ import annotations

from urllib.parse import unquote

from magdesk.i18n import _
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.addresses import add_addresses
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.markuptree import Find, MarkupTree
from magdesk.intake.conversion.refusal import OPEN_ORIGINAL, WHOLE_COPY, Refusal
from magdesk.intake.filefacts import FileDetail
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.html import decode_page, read_page
from magdesk.intake.readers.webarchive import saved_page
from magdesk.intake.source import Source
from magdesk.intake.textform import encoding_said, text_form

_LIMIT = 30_000_000
# What the page says of itself, and how it is called on paper.
_TOLD = {
    "Title": _("Title"), "Saved from": _("Saved from"), "Saved on": _("Saved on"),
    "Address it claims": _("Address, as stated"), "Author": _("Author"), "Published": _("Published, as stated"),
    "Date": _("Date, as stated"), "Site": _("Site"),
}  # fmt: skip


def convert_html(source: Source, gathering: Gathering) -> None:
    """The page."""
    raw = source.bytes(_LIMIT)
    if len(raw) > _LIMIT:
        gathering.first(_("The original is longer than what is shown here; only its beginning is shown."))
    if source.encoding.chosen:
        gathering.first(encoding_said(text_form(raw[:_LIMIT], source.media_type, source.encoding)))
    page = decode_page(raw[:_LIMIT], known=source.encoding)
    add_page(page, gathering, _beside(source), saved=True, pictured=bool(source.beside))
    add_addresses(gathering)


def convert_webarchive(source: Source, gathering: Gathering) -> None:
    """A page saved by Safari, with the pictures that came along."""
    page = saved_page(source)
    if page is None:
        raise Refusal(_("The web archive holds no page."), WHOLE_COPY)
    known = ((_("Saved from"), page.address),) if page.address else ()
    add_page(page.text, gathering, page.find, known)
    add_addresses(gathering)


def add_page(
    text: str,
    gathering: Gathering,
    find: Find,
    more: tuple[tuple[str, str], ...] = (),
    *,
    saved: bool = False,
    pictured: bool = False,
) -> None:
    """Add a page with what is known of it at its head.

    Args:
        find: gives the bytes of pictures that came with the page.
        more: what is known of the page from elsewhere, before what it says itself.
        saved: it is a page saved as a file, whose pictures may lie beside it.
        pictured: some of them do.

    Raises:
        Refusal: there is nothing to see.
    """
    findings = FileReading("text/html", on_text=_ignore)
    read_page(text, findings)
    if not findings.has_text and "data:image" not in text and not pictured:
        raise Refusal(_("The page holds no text; its content may be loaded by script."), OPEN_ORIGINAL)
    pairs = [*more, *_particulars(findings.facts().details)]
    if pairs:
        gathering.add(tree.particulars(pairs))
    MarkupTree(gathering, find, saved=saved).add(text)


def _particulars(details: tuple[FileDetail, ...]) -> list[tuple[str, str]]:
    seen: dict[str, str] = {}
    for one in details:
        if one.name in _TOLD:
            seen.setdefault(_TOLD[one.name], one.value[:600])
    return list(seen.items())


def _beside(source: Source) -> Find:
    """Finds pictures by their address among those that lay beside the page."""

    def find(address: str) -> bytes | None:
        path = unquote(address.partition("?")[0].partition("#")[0]).removeprefix("./")
        return source.beside.get(path)

    return find


def nothing(_address: str) -> bytes | None:
    """For pages that came without their pictures."""
    return None


def _ignore(_page: int, _text: str) -> None:
    return
