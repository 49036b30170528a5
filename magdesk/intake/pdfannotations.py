"""What form fields and comments show on a page of a PDF, made part of the page: as it is printed, so it is read."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

_PAGES_LOOKED_AT = 20_000
_DEEP = 12  # fields above a field that may hold its value


def page_annotations(page: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The page's annotations that are dictionaries at all."""
    found = page.get("/Annots")
    if isinstance(found, pikepdf.Array):
        for annotation in found:
            if isinstance(annotation, pikepdf.Dictionary):
                yield annotation


def flatten(pdf: pikepdf.Pdf) -> None:
    """Draw on the pages what their annotations show on a screen. The document itself is changed, in memory only."""
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and _is_true(form.get("/NeedAppearances")):
        if any(_lacks_appearance(annotation) for page in pdf.pages for annotation in page_annotations(page.obj)):
            pdf.generate_appearance_streams()
        # Appearances that are there were drawn by the program that filled the form in: they are the evidence.
        form.NeedAppearances = False
    pdf.flatten_annotations("screen")


def writes_on_pages(pdf: pikepdf.Pdf) -> bool:
    """Whether a filled form field or a text comment stands on a page: words that no page content holds."""
    return any(
        annotation.get("/Subtype") == pikepdf.Name.FreeText
        or (annotation.get("/Subtype") == pikepdf.Name.Widget and _is_filled(annotation))
        for page in list(pdf.pages)[:_PAGES_LOOKED_AT]
        for annotation in page_annotations(page.obj)
    )


def _is_true(value: object) -> bool:
    return value is True


def _is_filled(field: pikepdf.Object) -> bool:
    for _above in range(_DEEP):
        value = field.get("/V")
        if value is not None:
            if isinstance(value, pikepdf.String):
                return bool(bytes(value))
            return isinstance(value, pikepdf.Array | pikepdf.Stream)
        parent = field.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            return False
        field = parent
    return False


def _lacks_appearance(annotation: pikepdf.Object) -> bool:
    return annotation.get("/Subtype") == pikepdf.Name.Widget and "/AP" not in annotation
