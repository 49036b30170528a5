"""What others have done: proceedings with their state, lists of other governments, the country programme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from magdesk.document.articles import country_in_sentence
from magdesk.document.blocks import Block, Cell, Cite, Heading, Inline, Mention, Paragraph, Table, Text
from magdesk.document.context import Brief
from magdesk.document.identification import source_of
from magdesk.document.narrative import sentence
from magdesk.document.tables import cell, fields, heads, words
from magdesk.isolates import isolated
from magdesk.model.drafting import ListSearch, OtherSanction, Proceeding, ProceedingStatus


def accountability(brief: Brief, level: int) -> tuple[Block, ...]:
    """The proceedings, the lists and the programme check."""
    return (*_proceedings(brief, level + 1), *_sanctions(brief, level + 1), *_programme(brief, level + 1))


def _proceedings(brief: Brief, level: int) -> tuple[Block, ...]:
    rows = brief.dossier.proceedings
    if not rows:
        return ()
    # Domestic ones first: they are what the removal ground "appropriately prosecuted" asks about.
    ordered = [row for row in rows if row.domestic] + [row for row in rows if not row.domestic]
    head = heads(brief.label("forum"), brief.label("status"), brief.label("date"), brief.label("particulars"))
    table = Table((head, *(_proceeding(brief, row) for row in ordered)), (1.6, 1.1, 1.1, 3.4), header_rows=1)
    return (Heading(level, (Text(brief.label("proceedings")),), "proceedings"), table)


def _proceeding(brief: Brief, row: Proceeding) -> tuple[Cell, ...]:
    where = brief.label("domestic" if row.domestic else "international")
    forum: tuple[Inline, ...] = (*fields(sentence(row.forum.strip())), Text(f" ({where})"))
    return (
        words(*forum),
        words(brief.choice(row.status)),
        words(row.date.display() if row.date else ""),
        _particulars(brief, row),
    )


def _sanctions(brief: Brief, level: int) -> tuple[Block, ...]:
    rows = brief.dossier.other_sanctions
    searches = searched_at_once(brief)
    heading = Heading(level, (Text(brief.label("other_sanctions")),), "other-sanctions")
    if not rows:
        return (heading, *searches) if searches else ()
    alike: dict[tuple[str, ...], list[OtherSanction]] = {}
    for row in rows:
        if not row.listed and not row.citations and not row.reference.strip():
            key = (str(row.target_id), str(row.checked_on), row.text.strip())
            alike.setdefault(key, []).append(row)
    folded = [group for group in alike.values() if len(group) > 1]
    searches = (*searches, *(Paragraph(_not_listed(brief, group)) for group in folded))
    rest = [row for row in rows if not any(row in group for group in folded)]
    if not rest:
        return (heading, *searches)
    head = heads(
        brief.label("jurisdiction"), brief.label("listed"), brief.label("checked"), brief.label("particulars")
    )
    table = Table((head, *(_sanction(brief, row) for row in rest)), (1.4, 1.2, 1.3, 3.3), header_rows=1)
    return (heading, *searches, table)


def _not_listed(brief: Brief, rows: Sequence[OtherSanction]) -> tuple[Inline, ...]:
    """Several lists on which somebody is not, of one day and one search, in one sentence."""
    first = rows[0]
    about: tuple[Inline, ...] = (Mention(str(first.target.party_id)), Text(": ")) if first.target is not None else ()
    names = brief.listed(list(dict.fromkeys(country_in_sentence(row.jurisdiction.strip()) for row in rows)))
    key = "not_listed_on" if first.checked_on else "not_listed_undated"
    day = brief.day(first.checked_on) if first.checked_on else ""
    text = sentence(first.text.strip())
    told = Text(brief.label(key, lists=names, date=day))
    return (*about, told, *((Text(" "), *text) if text else ()))


def searched_at_once(brief: Brief) -> tuple[Block, ...]:
    """The lists in which every target was looked for at once: one sentence for all that were searched together."""
    listed = {row.jurisdiction.strip().casefold() for row in brief.dossier.other_sanctions if row.listed}
    together: dict[tuple[date | None, str, bool], list[ListSearch]] = {}
    told: list[ListSearch] = []
    for row in brief.dossier.list_searches:
        if row.result.strip():
            told.append(row)
        else:
            # Who is on a list has a row below; nobody is said to be on none who is.
            found = bool({row.name.strip().casefold(), row.jurisdiction.strip().casefold()} & (listed - {""}))
            together.setdefault((row.searched_on, row.searched_by.strip(), found), []).append(row)
    out: list[Block] = []
    for (day, who, found), rows in together.items():
        names = Text("; ".join(isolated(_list_name(brief, row)) for row in rows))
        head = _searched(brief, day, who)
        result = brief.label("searched_found" if found else "searched_none")
        out.append(Paragraph((*brief.phrase("searched_lists", searched=head, lists=names), Text(f"; {result}."))))
    for row in told:
        head = _searched(brief, row.searched_on, row.searched_by.strip())
        lead = brief.phrase("searched_lists", searched=head, lists=Text(isolated(_list_name(brief, row))))
        out.append(Paragraph((*lead, Text(". "), *sentence(row.result.strip()))))
    return tuple(out)


def _list_name(brief: Brief, row: ListSearch) -> str:
    """``Consolidated list (Ruritania, as of 3 May 2026)``; the list by its own name."""
    name, whose = row.name.strip(), row.jurisdiction.strip()
    details = [whose] if name and whose and whose.casefold() not in name.casefold() else []
    if row.as_of is not None:
        details.append(brief.label("as_of", date=row.as_of.display()))
    shown = name or whose
    return f"{shown} ({', '.join(details)})" if details else shown


def _searched(brief: Brief, day: date | None, who: str) -> tuple[Inline, ...]:
    if day is None:
        return (Text(brief.label("searched_undated")),)
    return (
        Text(
            brief.label("searched_by", date=brief.day(day), who=who)
            if who
            else brief.label("searched_on", date=brief.day(day))
        ),
    )


def _sanction(brief: Brief, row: OtherSanction) -> tuple[Cell, ...]:
    state = brief.label("listed_yes" if row.listed else "listed_no")
    details = [part for part in (row.reference.strip(), row.listed_on.display() if row.listed_on else "") if part]
    return (
        words(row.jurisdiction),
        words(f"{state}: {', '.join(map(isolated, details))}" if details else state),
        words(brief.day(row.checked_on) if row.checked_on else ""),
        # Who is on no list is shown by the search itself, whose day and terms stand in the row.
        _particulars(brief, row, own_search=not row.listed and row.checked_on is not None),
    )


def _particulars(brief: Brief, row: Proceeding | OtherSanction, *, own_search: bool = False) -> Cell:
    about: tuple[Inline, ...] = ()
    if row.target is not None:
        about = (Mention(str(row.target.party_id)), Text(": "))
    if isinstance(row, Proceeding) and row.victim is not None:
        key = "proceeding_for" if row.status is ProceedingStatus.RULED_FOR_VICTIM else "proceeding_by"
        brought = brief.phrase(key, victim=Mention(str(row.victim_id)))
        about = (*about[:1], *((Text(", "),) if about else ()), *brought, Text(": "))
    text = sentence(row.text.strip())
    if not text and not row.citations:
        return words(*about[:-1])
    cite = () if own_search else source_of(brief, row.id, ())
    cite = (Cite(row=str(row.id)),) if row.citations else cite
    return cell(Paragraph((*about, *text, *cite)))


def _programme(brief: Brief, level: int) -> tuple[Block, ...]:
    case = brief.dossier.case
    if not case.programme_check.strip() or not brief.prints("programme"):
        return ()
    day = case.programme_checked_on
    suffix = f" ({brief.label('checked_on', date=brief.day(day))})" if day else ""
    return (
        Heading(level, (Text(brief.label("programme_check")),), "programme-check"),
        Paragraph((*fields(sentence(case.programme_check.strip())), *((Text(suffix),) if suffix else ()))),
    )
