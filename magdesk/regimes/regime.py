"""The typed shape of a regime and of a packet template. Values only; the loader makes them from TOML."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from magdesk.regimes.edition import UNKNOWN, LawState

_HALF = 50.0  # per cent


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a statement of law comes from.

    Attributes:
        tag: ``law`` (literal official text), ``read`` (read in a source, restated), ``secondary`` (restated from a
            law firm, a press or an organisation's summary), ``heading`` (only a heading was read), ``observed``
            (computed from official data), ``field`` (field knowledge, unconfirmed), ``design`` (our decision).
        source: citation or address.
        as_of: date of the edition that was read, or of our reading where the source carries no date.
        dated: whether that is the date of the text. A reading of ours is never printed: it is no date of the law,
            and the clinic did not read it.
    """

    tag: str
    source: str
    as_of: date
    dated: bool = True

    @property
    def verify(self) -> bool:
        """Whether it must be shown as "verify" and never printed as law."""
        return self.tag in ("secondary", "heading", "field")


@dataclass(frozen=True, slots=True)
class LegalQuote:
    """A literal quotation of law, with its citation and date.

    Attributes:
        title: what it is, for lists and pick-lists.
        note: what must still be checked about it, e.g. whether it is in force; never printed in a document.
    """

    code: str
    citation: str
    text: str
    provenance: Provenance
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that must be proved.

    Attributes:
        code: ``E1``, ``T3`` ...; unique in its prong or abuse type.
        question: what the drafter is asked, in plain words.
        aspect: what kind of fact proves it: ``foreign``, ``act``, ``link``, ``status``, ``tenure``, ``entity``,
            ``relation``, ``knowledge``, ``support``, ``proceeds``, ``principal``, ``effect``, ``severity``,
            ``scale``, ``victim``, ``abroad``, ``benefit``, ``duty`` or ``other``.
        group: elements with the same group are alternatives: one of them is enough; empty for none.
        required: whether the basis fails without it; the others strengthen it.
    """

    code: str
    title: str
    question: str
    aspect: str
    provenance: Provenance
    group: str = ""
    required: bool = True

    @property
    def roots_needed(self) -> int:
        """How many independent sources it takes; which state or country it was follows from one."""
        return 1 if self.aspect == "abroad" else 2


@dataclass(frozen=True, slots=True)
class Prong:
    """One selectable legal basis.

    Attributes:
        code: ``HR-1`` ...
        citation: the paragraph, as documents print it (``E.O. 13818 § 1(a)(ii)(A)``); may hold ``{citation}``.
        secondary: the regulation's paragraph, printed after the first; empty when unverified.
        wording: the literal words, quoted in the legal analysis; empty where only a summary of them was read.
        restated: what the paragraph says in our words, for the drafter; never printed as law.
        pleading: model sentence with ``{target}``.
        applies_to: party kinds that can meet it (``person``, ``entity``, ``unit``).
        foreign_only: only foreign persons can meet it (C16).
        official_only: only current or former officials of a foreign government (C17).
        tenure: acts must fall in a documented tenure (C09).
        principal: ``""``, ``blocked`` (someone already blocked) or ``blocked_or_recommended`` (C20).
        family: ``abuse``, ``corruption``, ``either`` or ``""``: which types may be pleaded.
        types: the codes of the types that it reaches; empty for all of the family.
        victim_status: the victim must have been exposing officials or exercising or defending rights.
        scale: the acts must be widespread, systematic or of special concern.
        abroad: the conduct must lie, wholly or partly, outside the country whose authority it is.
        plain: what the window calls it, in everyday words; never printed, and no statement of law.
        neutral: no allegation of own wrongdoing is made (family members, C19).
        principal_partly: only some ways of meeting the prong need a principal, so its absence is a warning.
        note: how the prong hangs together with others, in plain words for the drafter.
    """

    code: str
    title: str
    citation: str
    wording: str
    pleading: str
    applies_to: tuple[str, ...]
    elements: tuple[Element, ...]
    provenance: Provenance
    secondary: str = ""
    foreign_only: bool = False
    official_only: bool = False
    tenure: bool = False
    principal: str = ""
    family: str = ""
    neutral: bool = False
    principal_partly: bool = False
    note: str = ""
    restated: str = ""
    types: tuple[str, ...] = ()
    victim_status: bool = False
    scale: bool = False
    abroad: bool = False
    plain: str = ""

    def reaches(self, kind: AbuseType) -> bool:
        """Whether that type can be pleaded under this paragraph."""
        return self.family in ("either", kind.family) and (not self.types or kind.code in self.types)


@dataclass(frozen=True, slots=True)
class AbuseType:
    """A kind of abuse or corruption with its own elements.

    Attributes:
        code: what ``Incident.kind`` stores, e.g. ``torture``.
        family: ``abuse`` or ``corruption``.
        note: what to think of when pleading it; for the drafter only.
        plain: what the window calls it, in everyday words; never printed.
    """

    code: str
    title: str
    family: str
    definition: str
    elements: tuple[Element, ...]
    provenance: Provenance
    note: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True)
class ModeOfResponsibility:
    """A way in which a person can answer for an act.

    Attributes:
        code: what ``Participation.mode`` stores, e.g. ``command``.
        description: what the mode means, in plain words.
        elements: the facts that it needs; their codes are unique in the mode only, so whatever stores one of them
            has to store the mode with it.
        note: what to think of when pleading it; for the drafter only.
        plain: what the window calls it, in everyday words; never printed.
    """

    code: str
    title: str
    description: str
    elements: tuple[Element, ...]
    provenance: Provenance
    note: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True)
class InterestChoice:
    """One entry of the national-interest menu; ``weak`` ones do not carry a section alone.

    Attributes:
        expected: the reader looks for this argument in every file (C25).
    """

    code: str
    title: str
    prompt: str
    weak: bool
    provenance: Provenance
    expected: bool = False


@dataclass(frozen=True, slots=True)
class YearlyCitation:
    """An act that is enacted anew for each fiscal year, e.g. an appropriations act.

    Attributes:
        text: the citation as documents print it.
        year: the fiscal year that the act is for; 0 where it is not said.
        law: the number of the public law (``119-75``); empty where it is not said.
        division: the letter of the division; empty where it was not read.
        names: every name by which the act or the law that holds it goes; empty where none was read.
    """

    label: str
    text: str
    provenance: Provenance
    year: int = 0
    law: str = ""
    division: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CarryingLaw:
    """A law that carries the act of an earlier year on, e.g. a continuing resolution.

    Attributes:
        text: what stands behind the citation of the act carried on.
        law: the number of the public law.
        year: the fiscal year that it carries the act into.
        carries: label of the act that it carries on; empty where that was not read.
    """

    label: str
    text: str
    law: str
    year: int
    provenance: Provenance
    carries: str = ""


@dataclass(frozen=True, slots=True)
class ReachedProperty:
    """Which property a measure reaches: what is owned counts in whatever form, vessels and aircraft too."""

    text: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that can be asked for under a regime, e.g. an asset freeze.

    Attributes:
        request: the words of the request, after "We ask that {target} be ...".
        applies_to: party kinds that it can be taken against.
        property: what of theirs it reaches; none where it reaches no property.
    """

    code: str
    title: str
    request: str
    applies_to: tuple[str, ...]
    provenance: Provenance
    property: ReachedProperty | None = None


@dataclass(frozen=True, slots=True)
class SuitabilityRule:
    """What one answer about the case means for the suitability of a regime.

    Attributes:
        question: code of a question of suitability, e.g. ``official``.
        answers: the answers to which it applies.
        verdict: ``excluded`` (the regime cannot be used), ``hurdle`` (it can, but something must be shown or changed
            first), ``supports`` (this speaks for it) or ``prefer`` (another regime fits better, see ``other``).
        sentence: why, in plain words.
        prongs: the paragraphs that it concerns; empty for the whole regime.
        other: code of the regime to look at instead, if any.
        met_by_another: whether it is met where an official took part in the same act, though the target is none.
    """

    question: str
    answers: tuple[str, ...]
    verdict: str
    sentence: str
    provenance: Provenance
    prongs: tuple[str, ...] = ()
    other: str = ""
    met_by_another: bool = False


@dataclass(frozen=True, slots=True)
class Regime:
    """One authority that can be asked for.

    Attributes:
        code: file name without ending, e.g. ``us-glomag``.
        packet: code of the packet template that documents follow.
        cover_line: line on the cover when this authority is selected; may hold ``{citation}``.
        standard: words of the standard of proof, with source.
        yearly_citation: whether ``Authority.citation`` must be filled and confirmed (C18).
        recency_years: acts older than this need a justification (C08).
        recency_warning_years: acts older than this will soon need one.
        yearly_status: whether someone must check each year that the authority is still in force (C38).
        home_names: names of the country whose authority it is; who is a national of it alone is not foreign (C16).
        rank: its place in lists; lower ones come first.
        add_on: whether it is offered beside a main authority of the same country, not as a case of its own.
        open_source: whether each element should rest on at least one source that can be shown openly.
        listing_years: after how many years a listing lapses unless continued; 0 for never.
        in_force_until: the last day of the authority, unless it is prolonged (C38); none where it has no end.
        next_look: when the file must be compared with the official text again.
        look_at: with what it is to be compared then.
        carriers: laws that carry a yearly act on.
        ownership: from which share an entity counts as owned: ``half`` (50 per cent) or ``more`` (more than that).
        to_verify: what a lawyer must confirm in the official text before filing; shown in the window, never printed.
    """

    code: str
    title: str
    short: str
    jurisdiction: str
    as_of: date
    packet: str
    cover_line: str
    effect: str
    standard: LegalQuote
    prongs: tuple[Prong, ...]
    abuse_types: tuple[AbuseType, ...]
    interest: tuple[InterestChoice, ...]
    quotes: tuple[LegalQuote, ...]
    citations: tuple[YearlyCitation, ...] = ()
    yearly_citation: bool = False
    recency_years: int = 5
    recency_warning_years: int = 4
    yearly_status: bool = False
    home_names: tuple[str, ...] = ()
    rank: int = 100
    measures: tuple[Measure, ...] = ()
    rules: tuple[SuitabilityRule, ...] = ()
    add_on: bool = False
    open_source: bool = False
    listing_years: int = 0
    to_verify: tuple[str, ...] = ()
    in_force_until: date | None = None
    next_look: date = date.max
    look_at: str = ""
    carriers: tuple[CarryingLaw, ...] = ()
    ownership: str = "half"

    def owns(self, percent: float) -> bool:
        """Whether that share of an entity is enough for it to count as owned, without more."""
        return percent > _HALF if self.ownership == "more" else percent >= _HALF

    def measure(self, code: str) -> Measure | None:
        """The measure of that code, if the regime has it."""
        return next((measure for measure in self.measures if measure.code == code), None)

    def prong(self, code: str) -> Prong | None:
        """The prong of that code, if the regime has it."""
        return next((prong for prong in self.prongs if prong.code == code), None)

    def abuse_type(self, code: str) -> AbuseType | None:
        """The abuse or corruption type of that code, if the regime has it."""
        return next((kind for kind in self.abuse_types if kind.code == code), None)

    def quote(self, code: str) -> LegalQuote | None:
        """The quotation of that code, if the regime has it."""
        return next((quote for quote in self.quotes if quote.code == code), None)

    def elements(self, prong_code: str, type_code: str = "") -> tuple[Element, ...]:
        """Everything a legal basis must prove: the prong's elements, then those of the pleaded type.

        What ``Proof.element`` stores is the code of one of these; codes of types never repeat a prong's.
        """
        prong, kind = self.prong(prong_code), self.abuse_type(type_code)
        own = prong.elements if prong else ()
        return own + (kind.elements if kind and prong and prong.family else ())


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """One section of the submission.

    Attributes:
        code: what ``Section.code`` stores; also the anchor.
        content: ``narrative`` (the drafter's text), or the name of a generated part (``targets_at_a_glance``,
            ``submitter``, ``target_sections``, ``interest``, ``accountability``, ``requests``, ``sources`` ...).
        guidance: what the drafter is told beside the field.
        max_words: warn above; 0 for no limit.
        text: standing paragraphs printed before the drafter's own, e.g. the request for confidential treatment.
        parts: sections inside this one; for ``target_sections`` they repeat for each target.
        aspects: for ``target_elements``: the aspects of the elements that are shown there.
        regimes: codes of the authorities that ask for this section; empty for all of the packet.
        file: for an annex: the name, without ending, of the file that it is.
    """

    code: str
    heading: str
    content: str
    guidance: str = ""
    max_words: int = 0
    required: bool = False
    text: tuple[str, ...] = ()
    parts: tuple[OutlineSection, ...] = ()
    aspects: tuple[str, ...] = ()
    regimes: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee of a parliament that can make a request of its own.

    Attributes:
        chamber: of which house it is: ``Senate``.
        name: by what its letter knows it: ``Foreign Relations``.
    """

    chamber: str
    name: str


@dataclass(frozen=True, slots=True)
class Requests:
    """What the committees of a parliament can request of the government, by statute.

    Attributes:
        regime: code of the authority that they can ask to be used.
        citation: where the statute says so.
        committees: those who can.
        both_for: family of acts for which a committee of each chamber must ask; empty where one is enough.
    """

    regime: str
    citation: str
    committees: tuple[Committee, ...]
    both_for: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A cover letter to one office.

    Attributes:
        code: what ``Recipient.letter`` stores; also part of the file name.
        office: default name of the office.
        address: default postal address, to be verified by the user before sending.
        paragraphs: text with the placeholders the letter builder documents.
        optional: whether a packet is complete without it (C01).
        copies: offices that get a copy, as the letter's end names them.
        requests: what those to whom it goes can request themselves, where it is a parliament.
    """

    code: str
    office: str
    salutation: str
    address: str
    subject: str
    paragraphs: tuple[str, ...]
    closing: str
    provenance: Provenance
    optional: bool = False
    copies: tuple[str, ...] = ()
    requests: Requests | None = None


@dataclass(frozen=True, slots=True)
class TransmittalTemplate:
    """The e-mail a packet is sent with; same placeholders as a letter."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class PacketVariant:
    """What a packet says otherwise where it is not made for some of its authorities.

    Attributes:
        regimes: the variant holds for a submission that asks none of these to act.
        title: the submission's title then; empty when it stays.
        letters: letters that stand in the place of those with the same code.
        drop_letters: codes of letters to offices that have no say then.
    """

    regimes: tuple[str, ...]
    title: str = ""
    letters: tuple[Letter, ...] = ()
    drop_letters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PacketTemplate:
    """Headings, outline, banner and letters shared by the regimes of one jurisdiction.

    Attributes:
        title: the submission's title, as its cover prints it.
        labels: every other word documents print (column heads, table labels), by key.
        forbidden_words: classification words that must not appear (C30).
        placeholders: regular expressions of sample text that must not be left in an export (C41).
        emotive_words: words to avoid, each with the following words that make it harmless (C35).
        annexes: what is filed beside the submission as a file of its own, e.g. the case on one page.
        paper: ``letter`` or ``a4``.
        citation_style: ``bluebook`` or ``oscola``.
        without: what it says otherwise where some of its authorities are not asked.
        omit: what this packet does not print: ``publicity`` (where a list is always public), ``programme`` (the
            check for a country programme), ``foreign_person`` (why a target is one), ``family`` (the relatives that
            ineligibility by association is asked for).
        max_words: how long the drafter’s own text may be in all (C56); 0 for no limit.
    """

    code: str
    title: str
    banner: str
    outline: tuple[OutlineSection, ...]
    letters: tuple[Letter, ...]
    labels: dict[str, str] = field(default_factory=dict)
    forbidden_words: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    emotive_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    transmittal: TransmittalTemplate = TransmittalTemplate("", "")
    annexes: tuple[OutlineSection, ...] = ()
    paper: str = "letter"
    citation_style: str = "bluebook"
    omit: tuple[str, ...] = ()
    without: tuple[PacketVariant, ...] = ()
    max_words: int = 0

    def made_for(self, regimes: Collection[str]) -> PacketTemplate:
        """The template as a submission to these authorities uses it."""
        made = self
        for variant in self.without:
            if any(code in variant.regimes for code in regimes):
                continue
            own = {letter.code: letter for letter in variant.letters}
            kept = [letter for letter in made.letters if letter.code not in variant.drop_letters]
            letters = tuple(own.get(letter.code, letter) for letter in kept)
            made = replace(made, title=variant.title or made.title, letters=letters)
        return made

    def section(self, code: str) -> OutlineSection | None:
        """The section of that code, whether it stands alone or inside another."""
        for section in self.outline:
            for candidate in (section, *section.parts):
                if candidate.code == code:
                    return candidate
        return None

    def letter(self, code: str) -> Letter | None:
        """The letter of that code, if the template has it."""
        return next((letter for letter in self.letters if letter.code == code), None)


@dataclass(frozen=True, slots=True)
class CheckVariant:
    """Another way in which a check can fail, with its own weight and words.

    Attributes:
        many: several such findings in one sentence, with ``{count}``; empty where they count as the check’s own.
    """

    severity: str
    sentence: str
    remedy: str
    waivable: bool = False
    many: str = ""
    nature: str = "missing"


@dataclass(frozen=True, slots=True)
class CheckText:
    """The words of one check.

    Attributes:
        code: ``C01`` ...
        severity: ``block``, ``warn`` or ``info``.
        sentence: what is wrong, with named placeholders.
        remedy: what to do.
        why: why it matters, with its basis.
        variants: the other ways in which it can fail, by name.
        waivable: whether such a finding may be set aside with a reason.
        many: several findings of the check in one sentence, with ``{count}``.
        harm: what the fault does: ``people`` (someone could be hurt), ``truth`` (something false would be filed) or
            ``case`` (the case is weaker for it). The worse ones are told first.
        nature: ``missing`` (not entered yet), ``wrong`` (what was entered contradicts itself or the law), ``stale``
            (true once, to be looked at again) or ``danger`` (someone could be hurt).
    """

    code: str
    severity: str
    title: str
    sentence: str
    remedy: str
    why: str
    variants: dict[str, CheckVariant] = field(default_factory=dict)
    waivable: bool = False
    many: str = ""
    harm: str = "case"
    nature: str = "missing"


@dataclass(frozen=True, slots=True)
class Law:
    """Everything the resources say: regimes, packet templates, check texts, form guidance.

    Attributes:
        guidance: text by ``page.field`` key.
        places: the name of a place in a finding, by kind of row, with its placeholders.
        acts: the library of abuse and corruption types that belongs to no country, by code.
        modes: the modes of responsibility, by the value that ``Participation.mode`` stores.
        state: which edition of the law it is, and where it comes from.
    """

    regimes: dict[str, Regime]
    packets: dict[str, PacketTemplate]
    checks: dict[str, CheckText]
    guidance: dict[str, str]
    places: dict[str, str] = field(default_factory=dict)
    acts: dict[str, AbuseType] = field(default_factory=dict)
    modes: dict[str, ModeOfResponsibility] = field(default_factory=dict)
    state: LawState = UNKNOWN
