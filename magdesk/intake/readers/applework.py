"""Documents of Pages, Numbers and Keynote: read through the PDF preview inside, where there is one."""

from __future__ import annotations

import dataclasses

from magdesk.i18n import _
from magdesk.intake.applepreview import preview_of
from magdesk.intake.filereading import FileReading
from magdesk.intake.namedkinds import NAMED, named_said
from magdesk.intake.readers.pdf import read_pdf
from magdesk.intake.source import Source


def read_apple(source: Source, findings: FileReading) -> None:
    """Pages and text of the preview; without one, what the file is and what to do."""
    preview = preview_of(source.stream)
    if preview is None:
        findings.note(named_said(source.media_type))
        return
    kind, advice = NAMED[source.media_type]
    findings.note(
        _("This is {kind}; its pages are the preview that the program stored in it. {advice}").format(
            kind=kind, advice=advice
        )
    )
    read_pdf(dataclasses.replace(source, stream=preview, media_type="application/pdf"), findings)
