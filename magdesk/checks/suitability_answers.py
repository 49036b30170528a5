"""What the rows of a case answer to the questions of suitability, and on which rows each answer rests.

An answer given by hand takes precedence over what the rows say, which is kept beside it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from magdesk.checks.counted import victims_in_words
from magdesk.checks.finding import Place
from magdesk.checks.proof import years_before
from magdesk.checks.scope import Plea, Scope
from magdesk.checks.suitability_questions import QUESTIONS, UNKNOWN, stored_code
from magdesk.dates.partialdate import PartialDate
from magdesk.i18n import _, ngettext
from magdesk.model.incidents import Incident
from magdesk.model.people import (
    FAMILY,
    Consent,
    ConsentLevel,
    EndState,
    IdentifierKind,
    Party,
    PartyKind,
    Position,
    RelationKind,
    Target,
    VictimGroup,
    VictimStatus,
)
from magdesk.model.review import Answer
from magdesk.regimes.regime import Regime

_PATTERN = 3  # acts of one family from which on they are called a pattern; two are left to judgement
_NAMED = frozenset({ConsentLevel.GOVERNMENTS_CONFIDENTIAL, ConsentLevel.PUBLIC_NAMED})
_ANONYMISED = frozenset({ConsentLevel.GOVERNMENTS_ANONYMISED, ConsentLevel.PUBLIC_ANONYMISED})
_RIGHTS_GROUPS = frozenset({
    VictimGroup.DEFENDERS, VictimGroup.JOURNALISTS, VictimGroup.LAWYERS, VictimGroup.POLITICAL_PRISONERS,
    VictimGroup.WHISTLEBLOWERS,
})  # fmt: skip
_DENIAL = re.compile(r"(?:no|none|there is no|there are no|no such)\b", re.IGNORECASE)
_ASSENT = re.compile(r"(?:yes|there is an?|a (?:country )?programme exists)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.;!?])\s+|\n")
_UNITED_STATES = "United States"
_ABBREVIATION = 4  # letters of a name up to which it is an abbreviation
_QUOTED = 110


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to one question about one target.

    Attributes:
        country: the jurisdiction that it holds for; empty where it holds for all.
        values: what counts now; several only for kinds of abuse.
        derived: what the rows say.
        basis: how the rows say so, in one sentence.
        places: those rows.
        by_hand: whether someone answered it.
        note: on what the answer by hand rests.
    """

    question: str
    country: str
    values: tuple[str, ...]
    derived: tuple[str, ...]
    basis: str
    places: tuple[Place, ...] = ()
    by_hand: bool = False
    note: str = ""

    @property
    def known(self) -> bool:
        """Whether there is an answer."""
        return bool(self.values) and UNKNOWN not in self.values


@dataclass(frozen=True, slots=True)
class _Derived:
    values: tuple[str, ...]
    basis: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Answers:
    """All answers about one target.

    Attributes:
        scope: the case and the law.
        schemes: the incidents whose amounts are traced, against whomever.
    """

    scope: Scope
    target: Target
    schemes: frozenset[uuid.UUID] = frozenset()
    _given: dict[tuple[str, str, int], Given] = field(default_factory=dict)

    def given(self, question: str, regime: Regime) -> Given:
        """The answer to a question as one regime needs it."""
        asked = QUESTIONS[question]
        key = (question, regime.jurisdiction, regime.recency_years) if asked.by_country else (question, "", 0)
        if key not in self._given:
            self._given[key] = self._answered(question, regime)
        return self._given[key]

    def _answered(self, question: str, regime: Regime) -> Given:
        country = regime.jurisdiction if QUESTIONS[question].by_country else ""
        derived = self._derived(question, regime)
        row = self._by_hand(question, country)
        if row is None or QUESTIONS[question].settled:
            return Given(question, country, derived.values, derived.values, derived.basis, derived.places)
        values = tuple(part for part in row.value.split(",") if part) or (UNKNOWN,)
        return Given(
            question, country, values, derived.values, derived.basis, derived.places, by_hand=True, note=row.note
        )

    @cached_property
    def _rows(self) -> dict[tuple[uuid.UUID | None, str], Answer]:
        return {(row.target_id, row.question): row for row in self.scope.dossier.answers if row.value}

    def _by_hand(self, question: str, country: str) -> Answer | None:
        """The answer by hand: for this target and country, else for the target, else for the case."""
        rows = self._rows
        codes = dict.fromkeys((stored_code(question, country), question))
        keys = [(key, code) for key in (self.target.id, None) for code in codes]
        return next((rows[key] for key in keys if key in rows), None)

    def _derived(self, question: str, regime: Regime) -> _Derived:
        match question:
            case "foreign":
                return self._foreign(regime)
            case "abroad":
                return self._abroad(regime)
            case "recent":
                return self._recent(regime)
            case "listed_elsewhere":
                return self._listed(regime)
            case "programme":
                return self._programme(regime)
            case _:
                derived: _Derived = getattr(self, f"_{question}")
                return derived

    @cached_property
    def pleas(self) -> tuple[Plea, ...]:
        """Every ground pleaded against the target, whether its authority is asked for or not."""
        return tuple(plea for plea in self.scope.every_plea if plea.target.id == self.target.id)

    @cached_property
    def proved(self) -> frozenset[str]:
        """The aspects that facts prove against the target; the amounts of a scheme are the same for all in it."""
        own = {
            element.aspect
            for plea in self.pleas
            for element in plea.prong.elements
            if self.scope.proving_facts(plea, element)
        }
        shared = any(incident.id in self.schemes for incident in self.incidents)
        return frozenset(own | {"proceeds"}) if shared else frozenset(own)

    @cached_property
    def ties(self) -> tuple[tuple[Target, frozenset[RelationKind], frozenset[RelationKind]], ...]:
        """The accused targets that relations tie to this one: each with all that it is to them and they to it."""
        own, party = self.target.party_id, self.target.party
        out = []
        for target in self.scope.dossier.targets:
            mine = frozenset(row.kind for row in party.relations if row.other_id == target.party_id)
            theirs = frozenset(row.kind for row in target.party.relations if row.other_id == own)
            if target.id != self.target.id and (mine or theirs) and self.scope.accused(target):
                out.append((target, mine, theirs))
        return tuple(out)

    @cached_property
    def with_official(self) -> bool:
        """Whether somebody who holds or held public office took part in an act of the target's."""
        taken = {incident.id for incident in self.incidents}
        return any(
            is_official(other.party)
            for other in self.scope.dossier.targets
            if other.id != self.target.id
            and taken & {incident.id for incident, _part in self.scope.participations.get(other.id, ())}
        )

    @cached_property
    def kin(self) -> tuple[Target, ...]:
        """The other targets of whose family this one is."""
        own = self.target.party_id
        rows = [row for party in self.scope.dossier.parties.values() for row in party.relations if row.kind in FAMILY]
        ends = {end for row in rows if own in (row.party_id, row.other_id) for end in (row.party_id, row.other_id)}
        return tuple(row for row in self.scope.dossier.targets if row.party_id in ends - {own})

    # ------------------------------------------------------------------------------------------- who

    @cached_property
    def _kind(self) -> _Derived:
        kind = self.target.party.kind
        words = self.scope.label(f"kind_{kind.value}")
        return _Derived((kind.value,), _("The target is entered as {kind}.").format(kind=words), (self._place(),))

    @cached_property
    def _family(self) -> _Derived:
        others = {target.party_id for target in self.scope.dossier.targets} - {self.target.party_id}
        for party in self.scope.dossier.parties.values():
            for relation in party.relations:
                ends = {party.id, relation.other_id}
                if relation.kind in FAMILY and self.target.party_id in ends and ends & others:
                    other = next(iter(ends - {self.target.party_id}))
                    if self._offices and not is_official(self.scope.dossier.parties[other]):
                        continue  # Who holds the office is nobody's family here: the others are the official's.
                    name = self.scope.party_name(self.scope.dossier.parties[other])
                    text = _("A family relation to {name} is recorded.").format(name=name)
                    return _Derived(("yes",), text, (self.scope.party_place(party, "kind", relation),))
        return _Derived(("no",), _("No family relation to another target is recorded."), (self._place("relations"),))

    # ------------------------------------------------------------------------------------------ what

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """The incidents in which the target took part; where none is recorded, those of the facts against it."""
        taken = {incident.id: incident for incident, _part in self.scope.participations.get(self.target.id, ())}
        if not taken:
            for plea in self.pleas:
                for element in plea.elements:
                    for fact in self.scope.proving_facts(plea, element) if element.aspect != "foreign" else ():
                        incident = self.scope.incidents.get(fact.incident_id) if fact.incident_id else None
                        if incident is not None and not plea.prong.neutral:
                            taken.setdefault(incident.id, incident)
        return tuple(taken.values())

    @cached_property
    def _families(self) -> dict[str, str]:
        """The family of each known kind of abuse or corruption."""
        law = self.scope.law
        known = {kind.code: kind.family for kind in law.acts.values()}
        known |= {kind.code: kind.family for regime in law.regimes.values() for kind in regime.abuse_types}
        return known

    @cached_property
    def _kinds(self) -> dict[str, list[Place]]:
        """The kinds of abuse and corruption: of the incidents, else of what is pleaded."""
        found: dict[str, list[Place]] = {}
        for incident in self.incidents:
            for code in incident.kinds:
                if code in self._families:
                    found.setdefault(code, []).append(self.scope.incident_place(incident, "kind"))
        if not found:
            for plea in self.pleas:
                if plea.kind is not None:
                    found.setdefault(plea.kind.code, []).append(self.scope.plea_place(plea, "abuse_type"))
        return found

    @cached_property
    def _abuse_types(self) -> _Derived:
        if self._kinds:
            places = tuple(place for rows in self._kinds.values() for place in rows)
            if places[0].page == "incidents":
                text = ngettext("According to {count} incident.", "According to {count} incidents.", len(places))
            else:
                text = ngettext(
                    "According to {count} pleaded ground.", "According to {count} pleaded grounds.", len(places)
                )
            text = text.format(count=len(places))
            return _Derived(tuple(self._kinds), text, places)
        return _Derived((UNKNOWN,), self._no_act, (self._place(),))

    @property
    def _no_act(self) -> str:
        if self.incidents:
            return _("No incident of the target states its kind.")
        return _("No incident in which the target took part is entered yet.")

    @cached_property
    def _conduct(self) -> _Derived:
        families = {self._families[code] for code in self._kinds}
        if not families:
            if not self.incidents and self.pleas and all(plea.prong.neutral for plea in self.pleas):
                text = _("The target is pleaded only by association and took part in no incident.")
                return _Derived(("none",), text, (self._place(),))
            return _Derived((UNKNOWN,), self._no_act, (self._place(),))
        value = "both" if len(families) > 1 else next(iter(families))
        return _Derived((value,), self._abuse_types.basis, self._abuse_types.places)

    @cached_property
    def _scale(self) -> _Derived:
        proved = [
            plea
            for plea in self.pleas
            for element in plea.elements
            if element.aspect == "scale" and self.scope.proving_facts(plea, element)
        ]
        if proved:
            text = _("Facts are linked to the scale element of {prong}.").format(prong=proved[0].prong.code)
            return _Derived(("pattern",), text, (self.scope.plea_place(proved[0], page="facts"),))
        if not self.incidents:
            return _Derived((UNKNOWN,), self._no_act, (self._place(),))
        by_family: dict[str, list[Incident]] = {}
        for incident in self.incidents:
            for family in {self._families.get(code, "") for code in incident.kinds or ("",)}:
                by_family.setdefault(family, []).append(incident)
        most = max(by_family.values(), key=len)
        places = tuple(self.scope.incident_place(incident) for incident in most)
        people = victims_in_words(harm.party for incident in most for harm in incident.harms) or _("no victim")
        acts = ngettext("{count} act", "{count} acts", len(most)).format(count=len(most))
        text = _("{acts}, {people}, {when}.").format(acts=acts, people=people, when=_period(most))
        if len(most) >= _PATTERN:
            return _Derived(("pattern",), text, places)
        if len(most) == 1:
            return _Derived(("single",), text, places)
        return _Derived((UNKNOWN,), text + " " + _("Whether two acts make a pattern is for you to judge."), places)

    # -------------------------------------------------------------------------------- where and when

    def _abroad(self, regime: Regime) -> _Derived:
        home = _folded(regime.home_names)
        placed = [incident for incident in self.incidents if incident.country.strip()]
        if not placed:
            return _Derived((UNKNOWN,), self._no_act if not self.incidents else _("No incident names a country."))
        inside = [incident for incident in placed if incident.country.strip().casefold() in home]
        places = tuple(self.scope.incident_place(incident, "country") for incident in placed)
        countries = _names(incident.country.strip() for incident in placed)
        text = _("The incidents took place in: {countries}.").format(countries=countries)
        value = "yes" if not inside else "no" if len(inside) == len(placed) else "partly"
        return _Derived((value,), text, places)

    def _recent(self, regime: Regime) -> _Derived:
        if not regime.recency_years:
            return _Derived(("yes",), _("No time limit is known for this authority."))
        years = regime.recency_years
        limit = years_before(self.scope.filing_day, years)
        dated = [(incident, last) for incident in self.incidents if (last := incident.end or incident.start)]
        if not dated:
            return _Derived((UNKNOWN,), self._no_act if not self.incidents else _("No incident has a date."))
        late = [incident for incident, last in dated if not last.surely_before(limit)]
        places = tuple(self.scope.incident_place(incident, "start") for incident, _last in dated)
        text = ngettext(
            "{recent} of {count} dated incident falls within {years} years of the filing date ({day}).",
            "{recent} of {count} dated incidents fall within {years} years of the filing date ({day}).",
            len(dated),
        ).format(recent=len(late), count=len(dated), years=years, day=self.scope.filing_day.isoformat())
        return _Derived(("yes" if len(late) == len(dated) else "partly" if late else "no",), text, places)

    # --------------------------------------------------------------------------------------- to whom

    @cached_property
    def _victims(self) -> dict[uuid.UUID, Party]:
        return {harm.party_id: harm.party for incident in self.incidents for harm in incident.harms}

    def attacked_for_rights(self, kinds: Collection[str]) -> bool:
        """Whether an act of one of these kinds had a victim who exposed officials, or exercised rights."""
        acts = (incident for incident in self.incidents if not kinds or set(incident.kinds) & set(kinds))
        return any(_attacked_for_rights(harm.party) for incident in acts for harm in incident.harms)

    @cached_property
    def _victims_of_abuse(self) -> dict[uuid.UUID, Party]:
        """The victims of the target's abuse: whom its corruption harmed opens no paragraph on abuse."""
        acts = [row for row in self.incidents if any(self._families.get(code) != "corruption" for code in row.kinds)]
        acts += [row for row in self.incidents if not row.kinds]
        return {harm.party_id: harm.party for incident in acts for harm in incident.harms}

    @cached_property
    def _victim_status(self) -> _Derived:
        victims = self._victims_of_abuse
        found = [party for party in victims.values() if _attacked_for_rights(party)]
        if found:
            names = _names(self.scope.party_name(party) for party in found)
            text = ngettext(
                "Of {all}, this is entered for {count}: {names}.",
                "Of {all}, this is entered for {count}: {names}.",
                len(found),
            ).format(count=len(found), all=victims_in_words(victims.values()), names=names)
            return _Derived(("yes",), text, tuple(self.scope.party_place(party, "status") for party in found))
        if not victims and self._victims:
            text = _("Only corruption is entered for the target; whom it harmed does not count here.")
            return _Derived(("no",), text, (self._place(),))
        if not victims:
            return _Derived((UNKNOWN,), _("No victim is entered."))
        places = tuple(self.scope.party_place(party, "status") for party in victims.values())
        text = ngettext(
            "No such reason is entered for the victim.",
            "No such reason is entered for any of {victims}.",
            len(places),
        ).format(victims=victims_in_words(victims.values()))
        return _Derived(("no",), text, places)

    @cached_property
    def _us_victim(self) -> _Derived:
        law = self.scope.law.regimes.values()
        home = _folded(name for regime in law if regime.jurisdiction == _UNITED_STATES for name in regime.home_names)
        known = 0
        for party in self._victims.values():
            nations = _nationalities(party)
            known += bool(nations)
            if any(nation & home for nation in nations):
                text = _("{name} is entered as a national of the United States.")
                place = self.scope.party_place(party, "identifiers")
                return _Derived(("yes",), text.format(name=self.scope.party_name(party)), (place,))
        if self._victims and known == len(self._victims):
            return _Derived(("no",), _("Every victim is entered as a national of another country."))
        if not self._victims:
            return _Derived((UNKNOWN,), _("No victim is entered."))
        text = ngettext(
            "The nationality of {known} of {count} victim is entered.",
            "The nationality of {known} of {count} victims is entered.",
            len(self._victims),
        ).format(known=known, count=len(self._victims))
        return _Derived((UNKNOWN,), text)

    # ---------------------------------------------------------------------------------------- office

    @cached_property
    def _offices(self) -> list[Position]:
        return [row for row in self.target.party.positions if row.government and row.title.strip()]

    @cached_property
    def _official(self) -> _Derived:
        now = [row for row in self._offices if row.end_state is EndState.ONGOING and row.end is None]
        if self._offices:
            row = (now or self._offices)[0]
            text = _("A public office is entered: {title}, {when}.").format(title=row.title, when=_held(row))
            return _Derived(("current" if now else "former",), text, (self._place("government", row),))
        for relation in self.target.party.relations:
            if relation.kind is RelationKind.ACTS_FOR and any(row.government for row in relation.other.positions):
                name = self.scope.party_name(relation.other)
                text = _("Acts for {name}, who holds or held public office.").format(name=name)
                return _Derived(("acting_for",), text, (self._place("kind", relation),))
        held = [row for row in self.target.party.positions if row.title.strip()]
        if held:
            text = ngettext(
                "{count} post is entered; it is not a public office.",
                "{count} posts are entered; none is a public office.",
                len(held),
            ).format(count=len(held))
            return _Derived(("no",), text, (self._place("positions"),))
        if self.target.party.kind is not PartyKind.PERSON:
            text = _("Not a person, and the case does not say that it acts for an official.")
            return _Derived(("no",), text, (self._place("relations"),))
        return _Derived((UNKNOWN,), _("No post is entered yet."), (self._place("positions"),))

    @cached_property
    def _foreign_government(self) -> _Derived:
        if self._offices:
            row = self._offices[0]
            text = _("A public office is entered: {title}, {when}.").format(title=row.title, when=_held(row))
            return _Derived(("yes",), text, (self._place("government", row),))
        held = [
            row
            for party in self.scope.dossier.parties.values()
            for row in party.positions
            if row.government and row.organisation_id == self.target.party_id
        ]
        if held:
            text = _("A post in it is entered as a public office: {title}.").format(title=held[0].title)
            return _Derived(("yes",), text, (self.scope.party_place(held[0].party, "government", held[0]),))
        if self._official.values == ("acting_for",):
            return _Derived(("yes",), self._official.basis, self._official.places)
        if self._official.values == ("no",):
            return _Derived(("no",), self._official.basis, self._official.places)
        return _Derived((UNKNOWN,), self._official.basis, self._official.places)

    def _foreign(self, regime: Regime) -> _Derived:
        home = _folded(regime.home_names)
        party = self.target.party
        rows = [row for row in party.identifiers if row.kind is IdentifierKind.NATIONALITY]
        nations = _nationalities(party)
        where = (self._place("identifiers"),)
        if not nations and party.kind is not PartyKind.PERSON:
            kinds = (IdentifierKind.REGISTRATION_NUMBER, IdentifierKind.LOCATION)
            rows = [row for row in party.identifiers if row.kind in kinds and row.country.strip()]
            nations = [{row.country.strip().casefold()} for row in rows]
        if not nations:
            reason = self.target.foreign_person_basis.strip()
            if reason and regime.jurisdiction == _UNITED_STATES:
                text = _("The reason given for treating the target as a foreign person: “{text}”").format(
                    text=_clipped(reason)
                )
                return _Derived(("foreign",), text, (self._place("foreign_person_basis"),))
            return _Derived((UNKNOWN,), _("No nationality is entered."), where)
        shown = _names((row.country or row.value).strip() for row in rows)
        text = _("Nationality or seat entered: {nations}.").format(nations=shown)
        own = [nation for nation in nations if nation & home]
        if not own and any(
            row.country.strip().casefold() in home for row in party.identifiers if row.kind is IdentifierKind.LOCATION
        ):
            text += " " + _("A place of residence in {country} is also entered: check residence status.").format(
                country=regime.jurisdiction
            )
        value = "foreign" if not own else "national_only" if len(own) == len(nations) else "dual"
        return _Derived((value,), text, where)

    # ------------------------------------------------------------------------------------- elsewhere

    def _programme(self, regime: Regime) -> _Derived:
        case = self.scope.dossier.case
        place = (self.scope.case_place("programme_check"),)
        home = _folded((regime.jurisdiction, *regime.home_names))
        told = [one.strip() for one in _SENTENCES.split(case.programme_check) if one.strip()]
        own = [one for one in told if any(_mentions(one, name) for name in home)]
        if not own and regime.jurisdiction == _UNITED_STATES:
            own = told  # the field asks for the programmes of the United States
        if not own:
            text = _("No check for a country program is recorded ({country}).")
            return _Derived((UNKNOWN,), text.format(country=regime.jurisdiction), place)
        basis = _("The recorded check says: “{text}”").format(text=_clipped(own[0]))
        if _DENIAL.match(own[0]):
            return _Derived(("no",), basis, place)
        return _Derived(("yes" if _ASSENT.match(own[0]) else UNKNOWN,), basis, place)

    def _listed(self, regime: Regime) -> _Derived:
        home = _folded((regime.jurisdiction, *regime.home_names))
        rows = [
            row
            for row in self.scope.dossier.other_sanctions
            if row.target_id in (None, self.target.id) and row.jurisdiction.strip().casefold() not in home
        ]
        places = tuple(
            self.scope.row_place("accountability", "sanction", row, title=row.jurisdiction) for row in rows
        )
        listed = [row.jurisdiction for row in rows if row.listed]
        if self.target.already_designated and regime.jurisdiction != _UNITED_STATES:
            listed.insert(0, _UNITED_STATES)
            places = (self._place("already_designated"), *places)
        if listed:
            return _Derived(("yes",), _("Listed by: {names}.").format(names=_names(listed)), places)
        if rows:
            names = _names(row.jurisdiction for row in rows)
            return _Derived(("no",), _("Searched and not found: {names}.").format(names=names), places)
        return _Derived((UNKNOWN,), _("No check of the lists of other governments is recorded."), places)

    # ---------------------------------------------------------------------------------------- safety

    @cached_property
    def _victims_safety(self) -> _Derived:
        speakers = self._speakers
        people = {**self._victims, **speakers}
        if not people:
            return _Derived((UNKNOWN,), _("No victim or witness is entered."))
        states: dict[str, list[Party]] = {}
        for party in people.values():
            states.setdefault(_safety(party, used=party.id in speakers), []).append(party)
        for state, text in (
            ("not_safe", _("Statements are used without consent: {names}.")),
            (UNKNOWN, _("No consent is recorded for the statements of: {names}.")),
            ("safe_anonymous", _("Protected, or agreed to be used only without their names: {names}.")),
        ):
            found = states.get(state, [])
            if found:
                names = _names(self.scope.party_name(party) for party in found)
                places = tuple(self.scope.party_place(party, "consents") for party in found)
                return _Derived((state,), text.format(names=names), places)
        if "safe_named" in states:
            return _Derived(("safe_named",), _("Everyone whose statement is used has agreed to be named."))
        return _Derived((UNKNOWN,), _("Nothing is recorded about the safety of the victims."))

    @cached_property
    def _speakers(self) -> dict[uuid.UUID, Party]:
        """Whose statements the facts of these incidents cite."""
        found: dict[uuid.UUID, Party] = {}
        for incident in self.incidents:
            for fact in self.scope.dossier.facts_by_incident.get(incident.id, ()):
                for citation in fact.citations:
                    item = self.scope.dossier.evidence.get(citation.evidence_id)
                    party = self.scope.dossier.speaker_of(item) if item is not None else None
                    if party is not None:
                        found.setdefault(party.id, party)
        return found

    def _place(self, name: str = "", row: object = None) -> Place:
        return self.scope.target_place(self.target, name, row)  # type: ignore[arg-type]


def is_official(party: Party) -> bool:
    """Whether a public office is entered for a party, held now or before."""
    return any(row.government and row.title.strip() for row in party.positions)


def traced(scope: Scope) -> frozenset[uuid.UUID]:
    """The incidents whose amounts are traced, against whomever: by facts, or by payments that a source shows."""
    proved = {
        fact.incident_id
        for plea in scope.every_plea
        for element in plea.elements
        if element.aspect == "proceeds"
        for fact in scope.proving_facts(plea, element)
    }
    paid = {
        row.incident_id
        for row in scope.dossier.payments
        if row.amount is not None and any(citation.stance.supports for citation in row.citations)
    }
    return frozenset(key for key in proved | paid if key is not None)


def _attacked_for_rights(party: Party) -> bool:
    victim = party.victim
    if victim is None:
        return False
    return victim.status is not VictimStatus.NONE_KNOWN or bool(_RIGHTS_GROUPS.intersection(victim.group_codes))


def _safety(party: Party, *, used: bool) -> str:
    """What is known of one person's safety; empty where nothing of theirs is used and nothing is recorded."""
    consent: Consent | None = party.consents[-1] if party.consents else None
    if consent is not None and consent.withdrawn_at is not None:
        return "not_safe" if used else "safe_anonymous"
    if consent is None:
        return UNKNOWN if used else "safe_anonymous" if party.protected else ""
    if consent.level in _NAMED and not party.protected:
        return "safe_named"
    if consent.level in _NAMED | _ANONYMISED:
        return "safe_anonymous"
    return "not_safe" if used else "safe_anonymous"


def _nationalities(party: Party) -> list[set[str]]:
    """Each nationality by the names it is written with, folded."""
    rows = [row for row in party.identifiers if row.kind is IdentifierKind.NATIONALITY]
    found = [{text.strip().casefold() for text in (row.value, row.country) if text.strip()} for row in rows]
    return [names for names in found if names]


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names)


def _names(names: Iterable[str]) -> str:
    """Names once each, the first few of many."""
    unique = list(dict.fromkeys(name for name in names if name))
    shown = ", ".join(unique[:4])
    more = len(unique) - 4
    if more <= 0:
        return shown
    return ngettext("{shown} and {count} more", "{shown} and {count} more", more).format(shown=shown, count=more)


def _mentions(text: str, name: str) -> bool:
    """Whether a name stands in a text; abbreviations must stand there as capitals, so that “us” is not a country."""
    if len(name) <= _ABBREVIATION:
        return re.search(rf"(?<!\w){re.escape(name.upper())}(?!\w)", text) is not None
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else line[:_QUOTED].rsplit(" ", 1)[0] + " …"


def _held(row: Position) -> str:
    """From when to when, in words."""
    start = _("from {day}").format(day=row.start.display()) if row.start else _("from a date not entered")
    if row.end is not None:
        return _("{start} to {end}").format(start=start, end=row.end.display())
    if row.end_state is EndState.ONGOING:
        return _("{start}, still held").format(start=start)
    return _("{start}, end date not known").format(start=start)


def _period(incidents: Sequence[Incident]) -> str:
    days: list[PartialDate] = [day for row in incidents for day in (row.start, row.end) if day is not None]
    if not days:
        return _("without dates")
    first, last = min(days, key=PartialDate.earliest), max(days, key=PartialDate.latest)
    if first.text == last.text:
        return first.display()
    return _("{first} to {last}").format(first=first.display(), last=last.display())
