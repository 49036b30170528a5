"""The submission, put together by the outline of the packet template: each section's content names a part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from magdesk.document.accountability import accountability
from magdesk.document.adverse import general_adverse, target_adverse
from magdesk.document.blocks import Block, Contents, Heading, Mention, PageBreak, Paragraph, ParagraphStyle, Text
from magdesk.document.chronology import chronology_section
from magdesk.document.context import Brief
from magdesk.document.cover import cover
from magdesk.document.disclosure import closed_sources, open_sources
from magdesk.document.elements import target_elements
from magdesk.document.fact_list import fact_list
from magdesk.document.facts import background_facts, other_incidents, target_incidents
from magdesk.document.identification import target_identification
from magdesk.document.interest import interest
from magdesk.document.legal import target_law
from magdesk.document.linkage import linkage_section, tenure_section
from magdesk.document.method import method
from magdesk.document.narrative import narrative, sentence
from magdesk.document.reasons import target_reasons
from magdesk.document.requests import requests
from magdesk.document.sources import sources
from magdesk.document.submitter import submitter
from magdesk.document.summary import Room, at_a_glance, target_anchor, targets_at_a_glance
from magdesk.errors import RegimeError
from magdesk.model.people import Target
from magdesk.regimes.regime import OutlineSection

_CONTENTS_LINES = 38  # what one page of contents holds
_CONTENTS_ROOM = {"letter": 42.0, "a4": 48.0}  # what a page of either paper holds in lines of the second level
_CHAPTER = 1.5  # what a line of the first level takes
_DEMOTED = ("interest", "submitter", "accountability", "linkage")

Part = Callable[[Brief, int], tuple[Block, ...]]
TargetPart = Callable[[Brief, Target, int], tuple[Block, ...]]

_PARTS: dict[str, Part] = {
    "glance": lambda brief, _level: at_a_glance(brief),
    "targets_at_a_glance": lambda brief, _level: targets_at_a_glance(brief),
    "submitter": submitter,
    "method": method,
    "interest": interest,
    "accountability": accountability,
    "requests": requests,
    "sources": lambda brief, _level: sources(brief),
    "chronology": lambda brief, _level: chronology_section(brief),
    "linkage": lambda brief, _level: linkage_section(brief),
    "tenure": lambda brief, _level: tenure_section(brief),
    "fact_list": lambda brief, _level: fact_list(brief),
    "open_sources": lambda brief, _level: open_sources(brief),
    "closed_sources": lambda brief, _level: closed_sources(brief),
    "confidentiality": lambda _brief, _level: (),
    "narrative": lambda _brief, _level: (),
}
_TARGET_PARTS: dict[str, TargetPart] = {
    "target_identification": lambda brief, target, _level: target_identification(brief, target),
    "target_incidents": target_incidents,
    "target_law": target_law,
    "target_adverse": target_adverse,
    "target_reasons": lambda brief, target, _level: target_reasons(brief, target),
}


def submission(brief: Brief) -> tuple[Block, ...]:
    """All sections in the order of the outline.

    Raises:
        RegimeError: the outline names a part that does not exist.
    """
    out: list[Block] = []
    for section in brief.packet.outline:
        if not brief.asks_for(section):
            continue
        match section.content:
            case "cover":
                out += cover(brief)
            case "contents":
                out += [
                    Paragraph((Text(section.heading, bold=True),), keep_with_next=True),
                    Contents(2),
                    PageBreak(),
                ]
            case "target_sections":
                out += _target_sections(brief, section)
            case "target_parts":
                out += _target_parts(brief, section)
            case _:
                out += _section(brief, section)
    # The summary must begin on the third page: the contents go down a level only where they still fit one page.
    out = _on_one_page(brief, out)
    lines = sum(1 for block in out if isinstance(block, Heading) and block.level <= 3)
    deep = lines <= _CONTENTS_LINES
    return tuple(Contents(3) if deep and isinstance(block, Contents) else block for block in out)


def _on_one_page(brief: Brief, blocks: list[Block]) -> list[Block]:
    """The blocks with fewer headings for the contents, where they would not fit a page: targets keep theirs."""
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    if levels.count(1) * _CHAPTER + levels.count(2) <= _CONTENTS_ROOM[brief.packet.paper]:
        return blocks
    demoted = {row.code for row in brief.packet.outline if row.content in _DEMOTED}
    out: list[Block] = []
    inside = False
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.anchor in demoted
        lower = inside and isinstance(block, Heading) and block.level == 2
        out.append(replace(block, level=3) if lower and isinstance(block, Heading) else block)
    return out


def annex(brief: Brief, section: OutlineSection, room: Room) -> tuple[Block, ...]:
    """A part that is filed as a document of its own.

    Args:
        room: how full it may be, where it has to fit one page.

    Raises:
        RegimeError: there is no such part.
    """
    body = [Paragraph((Text(text),)) for text in section.text]
    title = Heading(1, (Text(section.heading),), section.code)
    lead = Paragraph((Text(brief.case_title),), ParagraphStyle.LEAD)
    if section.content == "glance":
        return (title, lead, *body, *at_a_glance(brief, room))
    return (title, lead, *body, *_part(brief, section))


def _part(brief: Brief, section: OutlineSection) -> tuple[Block, ...]:
    if section.content not in _PARTS:
        raise RegimeError(
            f"“{brief.packet.code}” asks for “{section.content}”, which does not exist.",
            f"Correct the content of section “{section.code}”.",
        )
    return _PARTS[section.content](brief, 1)


def _section(brief: Brief, section: OutlineSection) -> list[Block]:
    body: list[Block] = []
    if section.code == _summary_code(brief):
        body += at_a_glance(brief)
    body += [Paragraph((Text(text),)) for text in section.text]
    texts = brief.section_texts(section.code)
    for text in texts:
        body += narrative(text, level=1)
    if section.code == _summary_code(brief):
        for target in brief.dossier.targets:
            body += narrative(brief.summary(target), level=1)
    body += _part(brief, section)
    if section.code == _background_code(brief):
        body += background_facts(brief)
    if section.content == "narrative" and not texts:
        body += brief.open_paragraph()
    if not body:
        body += brief.open_paragraph()
    return [Heading(1, (Text(section.heading),), section.code), *body] if body else []


def _target_sections(brief: Brief, section: OutlineSection) -> list[Block]:
    body: list[Block] = []
    for text in brief.section_texts(section.code):
        body += narrative(text, level=1)
    if not _background_code(brief):
        body += background_facts(brief)
    for number, target in enumerate(brief.dossier.targets, 1):
        body.append(Heading(2, (Mention(str(target.party_id)),), target_anchor(number)))
        role = sentence(brief.role(target).strip())
        body += [Paragraph(role)] if role else brief.open_paragraph()
        for part in filter(brief.asks_for, section.parts):
            blocks = _target_part(brief, part, target)
            if blocks:
                body.append(Heading(3, (Text(part.heading),), f"{part.code}-{number}"))
                body += blocks
    body += other_incidents(brief, 2)
    body += general_adverse(brief, 2)
    if not body:
        body += brief.open_paragraph()
    return [Heading(1, (Text(section.heading),), section.code), *body] if body else []


def _target_parts(brief: Brief, section: OutlineSection) -> list[Block]:
    """A section of its own that goes through the targets, e.g. a draft of the reasons for listing each."""
    body: list[Block] = [Paragraph((Text(text),)) for text in section.text]
    for text in brief.section_texts(section.code):
        body += narrative(text, level=1)
    for target in brief.dossier.targets:
        body.append(Heading(2, (Mention(str(target.party_id)),)))
        for part in section.parts:
            body += _target_part(brief, part, target)
    return [Heading(1, (Text(section.heading),), section.code), *body] if body else []


def _target_part(brief: Brief, part: OutlineSection, target: Target) -> tuple[Block, ...]:
    if part.content == "target_elements":
        return target_elements(brief, target, part.aspects, 4)
    if part.content not in _TARGET_PARTS:
        raise RegimeError(
            f"The outline of “{brief.packet.code}” asks for “{part.content}”, which does not exist.",
            f"Correct the content of part “{part.code}”.",
        )
    return _TARGET_PARTS[part.content](brief, target, 4)


def _summary_code(brief: Brief) -> str:
    """The first narrative section: the one a hurried reader reads."""
    return next((row.code for row in brief.packet.outline if row.content == "narrative"), "")


def _background_code(brief: Brief) -> str:
    """The last narrative section before the targets: background facts stand there; empty when there is none."""
    found = ""
    for row in brief.packet.outline:
        if row.content == "target_sections":
            break
        if row.content == "narrative" and row.code != _summary_code(brief):
            found = row.code
    return found
