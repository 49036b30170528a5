"""What every builder needs while it writes: the case, the law, the words of the template, the options.

Holds no English: each printed word comes from the packet template's labels. Changes nothing.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from magdesk.dates.partialdate import PartialDate
from magdesk.document.blocks import Block, CrossRef, ExhibitRef, Inline, Mention, Paragraph, Text
from magdesk.document.exhibits import ExhibitMap
from magdesk.document.names import Naming
from magdesk.document.tables import fields
from magdesk.dossier.dossier import Dossier
from magdesk.errors import RegimeError
from magdesk.isolates import isolated
from magdesk.model.case import Authority, Organisation, OrganisationRole
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Citation, Fact
from magdesk.model.incidents import Incident, Participation
from magdesk.model.people import LegalBasis, Party, Target
from magdesk.regimes.proving import proving_codes
from magdesk.regimes.regime import AbuseType, Element, Law, OutlineSection, PacketTemplate, Prong, Regime

PictureOf = Callable[[Evidence], bytes | None]

_LONG_ORDER = 30  # the name of an order that tables have no room for
_PARAGRAPH = re.compile(r"§|(?:ss?|regs?|art(?:icle)?s?)\b|under ")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SECTION_OF = re.compile(r"^(?:(?:§|sec\.|section)\s*[\w().]+\s*(?:,|of)\s+)?(?:the\s+)?", re.IGNORECASE)


class MissingLabel(RegimeError, KeyError):
    """A builder asked for a word that the packet template does not have."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a document is built.

    Attributes:
        date: the date it bears; nothing else in it depends on the day it is built.
        draft: whether pages carry the DRAFT mark and unwritten parts say so.
        audience: ``full`` for the government's copy.
        pictures: gives the picture of an item as PNG or JPEG bytes free of metadata, or none; without it no
            photos are shown.
    """

    date: date
    draft: bool
    audience: str = "full"
    pictures: PictureOf | None = None


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with each ``{name}`` replaced once; text that is filled in is never read as a template.

    What runs from right to left is isolated.

    Raises:
        MissingLabel: the template asks for a name that nobody gives.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise MissingLabel(f"The template text “{template}” asks for “{{{match[1]}}}”, which is not known here.")
        return isolated(values[match[1]])

    return _PLACEHOLDER.sub(value, template)


@dataclass(frozen=True)
class Brief:
    """One build: everything the builders read, with the look-ups they share."""

    dossier: Dossier
    law: Law
    exhibits: ExhibitMap
    options: BuildOptions

    # ------------------------------------------------------------------------------------------ law

    @cached_property
    def authorities(self) -> tuple[tuple[Authority, Regime], ...]:
        """The authorities asked for, in the user's order; codes without a regime are left to the checks."""
        known = self.law.regimes
        return tuple((row, known[row.regime]) for row in self.dossier.authorities if row.regime in known)

    @cached_property
    def packet(self) -> PacketTemplate:
        """The packet template of the first authority; of the first regime while none is chosen.

        Raises:
            RegimeError: the resources hold no packet template.
        """
        regimes = [regime for _row, regime in self.authorities] or list(self.law.regimes.values())
        for regime in regimes:
            if regime.packet in self.law.packets:
                template = self.law.packets[regime.packet]
                codes = [row.regime for row, _regime in self.authorities]
                return template.made_for(codes) if codes else template
        for template in self.law.packets.values():
            return template
        raise RegimeError("There is no packet template.", "Reinstall the program, or restore resources/templates.")

    def asks_for(self, section: OutlineSection) -> bool:
        """Whether a section of the packet belongs to this submission, or to other authorities only."""
        return not section.regimes or any(row.regime in section.regimes for row, _regime in self.authorities)

    @property
    def annexes(self) -> tuple[OutlineSection, ...]:
        """What is filed beside the submission as files of their own."""
        return tuple(annex for annex in self.packet.annexes if self.asks_for(annex))

    def prints(self, part: str) -> bool:
        """Whether the packet prints a part that not every packet has."""
        return part not in self.packet.omit

    def abuse_type(self, code: str, regime: str = "") -> AbuseType | None:
        """The abuse or corruption type of that code: the given regime's, else that of any authority asked for."""
        regimes = [self.law.regimes[regime]] if regime in self.law.regimes else []
        regimes += [known for _row, known in self.authorities]
        found = (known.abuse_type(code) for known in [*regimes, *self.law.regimes.values()])
        return next((kind for kind in found if kind is not None), None)

    def bases(self, target: Target) -> list[tuple[LegalBasis, Regime, Prong]]:
        """The target's legal bases in the order of the authorities, then in the user's order."""
        out: list[tuple[LegalBasis, Regime, Prong]] = []
        for _row, regime in self.authorities:
            for basis in target.legal_bases:
                prong = regime.prong(basis.prong)
                if basis.regime == regime.code and prong is not None:
                    out.append((basis, regime, prong))
        return out

    def subject(self, target: Target) -> Mention:
        """A target as the subject of a sentence that the program writes: with the article that its name takes."""
        return Mention(str(target.party_id), article=True)

    def role(self, target: Target) -> str:
        """Who a target is and what is alleged, as this submission says it."""
        return self._own(target, "role") or target.role

    def summary(self, target: Target) -> str:
        """What this submission's summary says of a target beside the common text; empty for nothing."""
        return self._own(target, "summary")

    def _own(self, target: Target, name: str) -> str:
        regimes = {regime.code: place for place, (_row, regime) in enumerate(self.authorities)}
        asks = sorted((row for row in target.asks if row.regime in regimes), key=lambda row: regimes[row.regime])
        return next((text for row in asks if (text := str(getattr(row, name)).strip())), "")

    def asked(self, target: Target) -> str:
        """The exact ask against a target in this submission."""
        return target.asked(regime.code for _row, regime in self.authorities)

    def elements(self, basis: LegalBasis, regime: Regime) -> tuple[Element, ...]:
        """What must be proved: the prong's elements, then those of the pleaded abuse type."""
        return regime.elements(basis.prong, basis.abuse_type)

    def prong_citation(self, basis: LegalBasis, prong: Prong) -> str:
        """The paragraph as documents print it, with the yearly citation where the regime has one."""
        return self.with_citation(prong.citation, basis.regime)

    def prong_short(self, regime: Regime, prong: Prong) -> str:
        """The paragraph in as few words as tables have room for: without the yearly citation."""
        if "{citation}" in prong.citation:
            return self.label("short_basis", authority=regime.short, title=prong.title)
        order, comma, paragraph = prong.citation.rpartition(", ")
        shorter = comma and len(order) > _LONG_ORDER and _PARAGRAPH.match(paragraph)
        short = f"{regime.short}, {paragraph}" if shorter else prong.citation
        # Where paragraphs share a citation, because their lettering was not read, the title tells them apart.
        shared = sum(other.citation == prong.citation for other in regime.prongs) > 1
        return f"{short} ({prong.title[:1].lower()}{prong.title[1:]})" if shared else short

    def with_citation(self, template: str, regime: str) -> str:
        """A text of the regime with the citation that the user confirmed for it."""
        confirmed = next((row.citation for row in self.dossier.authorities if row.regime == regime), "")
        # Who cites the act often cites its section too, which the template does already.
        act = _SECTION_OF.sub("", confirmed.strip()) or confirmed
        return template.replace("{citation}", act or self.label("citation_open"))

    # ---------------------------------------------------------------------------------------- words

    def label(self, key: str, /, **values: str) -> str:
        """The template's word or sentence of that key.

        Raises:
            MissingLabel: the template has no such key, or the sentence asks for a value that is not given.
        """
        if key not in self.packet.labels:
            raise MissingLabel(
                f"The packet template “{self.packet.code}” has no label “{key}”.",
                "Add the key to its labels table.",
            )
        return fill(self.packet.labels[key], values)

    def phrase(self, key: str, /, **values: Inline | tuple[Inline, ...] | str) -> tuple[Inline, ...]:
        """The template's sentence of that key with inlines in place of its placeholders."""
        return self.compose(self.label(key, **{name: f"{{{name}}}" for name in values}), **values)

    def compose(self, template: str, /, **values: Inline | tuple[Inline, ...] | str) -> tuple[Inline, ...]:
        """A text with inlines in place of its placeholders; unknown placeholders stay as they are."""
        out: list[Inline] = []
        end = 0
        for match in _PLACEHOLDER.finditer(template):
            if match[1] not in values:
                continue
            if match.start() > end:
                out.append(Text(template[end : match.start()]))
            value = values[match[1]]
            value = Text(value) if isinstance(value, str) else value
            out += fields(value if isinstance(value, tuple) else (value,))
            end = match.end()
        if template[end:]:
            out.append(Text(template[end:]))
        return tuple(out)

    def choice(self, value: StrEnum) -> str:
        """The template's word for a stored choice: key ``mode_direct`` for ``Mode.DIRECT``."""
        return self.label(choice_key(value))

    def count(self, key: str, number: int) -> str:
        """The template's words for a number of things: key ``<key>_one`` or ``<key>_many``."""
        return self.label(f"{key}_one" if number == 1 else f"{key}_many", count=str(number))

    def listed(self, names: Sequence[str]) -> str:
        """Names as a list in words: ``A, B and C``."""
        if len(names) < 2:
            return "".join(names)
        names = [isolated(name) for name in names]
        return f"{', '.join(names[:-1])} {self.label('and')} {names[-1]}"

    def day(self, day: date) -> str:
        """A full date as the document prints it."""
        return PartialDate(day.isoformat()).display()

    def open_paragraph(self, key: str = "not_written") -> tuple[Block, ...]:
        """The line that stands where something is not written yet; final documents leave it out."""
        return (Paragraph((Text(self.label(key), italic=True),)),) if self.options.draft else ()

    # ----------------------------------------------------------------------------------------- case

    @cached_property
    def naming(self) -> Naming:
        """How parties are called in documents."""
        return Naming(self.dossier, self.label("protected_person"))

    @cached_property
    def case_title(self) -> str:
        """The title of the submission in plain words; the packet's own while there is none."""
        return self.naming.plain(self.dossier.title).strip() or self.packet.title

    @cached_property
    def submitters(self) -> tuple[Organisation, ...]:
        """The organisations that submit and may be named: lead first."""
        named = [row for row in self.dossier.organisations if row.may_be_named and row.name]
        lead = [row for row in named if row.role is OrganisationRole.LEAD]
        return (*lead, *(row for row in named if row.role is OrganisationRole.CO_SUBMITTER))

    @cached_property
    def partners(self) -> tuple[Organisation, ...]:
        """The organisations that contributed and may be named."""
        return tuple(
            row
            for row in self.dossier.organisations
            if row.role is OrganisationRole.PARTNER and row.may_be_named and row.name
        )

    @cached_property
    def author(self) -> str:
        """The submitting organisation, for metadata and "on file with"."""
        return self.submitters[0].name if self.submitters else ""

    @cached_property
    def banner(self) -> str:
        """The confidentiality banner of each page."""
        return self.dossier.case.banner or self.packet.banner

    def section_texts(self, code: str) -> list[str]:
        """The drafter's text of a section: the submission's own, else the common one, else none."""
        text = self.dossier.section(code, *(row.regime for row, _regime in self.authorities))
        return [text] if text else []

    def protected_source(self, item: Evidence) -> bool:
        """Whether the item's speaker must not be named, so that nothing about its origin is printed."""
        party = self.dossier.speaker_of(item)
        return party is not None and party.protected

    @cached_property
    def translations(self) -> dict[uuid.UUID, list[Evidence]]:
        """The produced translations of each item."""
        found: dict[uuid.UUID, list[Evidence]] = {}
        for item in self.dossier.evidence.values():
            if item.translation_of_id is not None and item.id in self.exhibits:
                found.setdefault(item.translation_of_id, []).append(item)
        return found

    # ---------------------------------------------------------------------------------- references

    def fact_ref(self, fact: Fact) -> CrossRef:
        """A link to the numbered paragraph of a fact."""
        number = self.dossier.fact_numbers[fact.id]
        return CrossRef(self.label("fact_ref", number=str(number)), fact_anchor(number))

    def fact_refs(self, facts: Sequence[Fact]) -> tuple[Inline, ...]:
        """Links to the numbered paragraphs of several facts: ``¶¶ 4, 7``."""
        numbers = sorted({self.dossier.fact_numbers[fact.id] for fact in facts})
        if not numbers:
            return ()
        if len(numbers) == 1:
            return (CrossRef(self.label("fact_ref", number=str(numbers[0])), fact_anchor(numbers[0])),)
        out: list[Inline] = [Text(self.label("fact_refs"))]
        for place, (first, last) in enumerate(_runs(numbers)):
            out.append(Text(", " if place else "\u00a0"))
            out.append(CrossRef(str(first) if first == last else f"{first}–{last}", fact_anchor(first)))
        return tuple(out)

    def exhibit_ref(self, evidence_id: uuid.UUID) -> ExhibitRef | None:
        """A link to an exhibit's first page: ``Ex. 7``; none when the item is not produced."""
        place = self.exhibits.get(evidence_id)
        if place is None:
            return None
        return ExhibitRef(self.label("exhibit_ref", number=str(place.number)), place.bundle_page(1))

    def exhibit_refs(self, keys: Sequence[uuid.UUID]) -> tuple[Inline, ...]:
        """Links to several exhibits in the order of their numbers: ``Ex. 1, 4, 7``."""
        places = sorted({place.number: place for key in keys if (place := self.exhibits.get(key))}.items())
        out: list[Inline] = []
        for number, place in places:
            if out:
                out += [Text(", "), ExhibitRef(str(number), place.bundle_page(1))]
            else:
                out.append(ExhibitRef(self.label("exhibit_ref", number=str(number)), place.bundle_page(1)))
        return tuple(out)

    # -------------------------------------------------------------------------------------- weight

    def proving_facts(self, basis: LegalBasis, element: Element) -> list[Fact]:
        """The facts that prove an element of a legal basis, in their order.

        Where none is linked to the element itself, what else counts for it in the window is its proof: the facts of
        the kind that is pleaded, and those of the part that the target took.
        """
        regime = self.law.regimes[basis.regime]
        prong = regime.prong(basis.prong)
        kind = regime.abuse_type(basis.abuse_type) if basis.abuse_type else None
        codes = proving_codes(prong, kind, element, self.law.modes.values()) if prong else (element.code,)
        proofs = self.dossier.proofs
        found = {proof.fact.id: proof.fact for proof in proofs.get((basis.id, codes[0]), [])}
        if not found:
            found = {proof.fact.id: proof.fact for code in codes[1:] for proof in proofs.get((basis.id, code), [])}
        return sorted(found.values(), key=lambda fact: self.dossier.fact_numbers[fact.id])

    def target_facts(self, target: Target) -> list[Fact]:
        """All facts that prove anything against the target, in their order."""
        keys = {basis.id for basis, _regime, _prong in self.bases(target)}
        links = self.dossier.links
        return [fact for fact in self.dossier.facts if any(basis in keys for basis, _code, _proof in links[fact.id])]

    def parts(self, incident: Incident) -> list[Participation]:
        """What the targets of this submission did in an incident; those of another one are none here."""
        return [row for row in incident.participations if row.target_id in self._targets]

    @cached_property
    def incidents(self) -> dict[uuid.UUID, Incident]:
        """The incidents that this submission tells, by key."""
        return {incident.id: incident for incident in self.dossier.incidents}

    @cached_property
    def _targets(self) -> frozenset[uuid.UUID]:
        return frozenset(target.id for target in self.dossier.targets)

    def accused(self, party: Party) -> bool:
        """Whether anything is pleaded against a party anywhere, in this submission or another, but a family tie."""
        bases = party.target.legal_bases if party.target is not None else ()
        known = ((basis, self.law.regimes.get(basis.regime)) for basis in bases)
        prongs = (regime.prong(basis.prong) if regime is not None else None for basis, regime in known)
        return any(prong is None or not prong.neutral for prong in prongs)

    def recommends(self, target: Target) -> bool:
        """Whether this submission asks for action against the target."""
        return target.id in self._targets

    def supporting(self, facts: Sequence[Fact]) -> list[Citation]:
        """The supporting citations of the facts."""
        return [row for fact in facts for row in fact.citations if row.stance.supports]

    def roots(self, citations: Sequence[Citation]) -> list[uuid.UUID]:
        """The independent origins behind citations, in the order they are met."""
        return list(dict.fromkeys(self.dossier.root_of(row.evidence_id) for row in citations))


def choice_key(value: StrEnum) -> str:
    """The label key of a stored choice: ``identifier_kind_date_of_birth``."""
    words = re.sub(r"(?<!^)(?=[A-Z])", "_", type(value).__name__).lower()
    return f"{words}_{value.value.lower()}"


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers with three or more in a row drawn together: ``2, 4–7``."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    out: list[tuple[int, int]] = []
    for first, last in runs:
        out += [(first, last)] if last - first != 1 else [(first, first), (last, last)]
    return out


def fact_anchor(number: int) -> str:
    """The anchor of a fact's paragraph."""
    return f"fact-{number}"
