"""What a PDF says of itself beyond its pages: properties, restrictions, signatures, scripts, forms, attachments."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pikepdf
import pypdfium2.raw as pdfium

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading, moment_text
from magdesk.intake.foreign import Damaged, foreign

_PDF_DATE = re.compile(
    r"\s*(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?\s*(?:([+\-Z])(?:(\d{2})'?(?:(\d{2})'?)?)?)?"
)
_PROPERTIES = (
    ("/Title", "Title"),
    ("/Author", "Author"),
    ("/Subject", "Subject"),
    ("/Keywords", "Keywords"),
    ("/Creator", "Made with"),
    ("/Producer", "Producer"),
    ("/Company", "Company"),
    ("/SourceModified", "Source modified"),
)
_XMP = (
    ("dc:title", "Title"),
    ("dc:creator", "Author"),
    ("xmp:CreatorTool", "Made with"),
    ("pdf:Producer", "Producer"),
    ("xmp:CreateDate", "Created (XMP)"),
    ("xmp:ModifyDate", "Changed (XMP)"),
)
_PAGES_LOOKED_AT = 2_000
_ATTACHMENT_LIMIT = 512 << 20  # bytes; pikepdf hands out an attachment whole
_RESTRICTIONS = (
    ("extract", "copying text"),
    ("print_highres", "printing"),
    ("modify_other", "changing"),
    ("modify_annotation", "commenting"),
)


def read_properties(pdf: pikepdf.Pdf, findings: FileReading) -> None:
    """Title, author, programs, dates; restrictions of the owner."""
    findings.detail("document", "PDF version", pdf.pdf_version)
    try:
        with foreign("pikepdf"):
            info = pdf.docinfo
            for key, name in _PROPERTIES:
                if key in info:
                    findings.detail("document", name, _words(info[key]))
            for key, name in (("/CreationDate", "Created"), ("/ModDate", "Changed")):
                if key in info:
                    moment, day = pdf_date(_words(info[key]))
                    findings.detail("document", name, moment or _words(info[key]))
                    if key == "/CreationDate":
                        findings.made_on(day)
    except Damaged:
        findings.note(_("The properties of the PDF are damaged."))
    _read_xmp(pdf, findings)
    if pdf.is_encrypted:
        try:
            with foreign("pikepdf"):
                denied = [name for key, name in _RESTRICTIONS if not getattr(pdf.allow, key)]
        except Damaged:
            denied = []
        findings.detail("document", "Encrypted", _("yes"))
        if denied:
            findings.detail("document", "Not allowed by its owner", ", ".join(denied))


def _read_xmp(pdf: pikepdf.Pdf, findings: FileReading) -> None:
    try:
        with foreign("pikepdf"):
            if "/Metadata" not in pdf.Root or len(pdf.Root.Metadata.read_bytes()) > 4 << 20:
                return
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
                for key, name in _XMP:
                    value = xmp.get(key)
                    if isinstance(value, (list, set, tuple)):
                        value = "; ".join(str(part) for part in value if part)
                    findings.detail("document", name, value)
                part = xmp.get("pdfaid:part")
                if part:
                    findings.detail(
                        "document", "Claims to be", f"PDF/A-{part}{str(xmp.get('pdfaid:conformance', '')).lower()}"
                    )
    except Damaged:
        findings.note(_("A part of the properties (XMP) is damaged."))


def read_marks(pdf: pikepdf.Pdf, findings: FileReading) -> None:
    """Forms, signatures, scripts, actions, layers: what a reader of a printed copy would not see."""
    try:
        with foreign("pikepdf"):
            root = pdf.Root
            form = root.get("/AcroForm")
            if isinstance(form, pikepdf.Dictionary):
                _read_acroform(form, findings)
            if "/OCProperties" in root:
                findings.detail("document", "Layers", _("yes; what is shown may depend on the viewer"))
            if "/Collection" in root:
                findings.note(_("The file is a portfolio: its real content is the files inside it."))
            kinds: set[str] = set()
            names = root.get("/Names")
            if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
                kinds.add("/JavaScript")
            _look_for_actions(root.get("/OpenAction"), kinds)
            _look_for_additional(root.get("/AA"), kinds)
            for page in list(pdf.pages)[:_PAGES_LOOKED_AT]:
                _look_at_page(page.obj, kinds)
    except Damaged:
        kinds = set()
    if "/JavaScript" in kinds:
        findings.detail("document", "Script", _("contains JavaScript; it is never run"))
    if kinds & {"/Launch"}:
        findings.detail("document", "Starts a program", _("contains a launch action; it is never followed"))
    if kinds & {"/SubmitForm", "/ImportData", "/GoToR", "/GoToE"}:
        findings.detail("document", "Reaches outside", _("contains actions that send data or open other files"))
    if kinds & {"/Movie", "/Sound", "/Rendition", "/RichMediaExecute", "/RichMedia", "/Screen", "/3D"}:
        findings.detail("document", "Media inside", _("contains sound, video or other media that paper cannot show"))


def _read_acroform(form: Any, findings: FileReading) -> None:
    fields = form.get("/Fields")
    count = len(fields) if isinstance(fields, pikepdf.Array) else 0
    if count:
        findings.detail("document", "Form fields (top level)", count)
    if "/XFA" in form:
        findings.detail("document", "XFA form", _("yes"))
        findings.note(
            _("The PDF is an XFA form: most programs show only a placeholder page instead of what was filled in.")
        )
    if isinstance(fields, pikepdf.Array):
        for signed, signature in enumerate(_signatures(fields, 0), 1):
            moment, _day = pdf_date(_words(signature.get("/M", "")))
            who = _words(signature.get("/Name", "")) or _("no name given")
            told = ", ".join(part for part in (who, moment, _words(signature.get("/Reason", ""))) if part)
            findings.detail("document", f"Signature {signed}", _("{told} (not verified)").format(told=told))


def _signatures(fields: Any, depth: int) -> list[Any]:
    found: list[Any] = []
    if depth > 6:
        return found
    for field in list(fields)[:2_000]:
        if not isinstance(field, pikepdf.Dictionary):
            continue
        value = field.get("/V")
        if field.get("/FT") == pikepdf.Name.Sig and isinstance(value, pikepdf.Dictionary):
            found.append(value)
        kids = field.get("/Kids")
        if isinstance(kids, pikepdf.Array):
            found += _signatures(kids, depth + 1)
    return found


def _look_at_page(page: Any, kinds: set[str]) -> None:
    _look_for_additional(page.get("/AA"), kinds)
    annotations = page.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return
    for annotation in list(annotations)[:2_000]:
        if not isinstance(annotation, pikepdf.Dictionary):
            continue
        subtype = str(annotation.get("/Subtype", ""))
        if subtype in ("/Movie", "/Sound", "/RichMedia", "/Screen", "/3D"):
            kinds.add(subtype)
        _look_for_actions(annotation.get("/A"), kinds)
        _look_for_additional(annotation.get("/AA"), kinds)


def _look_for_additional(actions: Any, kinds: set[str]) -> None:
    if isinstance(actions, pikepdf.Dictionary):
        for key in list(actions.keys())[:50]:
            _look_for_actions(actions.get(key), kinds)


def _look_for_actions(action: Any, kinds: set[str], depth: int = 0) -> None:
    if isinstance(action, pikepdf.Dictionary) and depth < 20:
        kinds.add(str(action.get("/S", "")))
        _look_for_actions(action.get("/Next"), kinds, depth + 1)


def read_attachments(pdf: pikepdf.Pdf, findings: FileReading) -> None:
    """Files inside the PDF: those of the document, and those pinned to a page."""
    taken: set[tuple[int, int]] = set()
    try:
        with foreign("pikepdf"):
            for key in list(pdf.attachments.keys())[:2_000]:
                try:
                    with foreign("pikepdf", KeyError):  # a name that is no text is listed, but not found again
                        specification = pdf.attachments[key]
                    with foreign("pikepdf"):
                        taken.add(specification.obj.objgen)
                        _hand_on(specification.filename or key, specification.get_file(), findings)
                except Damaged:
                    findings.mention(key)
                    findings.note(_("A file attached to the PDF is damaged and could not be taken out."))
    except Damaged:
        findings.note(_("The list of attached files is damaged."))
    try:
        with foreign("pikepdf"):
            for page in list(pdf.pages)[:_PAGES_LOOKED_AT]:
                annotations = page.obj.get("/Annots")
                for annotation in list(annotations)[:500] if isinstance(annotations, pikepdf.Array) else ():
                    if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/FileAttachment":
                        _pinned(annotation.get("/FS"), taken, findings)
    except Damaged:
        return


def _pinned(specification: Any, taken: set[tuple[int, int]], findings: FileReading) -> None:
    if not isinstance(specification, pikepdf.Dictionary) or specification.objgen in taken:
        return
    if specification.objgen != (0, 0):
        taken.add(specification.objgen)
    name = _words(specification.get("/UF", specification.get("/F", "attachment")))
    files = specification.get("/EF")
    if isinstance(files, pikepdf.Dictionary):
        stream = files.get("/UF", files.get("/F"))
        if isinstance(stream, pikepdf.Stream) and findings.wants_children:
            findings.child(name, stream.read_bytes())
            return
    findings.mention(name)


def _hand_on(name: str, attached: Any, findings: FileReading) -> None:
    if not findings.wants_children:
        findings.mention(name)
        return
    if attached.size and attached.size > _ATTACHMENT_LIMIT:
        findings.mention(name)
        findings.note(_("A file attached to the PDF is too large to be taken out."))
        return
    findings.child(name, attached.read_bytes())


def read_form(document: Any, findings: FileReading) -> None:
    """The kind of form the other reader sees, where the structure says nothing."""
    if pdfium.FPDF_GetFormType(document) in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
        findings.detail("document", "XFA form", _("yes"))


def pdf_date(text: str) -> tuple[str, str]:
    """A PDF date as a person reads it, and its day as an EDTF text; both empty when it is none."""
    match = _PDF_DATE.match(text)
    if not match:
        return "", ""
    year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups()[:6])
    day_text = "-".join(part for part in match.groups()[:3] if part)
    if not (year and month and day and hour is not None):
        return day_text, day_text
    zone = None
    if match[7] == "Z":
        zone = UTC
    elif match[7] and match[8]:
        offset = timedelta(hours=int(match[8]), minutes=int(match[9] or 0))
        zone = timezone(offset if match[7] == "+" else -offset) if offset < timedelta(hours=24) else None
    try:
        moment = datetime(year, month, day, hour, minute or 0, second or 0, tzinfo=zone)
    except ValueError:
        return "", ""
    return moment_text(moment), day_text


def _words(value: Any) -> str:
    return str(value)[:4_000]
