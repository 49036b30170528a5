"""A source PDF made ready to lend its pages: what they show stays, what they could do or tell on the side does not.

A page is cut down to an allow-list instead of cleaned by a block-list: scripts, actions, attachments, media, form
fields, thumbnails, private data and metadata do not come along because nothing but the page's look does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

import pikepdf

from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.pdfannotations import flatten, page_annotations
from magdesk.packet.destinations import Destinations
from magdesk.packet.layers import hidden_layers
from magdesk.packet.links import PageLink, read_link
from magdesk.packet.outline import Bookmark, read_outline

# What reading a damaged PDF raises. RuntimeError is qpdf's own; the others come from odd values.
# Built-in exceptions that the PDF library raises out of compiled code, which leaves no frame of its own behind.
PIKEPDF = (RuntimeError, KeyError, IndexError)

_PAGE_KEYS = frozenset(
    {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group"}
)
# Appearances of these are windows and handles of a viewer, not part of the page.
_NEVER_SHOWN = frozenset({"/Popup", "/TrapNet"})
_MEDIA = frozenset({"/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"})
_MOST_FIELDS = 20_000
_HIDDEN_FLAGS = 1 << 1 | 1 << 5  # Hidden, NoView


@dataclass(frozen=True, slots=True)
class Traits:
    """What a PDF holds besides its pages, for the note that says so.

    Attributes:
        files: number of embedded files.
        signed: whether it carries a digital signature.
        scripted: whether it carries scripts or actions that run by themselves.
        media: number of embedded films, sounds or models.
        comments: number of comments whose text is not on the page.
        annotated: whether its pages carry annotations other than links.
        dynamic_form: whether its pages are drawn by Adobe's XFA only.
        repaired: whether it had to be repaired when read.
    """

    files: int = 0
    signed: bool = False
    scripted: bool = False
    media: int = 0
    comments: int = 0
    annotated: bool = False
    dynamic_form: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class SourcePages:
    """The pages of a source, ready to be copied.

    Attributes:
        pages: page objects, each cut down to what it shows.
        links: the links of each page.
        bookmarks: the source's own bookmarks.
        flattened: whether what annotations and form fields show is now drawn by the pages.
    """

    pages: list[pikepdf.Object]
    links: list[tuple[PageLink, ...]]
    bookmarks: tuple[Bookmark, ...]
    flattened: bool


def open_pdf(stream: BinaryIO, password: str = "") -> pikepdf.Pdf:
    """Open a PDF, with an empty password where it is encrypted for its owner only.

    Raises:
        pikepdf.PasswordError: it cannot be read without a password.
        pikepdf.PdfError: it is damaged beyond repair.
    """
    stream.seek(0)
    return pikepdf.open(stream, password=password, suppress_warnings=True)


def traits_of(pdf: pikepdf.Pdf) -> Traits:
    """What the document holds besides its pages."""
    root = pdf.Root
    names = root.get("/Names")
    names = names if isinstance(names, pikepdf.Dictionary) else pikepdf.Dictionary()
    form = root.get("/AcroForm")
    form = form if isinstance(form, pikepdf.Dictionary) else pikepdf.Dictionary()
    opens = root.get("/OpenAction")
    scripted = "/JavaScript" in names or "/AA" in root or _runs(opens)
    files = len(_file_names(pdf)) if "/EmbeddedFiles" in names else 0
    media = comments = widgets = 0
    annotated = False
    signed = _has_signature(form)
    for page in pdf.pages:
        scripted = scripted or "/AA" in page.obj
        for annotation in page_annotations(page.obj):
            kind = str(annotation.get("/Subtype", ""))
            annotated = annotated or kind != "/Link"
            if kind == "/Widget":
                widgets += 1
                scripted = scripted or "/AA" in annotation or _runs(annotation.get("/A"))
            elif kind == "/FileAttachment":
                files += 1
            elif kind in _MEDIA:
                media += 1
            elif kind == "/Link":
                scripted = scripted or _runs(annotation.get("/A"))
            elif kind not in _NEVER_SHOWN and str(annotation.get("/Contents", "")).strip():
                comments += kind != "/FreeText"
    dynamic = "/XFA" in form and (_is_true(root.get("/NeedsRendering")) or not widgets)
    return Traits(files, signed, scripted, media, comments, annotated, dynamic, bool(pdf.get_warnings()))


def take_pages(pdf: pikepdf.Pdf, first: int = 0, *, bundle_name: str = "") -> SourcePages:
    """Cut the document's pages down to what they show. The document itself is changed, in memory only.

    Args:
        first: index that its first page will have in the bundle; bookmarks and links count from there.
        bundle_name: file name of the bundle, when the document is one of our own whose links lead into it.
    """
    destinations = Destinations(pdf, first)
    try:
        with foreign("pikepdf", *PIKEPDF):
            bookmarks = read_outline(pdf, destinations)
    except (Damaged, RecursionError):
        bookmarks = ()
    links: list[tuple[PageLink, ...]] = []
    drawn = False
    hidden: set[tuple[int, int]] | None = None
    for page in pdf.pages:
        found: list[PageLink] = []
        shown = pikepdf.Array()
        for annotation in page_annotations(page.obj):
            if annotation.get("/Subtype") == pikepdf.Name.Link:
                link = read_link(annotation, destinations, bundle_name)
                if link is not None:
                    found.append(link)
            if "/AP" not in annotation and annotation.get("/Subtype") != pikepdf.Name.Widget:
                continue
            if "/OC" in annotation:
                hidden = hidden_layers(pdf) if hidden is None else hidden
                layer = annotation.get("/OC")
                if isinstance(layer, pikepdf.Dictionary) and layer.objgen in hidden:
                    continue
            if _shows(annotation):
                shown.append(annotation)
        links.append(tuple(found))
        if len(shown):
            page.obj.Annots = shown
            drawn = True
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
    if drawn:
        flatten(pdf)
    pages: list[pikepdf.Object] = []
    for page in pdf.pages:
        obj = page.obj
        for key in list(obj.keys()):
            if key not in _PAGE_KEYS:
                del obj[key]
        pages.append(obj)
    return SourcePages(pages, links, bookmarks, drawn)


def _shows(annotation: pikepdf.Object) -> bool:
    flags = annotation.get("/F")
    hidden = isinstance(flags, int) and bool(flags & _HIDDEN_FLAGS)
    return not hidden and str(annotation.get("/Subtype", "")) not in _NEVER_SHOWN


def _runs(action: object) -> bool:
    """Whether an action does more than go to a page or, when clicked, to a web address."""
    if not isinstance(action, pikepdf.Dictionary):
        return False
    return str(action.get("/S", "")) not in ("/GoTo", "/URI", "/Named", "/GoToR", "") or "/Next" in action


def _is_true(value: object) -> bool:
    return value is True


def _has_signature(form: pikepdf.Object) -> bool:
    """Whether a field of the form holds a signature; it need not stand on a page."""
    fields = form.get("/Fields")
    queue = list(fields) if isinstance(fields, pikepdf.Array) else []
    for _ in range(_MOST_FIELDS):
        if not queue:
            return False
        field = queue.pop()
        if not isinstance(field, pikepdf.Dictionary):
            continue
        if field.get("/FT") == pikepdf.Name.Sig and isinstance(field.get("/V"), pikepdf.Dictionary):
            return True
        kids = field.get("/Kids")
        if isinstance(kids, pikepdf.Array):
            queue.extend(kids)
    return False


def _file_names(pdf: pikepdf.Pdf) -> list[str]:
    try:
        with foreign("pikepdf", *PIKEPDF):
            return list(pdf.attachments.keys())
    except Damaged:
        return ["?"]
