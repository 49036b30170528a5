"""The cover page: what is requested, of whom, by whom, under which authority."""

from __future__ import annotations

from magdesk.document.blocks import (
    Block,
    LineBreak,
    Link,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Rule,
    Space,
    Text,
)
from magdesk.document.context import Brief
from magdesk.document.tables import label_table
from magdesk.isolates import isolated
from magdesk.model.case import Contact

_MANY = 6


def cover(brief: Brief) -> tuple[Block, ...]:
    """The blocks of the cover, with the page break behind it."""
    case = brief.dossier.case
    out: list[Block] = [
        Space(3),
        Paragraph((Text(brief.packet.title),), ParagraphStyle.TITLE),
        Space(1),
    ]
    for place, (_row, regime) in enumerate(brief.authorities):
        # Whichever authority comes first opens the line, however its own file writes it.
        law = brief.with_citation(regime.cover_line, regime.code).removeprefix("and ")
        law = law.removeprefix(brief.label("cover_first", law=""))
        line = brief.label("cover_other" if place else "cover_first", law=law)
        out.append(Paragraph((Text(line),), ParagraphStyle.CENTRED))
    out += [Space(2), Rule(), Space(1)]
    out += label_table(
        (
            (brief.label("cover_targets"), _targets(brief)),
            (brief.label("country"), _line(case.country)),
            (brief.label("submitted_by"), _organisations(brief)),
            (brief.label("point_of_contact"), _contacts(brief)),
            (brief.label("date"), _line(brief.day(brief.options.date))),
            (brief.label("version"), _line(case.version)),
            (brief.label("reference"), _line(case.reference)),
        ),
        widths=(1.0, 2.0),
        ruled=False,
    )
    return (*out, PageBreak())


def points_of_contact(brief: Brief) -> list[Contact]:
    """Who answers for the submission: marked contacts of the submitting organisations, else their first ones."""
    everyone = [contact for row in brief.submitters for contact in row.contacts if contact.name]
    return [contact for contact in everyone if contact.point_of_contact] or everyone[:1]


def _line(text: str) -> tuple[Block, ...]:
    return (Paragraph((Text(text),)),) if text.strip() else ()


def _targets(brief: Brief) -> tuple[Block, ...]:
    targets = brief.dossier.targets
    lines: list[Block] = [Paragraph((Text(brief.naming.printed(target.party)),)) for target in targets[:_MANY]]
    if len(targets) > _MANY:
        lines.append(Paragraph((Text(brief.label("and_others", count=str(len(targets) - _MANY))),)))
    return tuple(lines) or brief.open_paragraph()


def _organisations(brief: Brief) -> tuple[Block, ...]:
    return tuple(Paragraph((Text(row.name),)) for row in brief.submitters) or brief.open_paragraph()


def _contacts(brief: Brief) -> tuple[Block, ...]:
    out: list[Block] = []
    for contact in points_of_contact(brief):
        head = ", ".join(isolated(part) for part in (contact.name, contact.position) if part)
        inlines: list[Text | LineBreak | Link] = [Text(head)]
        if contact.email:
            inlines += [LineBreak(), Link((Text(contact.email),), f"mailto:{contact.email}")]
        if contact.phone:
            inlines += [LineBreak(), Text(contact.phone)]
        out.append(Paragraph(tuple(inlines)))
    return tuple(out) or brief.open_paragraph()
