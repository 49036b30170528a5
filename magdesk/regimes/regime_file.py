"""One regime file -> one regime. What it borrows from others or from the library of acts is added by the loader."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from datetime import date, timedelta

from magdesk.regimes.questions import QUESTIONS
from magdesk.regimes.reading import LawText, TableReader, unique
from magdesk.regimes.regime import (
    AbuseType,
    CarryingLaw,
    Element,
    InterestChoice,
    LegalQuote,
    Measure,
    Prong,
    Provenance,
    ReachedProperty,
    Regime,
    SuitabilityRule,
    YearlyCitation,
)

TAGS = ("law", "read", "secondary", "heading", "observed", "field", "design")
ASPECTS = (
    "foreign", "act", "link", "status", "tenure", "entity", "relation", "knowledge", "support", "proceeds",
    "principal", "effect", "severity", "scale", "victim", "abroad", "benefit", "duty", "other",
)  # fmt: skip
PARTY_KINDS = ("person", "entity", "unit")
FAMILIES = ("abuse", "corruption")
VERDICTS = ("excluded", "hurdle", "supports", "prefer")
OWNERSHIP = ("half", "more")
PRINCIPALS = ("", "blocked", "blocked_or_recommended")

_LOOK = timedelta(days=182)  # a text that carries no date of its own is looked at again after half a year
_LAW = re.compile(r"\d{2,3}-\d{1,4}")
_RECITAL = re.compile(r"\brecitals?\b|\bpreamble\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Adaptation:
    """How a regime changes a type that it borrows; what is empty stays as the lender states it.

    Attributes:
        leave_out: codes of elements that this regime does not ask for.
        optional: codes of elements that only strengthen the case here.
        elements: what this regime asks for beyond the lender's elements.
        provenance: where the definition and the added elements come from.
    """

    code: str
    title: str
    definition: str
    note: str
    leave_out: tuple[str, ...]
    optional: tuple[str, ...]
    elements: tuple[Element, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Loan:
    """What a regime takes over instead of stating it.

    Attributes:
        regime: code of the regime that lends ``abuse_types`` and ``interest``; may be empty.
        acts: codes of types of the common library.
        adaptations: changes to the types borrowed.
    """

    regime: str
    acts: tuple[str, ...]
    abuse_types: tuple[str, ...]
    interest: tuple[str, ...]
    adaptations: tuple[Adaptation, ...]


@dataclass(frozen=True, slots=True)
class RegimeFile:
    """A regime as its file states it.

    Attributes:
        reader: for complaints about what can only be judged beside the other files.
    """

    regime: Regime
    loan: Loan | None
    reader: TableReader


def read_regime(source: LawText) -> RegimeFile:
    """Read and validate one regime file.

    Raises:
        RegimeError: names file and key.
    """
    top = TableReader.of_text(source)
    code = top.text("code")
    if code != top.file.stem:
        raise top.wrong("code", f"is “{code}” but the file is called “{top.file.name}”")
    as_of = top.day("as_of")
    base = top.table("provenance", lambda table: read_provenance(table, None, as_of))
    loan = top.table("borrow", lambda table: _loan(table, base)) if top.has("borrow") else None
    until = top.day("in_force_until") if top.has("in_force_until") else None
    regime = Regime(
        code=code,
        title=top.text("title"),
        short=top.text("short"),
        jurisdiction=top.text("jurisdiction"),
        as_of=as_of,
        packet=top.text("packet"),
        cover_line=with_placeholders(top, "cover_line", ("citation",)),
        effect=top.text("effect"),
        standard=top.table("standard", lambda table: _quote(table, base)),
        prongs=top.tables("prongs", lambda table: _prong(table, base), needed=True),
        abuse_types=top.tables("abuse_types", lambda table: read_abuse_type(table, base)),
        interest=top.tables("interest", lambda table: _interest(table, base)),
        quotes=top.tables("quotes", lambda table: _quote(table, base)),
        citations=top.tables("citations", lambda table: _citation(table, base)),
        yearly_citation=top.flag("yearly_citation", False),
        recency_years=top.years("recency_years", 5),
        recency_warning_years=top.years("recency_warning_years", 4),
        yearly_status=top.flag("yearly_status", False),
        home_names=top.texts("home_names", ()),
        rank=top.number("rank", 100),
        measures=top.tables("measures", lambda table: _measure(table, base)),
        rules=top.tables("rules", lambda table: _rule(table, base)),
        add_on=top.flag("add_on", False),
        open_source=top.flag("open_source", False),
        listing_years=top.years("listing_years", 0),
        to_verify=top.texts("to_verify", ()),
        in_force_until=until,
        next_look=top.day("next_look") if top.has("next_look") else min(as_of + _LOOK, until or date.max),
        look_at=top.text("look_at", base.source),
        carriers=top.tables("carriers", lambda table: _carrier(table, base)),
        ownership=top.code("ownership", OWNERSHIP, "half"),
    )
    top.finish()
    unique(top, "prongs", [prong.code for prong in regime.prongs])
    unique(top, "abuse_types", [kind.code for kind in regime.abuse_types])
    unique(top, "interest", [choice.code for choice in regime.interest])
    unique(top, "quotes", [quote.code for quote in (regime.standard, *regime.quotes)])
    unique(top, "measures", [measure.code for measure in regime.measures])
    for rule in regime.rules:
        for prong in rule.prongs:
            if regime.prong(prong) is None:
                raise top.wrong(f"rules[{rule.question}].prongs", f"names “{prong}”, which is no prong here")
    acts = [citation.label for citation in regime.citations]
    unique(top, "citations", acts)
    unique(top, "carriers", [carrier.label for carrier in regime.carriers])
    for carrier in regime.carriers:
        if carrier.carries and carrier.carries not in acts:
            raise top.wrong(
                f"carriers[{carrier.label}].carries", f"names “{carrier.carries}”, which is no citation here"
            )
    printed = [("cover_line", regime.cover_line)]
    printed += [(f"prongs[{prong.code}].citation", prong.citation) for prong in regime.prongs]
    for key, text in printed:
        if "{citation}" in text and not regime.yearly_citation:
            raise top.wrong(key, "asks for {citation}, but “yearly_citation” is not true")
    if regime.recency_warning_years > regime.recency_years:
        raise top.wrong("recency_warning_years", "is more than “recency_years”")
    return RegimeFile(regime, loan, top)


def read_provenance(reader: TableReader, parent: Provenance | None, as_of: date | None = None) -> Provenance:
    """Where the statements of a table come from; what it does not say itself it has from its parent.

    Args:
        as_of: the date of the file, which says up to when it follows the law: no date of any text in it.
    """
    tag = reader.code("tag", TAGS, parent.tag if parent else None)
    source = reader.text("source", parent.source if parent else None)
    if reader.has("read_on"):
        if reader.has("as_of"):
            raise reader.wrong("read_on", "stands beside “as_of”", "A text that carries a date needs no other.")
        return Provenance(tag, source, reader.day("read_on"), dated=False)
    if reader.has("as_of") or (parent is None and as_of is None):
        return Provenance(tag, source, reader.day("as_of"))
    if parent is not None:
        # The date is that of the parent's text, and says nothing of another one.
        return Provenance(tag, source, parent.as_of, dated=parent.dated and source == parent.source)
    assert as_of is not None
    return Provenance(tag, source, as_of, dated=False)


def with_placeholders(reader: TableReader, key: str, allowed: tuple[str, ...], needed: tuple[str, ...] = ()) -> str:
    """A text whose named placeholders are all known."""
    text = reader.text(key)
    check_placeholders(reader, key, text, allowed, needed)
    return text


def check_placeholders(
    reader: TableReader, key: str, text: str, allowed: tuple[str, ...] | None, needed: tuple[str, ...] = ()
) -> None:
    """Complain about a placeholder that nobody will fill, or about one that is missing."""
    try:
        found = {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise reader.wrong(key, f"has a wrong placeholder: {error}", "Write {{ and }} for braces.") from error
    for name in sorted(found):
        if not name.isidentifier() or (allowed is not None and name not in allowed):
            raise reader.wrong(key, f"has the unknown placeholder {{{name}}}")
    for name in needed:
        if name not in found:
            raise reader.wrong(key, f"lacks the placeholder {{{name}}}")


def read_element(reader: TableReader, parent: Provenance) -> Element:
    """One thing to be proved."""
    return Element(
        code=reader.text("code"),
        title=reader.text("title"),
        question=reader.text("question"),
        aspect=reader.code("aspect", ASPECTS),
        provenance=read_provenance(reader, parent),
        group=reader.text("group", ""),
        required=reader.flag("required", True),
    )


def read_abuse_type(reader: TableReader, parent: Provenance) -> AbuseType:
    """One kind of abuse or corruption with its elements."""
    own = read_provenance(reader, parent)
    kind = AbuseType(
        code=reader.text("code"),
        title=reader.text("title"),
        family=reader.code("family", FAMILIES),
        definition=reader.text("definition"),
        elements=reader.tables("elements", lambda table: read_element(table, own), needed=True),
        provenance=own,
        note=reader.text("note", ""),
        plain=plain_words(reader),
    )
    unique(reader, "elements", [element.code for element in kind.elements])
    return kind


def plain_words(reader: TableReader) -> str:
    """What the window calls it; a file that has no everyday words for it says its title."""
    return reader.text("plain", "")


def _loan(reader: TableReader, parent: Provenance) -> Loan:
    loan = Loan(
        regime=reader.text("from", ""),
        acts=reader.texts("acts", ()),
        abuse_types=reader.texts("abuse_types", ()),
        interest=reader.texts("interest", ()),
        adaptations=reader.tables("adapt", lambda table: _adaptation(table, parent)),
    )
    if not loan.regime:
        for key, codes in (("abuse_types", loan.abuse_types), ("interest", loan.interest)):
            if codes:
                raise reader.wrong("from", "is missing", f"Say which regime lends the {key}.")
    unique(reader, "adapt", [change.code for change in loan.adaptations])
    borrowed = loan.acts + loan.abuse_types
    for change in loan.adaptations:
        if change.code not in borrowed:
            raise reader.wrong(f"adapt[{change.code}]", "changes a type that is not borrowed")
    return loan


def _adaptation(reader: TableReader, parent: Provenance) -> Adaptation:
    own = read_provenance(reader, parent)
    return Adaptation(
        code=reader.text("code"),
        title=reader.text("title", ""),
        definition=reader.text("definition", ""),
        note=reader.text("note", ""),
        leave_out=reader.texts("leave_out", ()),
        optional=reader.texts("optional", ()),
        elements=reader.tables("elements", lambda table: read_element(table, own)),
        provenance=own,
    )


def _quote(reader: TableReader, parent: Provenance) -> LegalQuote:
    return LegalQuote(
        code=reader.text("code"),
        citation=reader.text("citation"),
        text=reader.text("text"),
        provenance=read_provenance(reader, parent),
        title=reader.text("title"),
        note=reader.text("note", ""),
    )


def _prong(reader: TableReader, parent: Provenance) -> Prong:
    own = read_provenance(reader, parent)
    prong = Prong(
        code=reader.text("code"),
        title=reader.text("title"),
        citation=with_placeholders(reader, "citation", ("citation",)),
        wording=reader.text("wording", ""),
        pleading=with_placeholders(reader, "pleading", ("target",), ("target",)),
        applies_to=reader.codes("applies_to", PARTY_KINDS),
        elements=reader.tables("elements", lambda table: read_element(table, own), needed=True),
        provenance=own,
        secondary=reader.text("secondary", ""),
        foreign_only=reader.flag("foreign_only", False),
        official_only=reader.flag("official_only", False),
        tenure=reader.flag("tenure", False),
        principal=reader.code("principal", PRINCIPALS, ""),
        family=reader.code("family", (*FAMILIES, "either"), ""),
        neutral=reader.flag("neutral", False),
        principal_partly=reader.flag("principal_partly", False),
        note=reader.text("note", ""),
        restated=reader.text("restated", ""),
        types=reader.texts("types", ()),
        victim_status=reader.flag("victim_status", False),
        scale=reader.flag("scale", False),
        abroad=reader.flag("abroad", False),
        plain=plain_words(reader),
    )
    if _RECITAL.search(prong.citation):
        raise reader.wrong(
            "citation", "is a recital: it explains a law and is no ground to plead", "Cite the article."
        )
    if not prong.applies_to:
        raise reader.wrong("applies_to", "is empty")
    if prong.wording and prong.provenance.verify:
        raise reader.wrong("tag", f"is “{own.tag}”: the wording of a prong is printed as law and must have been read")
    if not prong.wording and not prong.restated:
        raise reader.wrong("wording", "is missing", "Where only a summary was read, write “restated” instead.")
    unique(reader, "elements", [element.code for element in prong.elements])
    return prong


def _interest(reader: TableReader, parent: Provenance) -> InterestChoice:
    return InterestChoice(
        code=reader.text("code"),
        title=reader.text("title"),
        prompt=reader.text("prompt"),
        weak=reader.flag("weak", False),
        provenance=read_provenance(reader, parent),
        expected=reader.flag("expected", False),
    )


def _measure(reader: TableReader, parent: Provenance) -> Measure:
    own = read_provenance(reader, parent)
    reached = reader.table("property", lambda table: _property(table, own)) if reader.has("property") else None
    return Measure(
        code=reader.text("code"),
        title=reader.text("title"),
        request=reader.text("request"),
        applies_to=reader.codes("applies_to", PARTY_KINDS),
        provenance=own,
        property=reached,
    )


def _property(reader: TableReader, parent: Provenance) -> ReachedProperty:
    return ReachedProperty(reader.text("text"), read_provenance(reader, parent))


def _rule(reader: TableReader, parent: Provenance) -> SuitabilityRule:
    question = reader.code("question", tuple(QUESTIONS))
    known = QUESTIONS[question]
    rule = SuitabilityRule(
        question=question,
        answers=reader.codes("answers", known) if known else reader.texts("answers"),
        verdict=reader.code("verdict", VERDICTS),
        sentence=reader.text("sentence"),
        provenance=read_provenance(reader, parent),
        prongs=reader.texts("prongs", ()),
        other=reader.text("other", ""),
        met_by_another=reader.flag("met_by_another", False),
    )
    if not rule.answers:
        raise reader.wrong("answers", "is empty")
    return rule


def _citation(reader: TableReader, parent: Provenance) -> YearlyCitation:
    return YearlyCitation(
        label=reader.text("label"),
        text=reader.text("text"),
        provenance=read_provenance(reader, parent),
        year=reader.number("year", 0),
        law=_public_law(reader, ""),
        division=reader.text("division", ""),
        names=reader.texts("names", ()),
    )


def _carrier(reader: TableReader, parent: Provenance) -> CarryingLaw:
    return CarryingLaw(
        label=reader.text("label"),
        text=reader.text("text"),
        law=_public_law(reader, None),
        year=reader.number("year", None),
        provenance=read_provenance(reader, parent),
        carries=reader.text("carries", ""),
    )


def _public_law(reader: TableReader, default: str | None) -> str:
    law = reader.text("law", default)
    if law and not _LAW.fullmatch(law):
        raise reader.wrong("law", f"is “{law}”, which is no number of a public law", "Write it like 119-75.")
    return law
