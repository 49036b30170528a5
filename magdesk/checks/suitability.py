"""Which authorities fit a target, which do not, and why, in plain words.

Two things speak: what the paragraphs of a regime say of themselves (whom they reach, which kinds of acts, what they
ask of the victim), and the regime's own rules, which say what an answer means for it. Where both say the same, the
rule's sentence counts. Pure: the same case, law and day give the same verdicts.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from magdesk.checks.finding import Place
from magdesk.checks.scope import Scope
from magdesk.checks.suitability_answers import Answers, Given, is_official, traced
from magdesk.checks.suitability_questions import QUESTIONS, STEPS
from magdesk.dossier.dossier import Dossier
from magdesk.i18n import _
from magdesk.model.incidents import Mode
from magdesk.model.people import FAMILY, PartyKind, RelationKind, Target
from magdesk.regimes.regime import AbuseType, Law, Prong, Regime, SuitabilityRule

_BEST = 3
# Aspects that none of the questions is about: only facts tell.
_PARTICULAR = frozenset({"support", "knowledge", "proceeds", "benefit", "duty", "effect"})
_HELD_BY = frozenset({RelationKind.OWNS, RelationKind.CONTROLS, RelationKind.COMMANDS})
_LEADS = _HELD_BY | {RelationKind.MEMBER_OF}
_LOOSE = frozenset({RelationKind.MEMBER_OF, RelationKind.PART_OF, RelationKind.ASSOCIATE}) | FAMILY


class Verdict(StrEnum):
    """How an authority fits a target."""

    FITS = "fits"
    HURDLES = "hurdles"
    OPEN = "open"
    NO = "no"


class Effect(StrEnum):
    """What a reason does to the verdict."""

    EXCLUDES = "excludes"
    OPEN = "open"
    HURDLE = "hurdle"
    PREFER = "prefer"
    SUPPORTS = "supports"


_ORDER = {verdict: place for place, verdict in enumerate(Verdict)}
_WEIGHT = {effect: place for place, effect in enumerate(Effect)}


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of why.

    Attributes:
        question: the question whose answer it follows from; empty where none does.
        other: code of the regime to look at instead, if any.
        verify: whether the law behind it was read at second hand only.
    """

    effect: Effect
    sentence: str
    question: str = ""
    other: str = ""
    verify: bool = False


@dataclass(frozen=True, slots=True)
class ProngFit:
    """How one paragraph fits.

    Attributes:
        reasons: those of this paragraph alone; what holds for all stands with the regime.
        types: the kinds of abuse or corruption of the case that it reaches; empty where it asks for none.
        hurdles: everything that excludes it, is open or stands in its way, what holds for all paragraphs included.
        principal: the target that it would hang on, if any.
        pleaded: whether it is pleaded against the target already.
    """

    code: str
    title: str
    citation: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    types: tuple[str, ...] = ()
    hurdles: tuple[str, ...] = ()
    principal: uuid.UUID | None = None
    pleaded: bool = False
    verify: bool = False


@dataclass(frozen=True, slots=True)
class RegimeFit:
    """How one authority fits.

    Attributes:
        reasons: what holds for each of its paragraphs that is not excluded, gravest first.
        prongs: in the order of the law.
        best: codes of the paragraphs to plead, best first.
        missing: codes of the questions that must be answered before it can be told.
        asked: whether the case asks for it.
        verify: whether something about it was read at second hand only.
        to_verify: what a lawyer has to confirm in the official text.
    """

    code: str
    short: str
    title: str
    jurisdiction: str
    add_on: bool
    verdict: Verdict
    reasons: tuple[Reason, ...]
    prongs: tuple[ProngFit, ...]
    best: tuple[str, ...]
    missing: tuple[str, ...]
    asked: bool
    verify: bool
    to_verify: tuple[str, ...]

    def prong(self, code: str) -> ProngFit | None:
        """The paragraph of that code."""
        return next((prong for prong in self.prongs if prong.code == code), None)


@dataclass(frozen=True, slots=True)
class TargetSuitability:
    """What was answered about one target, and what follows.

    Attributes:
        name: what findings call it; never the name of a protected party.
        answers: in the order of the steps; one for each country where it depends on the country.
        regimes: in the order of the law.
    """

    target_id: uuid.UUID
    name: str
    place: Place
    answers: tuple[Given, ...]
    regimes: tuple[RegimeFit, ...]

    def regime(self, code: str) -> RegimeFit | None:
        """The authority of that code."""
        return next((fit for fit in self.regimes if fit.code == code), None)

    def answer(self, question: str, country: str = "") -> Given | None:
        """The answer to a question, for a country where it depends on it."""
        return next(
            (
                given
                for given in self.answers
                if given.question == question and (not country or given.country in ("", country))
            ),
            None,
        )


def suitability(dossier: Dossier, law: Law, today: date) -> tuple[TargetSuitability, ...]:
    """Which authorities fit each target of the case.

    Args:
        dossier: the whole case, with every authority; not changed.
        law: every regime that is known, whether the case asks for it or not.
        today: the day that ages are counted from where no day of filing is planned.
    """
    scope = Scope(dossier, law, today)
    schemes = traced(scope)
    return tuple(_of_target(scope, target, schemes) for target in dossier.targets)


def _of_target(scope: Scope, target: Target, schemes: frozenset[uuid.UUID]) -> TargetSuitability:
    answers = Answers(scope, target, schemes)
    shown: dict[tuple[str, str], Given] = {}
    for step in STEPS:
        for question in step.questions:
            for regime in scope.law.regimes.values():
                given = answers.given(question.code, regime)
                shown.setdefault((question.code, given.country), given)
    regimes = tuple(_Judge(scope, target, answers, regime).fit() for regime in scope.law.regimes.values())
    name = scope.party_name(target.party)
    return TargetSuitability(target.id, name, scope.target_place(target), tuple(shown.values()), regimes)


class _Judge:
    """Holds one regime against one target."""

    def __init__(self, scope: Scope, target: Target, answers: Answers, regime: Regime) -> None:
        self._scope, self._target, self._answers, self._regime = scope, target, answers, regime
        self._known: dict[str, Given] = {}
        self._pleas = answers.pleas
        self._pleaded = {plea.prong.code for plea in self._pleas if plea.regime.code == regime.code}
        self._proved = answers.proved
        self._modes = {part.mode for _incident, part in scope.participations.get(target.id, ())}

    def fit(self) -> RegimeFit:
        """The whole regime."""
        regime = self._regime
        judged = [self._prong(prong) for prong in regime.prongs]
        # What is common to the paragraphs that are left is said once; what excludes one is said there.
        left = [fit for fit in judged if fit.verdict is not Verdict.NO] or judged
        common = set(left[0].reasons).intersection(*(fit.reasons for fit in left)) if left else set()
        verdict = min((fit.verdict for fit in judged), key=_ORDER.__getitem__, default=Verdict.NO)
        reasons = sorted(common, key=lambda one: (_WEIGHT[one.effect], one.sentence))
        best = self._best(judged, verdict)
        missing = dict.fromkeys(
            reason.question
            for fit in judged
            if fit.verdict is Verdict.OPEN
            for reason in fit.reasons
            if reason.effect is Effect.OPEN and reason.question
        )
        told = tuple(replace(fit, reasons=tuple(one for one in fit.reasons if one not in common)) for fit in judged)
        return RegimeFit(
            code=regime.code,
            short=regime.short,
            title=regime.title,
            jurisdiction=regime.jurisdiction,
            add_on=regime.add_on,
            verdict=verdict,
            reasons=tuple(reasons),
            prongs=told,
            best=tuple(fit.code for fit in best),
            missing=tuple(code for code in QUESTIONS if code in missing) if verdict is Verdict.OPEN else (),
            asked=any(row.regime == regime.code for row in self._scope.dossier.authorities),
            verify=bool(regime.to_verify)
            or any(fit.verify for fit in judged)
            or any(reason.verify for reason in reasons),
            to_verify=regime.to_verify,
        )

    def _best(self, judged: list[ProngFit], verdict: Verdict) -> list[ProngFit]:
        """What to plead: what fits, own acts before posts unless a post is all there is, no detours."""
        if verdict not in (Verdict.FITS, Verdict.HURDLES):
            return []
        fitting = [fit for fit in judged if fit.verdict is verdict or self._only_grave(fit)]
        post_only = bool(self._modes) and self._modes <= {Mode.STATUS}

        def rank(fit: ProngFit) -> tuple[bool, bool, int]:
            prong = self._regime.prong(fit.code)
            assert prong is not None
            return bool(prong.principal), prong.tenure is not post_only, _ORDER[fit.verdict]

        return sorted(fitting, key=rank)[:_BEST]

    def _only_grave(self, fit: ProngFit) -> bool:
        """Whether all that stands in the way of a paragraph on own acts is to say how grave they are."""
        prong = self._regime.prong(fit.code)
        if prong is None or prong.principal or fit.verdict is not Verdict.HURDLES:
            return False
        return all(one.question == "abuse_types" for one in fit.reasons if one.effect is not Effect.SUPPORTS)

    # ------------------------------------------------------------------------------------ one paragraph

    def _prong(self, prong: Prong) -> ProngFit:
        ruled = list(self._rules(prong))
        told = {(reason.question, reason.effect) for reason in ruled}
        own = [reason for reason in self._own(prong) if (reason.question, reason.effect) not in told]
        reasons = list(dict.fromkeys(sorted([*ruled, *own], key=lambda reason: _WEIGHT[reason.effect])))
        effects = {reason.effect for reason in reasons}
        if Effect.EXCLUDES in effects:
            verdict = Verdict.NO
            # What is still open or in the way no longer matters.
            reasons = [reason for reason in reasons if reason.effect in (Effect.EXCLUDES, Effect.PREFER)]
        elif Effect.OPEN in effects:
            verdict = Verdict.OPEN
        elif effects & {Effect.HURDLE, Effect.PREFER}:
            verdict = Verdict.HURDLES
        else:
            verdict = Verdict.FITS
        principal = self._principal(prong)
        return ProngFit(
            code=prong.code,
            title=prong.title,
            citation=self._regime.short if "{citation}" in prong.citation else prong.citation,
            verdict=verdict,
            reasons=tuple(reasons),
            types=tuple(kind.code for kind in self._reached(prong)),
            hurdles=tuple(one.sentence for one in reasons if one.effect is not Effect.SUPPORTS),
            principal=principal.id if principal is not None else None,
            pleaded=prong.code in self._pleaded,
            verify=prong.provenance.verify,
        )

    def _given(self, question: str) -> Given:
        if question not in self._known:
            self._known[question] = self._answers.given(question, self._regime)
        return self._known[question]

    # ------------------------------------------------------------------------------- the regime's rules

    def _rules(self, prong: Prong) -> Iterator[Reason]:
        for rule in self._regime.rules:
            if (rule.prongs and prong.code not in rule.prongs) or rule.question not in QUESTIONS:
                continue
            effect = {
                "excluded": Effect.EXCLUDES,
                "hurdle": Effect.HURDLE,
                "prefer": Effect.PREFER,
                "supports": Effect.SUPPORTS,
            }[rule.verdict]
            if self._applies(rule, prong, effect):
                if effect is Effect.HURDLE and rule.question == "abuse_types" and self._is_grave(prong):
                    continue
                if rule.met_by_another and self._answers.with_official:
                    continue
                yield Reason(effect, rule.sentence, rule.question, rule.other, rule.provenance.verify)
            elif effect is Effect.EXCLUDES and not self._given(rule.question).known:
                yield _open(rule.question)

    def _applies(self, rule: SuitabilityRule, prong: Prong, effect: Effect) -> bool:
        given = self._given(rule.question)
        if not QUESTIONS[rule.question].several:
            return any(value in rule.answers for value in given.values)
        values = [value for value in given.values if not prong.family or self._family(value) in (prong.family, None)]
        if prong.family == "either":
            values = list(given.values)
        if effect in (Effect.EXCLUDES, Effect.HURDLE):
            # One act that is free of the obstacle is enough.
            return bool(values) and all(value in rule.answers for value in values)
        return any(value in rule.answers for value in values)

    def _is_grave(self, prong: Prong) -> bool:
        """Whether facts show already why the act reaches the degree that the paragraph asks for."""
        asked = [element for element in prong.elements if element.aspect == "severity"]
        return any(self._proved_here(prong, element.code) for element in asked)

    def _family(self, code: str) -> str | None:
        kind = self._regime.abuse_type(code)
        return kind.family if kind is not None else None

    # -------------------------------------------------------------------- what the paragraph says itself

    def _own(self, prong: Prong) -> Iterator[Reason]:
        for check in (
            self._whom, self._acts, self._office, self._nationality, self._victims, self._place, self._tenure,
            self._association, self._dependence, self._rest,
        ):  # fmt: skip
            yield from check(prong)

    def _whom(self, prong: Prong) -> Iterator[Reason]:
        kind = self._given("kind").values[0]
        if kind not in prong.applies_to:
            words = self._scope.label(f"kind_{kind}")
            yield _no("kind", _("{kind} cannot be named under it.").format(kind=words[:1].upper() + words[1:]))

    def _acts(self, prong: Prong) -> Iterator[Reason]:
        if not prong.family:
            return
        conduct = self._given("conduct")
        if not conduct.known:
            yield _open("conduct")
            return
        value = conduct.values[0]
        if value == "none":
            yield _no("conduct", _("It requires acts, and the target is named only by association."))
        elif prong.family != "either" and value not in (prong.family, "both"):
            words = _("corruption") if prong.family == "corruption" else _("abuse of human rights")
            yield _no("conduct", _("It reaches only {conduct}.").format(conduct=words))
        elif not self._given("abuse_types").known:
            yield _open("abuse_types")
        elif not self._reached(prong):
            text = _("It reaches none of the kinds of abuse or corruption entered for this target.")
            yield _no("abuse_types", text)
        if prong.scale and value != "none":
            scale = self._given("scale")
            if scale.values[0] == "single":
                yield _hurdle(
                    "scale", _("It requires widespread or systematic acts, and only a single act is entered.")
                )
            elif not scale.known:
                yield _hurdle("scale", _("It still has to be shown that the acts are widespread or systematic."))

    def _reached(self, prong: Prong) -> list[AbuseType]:
        if not prong.family:
            return []
        kinds = (self._regime.abuse_type(code) for code in self._given("abuse_types").values)
        reached = [kind for kind in kinds if kind is not None and prong.reaches(kind)]
        if prong.victim_status and self._answers.incidents and not self._given("victim_status").by_hand:
            # Each act for itself: whom the one was done to opens nothing for another.
            reached = [kind for kind in reached if self._answers.attacked_for_rights((kind.code,))] or reached
        return reached

    def _office(self, prong: Prong) -> Iterator[Reason]:
        official = self._given("official")
        if prong.official_only:
            if not official.known:
                yield _open("official")
            elif official.values[0] not in ("current", "former"):
                yield _no("official", _("It reaches only officials of a foreign government."))
            return
        by_status = any(element.aspect == "status" and not element.group for element in prong.elements)
        # Where a rule says what an office means for the paragraph, the official may be somebody else than the target.
        if not by_status or prong.tenure or self._ruled(prong, "official"):
            return
        if prong.family == "abuse":
            acted = self._given("foreign_government")
            if not acted.known:
                yield _open("foreign_government")
            elif acted.values[0] == "no":
                yield _no("foreign_government", _("It reaches only those who acted for a foreign state."))
        elif not official.known:
            yield _open("official")
        elif official.values[0] == "no":
            yield _no("official", _("It reaches only officials and those who act for them."))

    def _ruled(self, prong: Prong, question: str) -> bool:
        return any(
            rule.question == question and (not rule.prongs or prong.code in rule.prongs)
            for rule in self._regime.rules
        )

    def _nationality(self, prong: Prong) -> Iterator[Reason]:
        if not prong.foreign_only:
            return
        foreign = self._given("foreign")
        if not foreign.known:
            yield _open("foreign")
        elif foreign.values[0] == "national_only":
            text = _("It reaches only foreign persons, and the target is a national of its own country ({country}).")
            yield _no("foreign", text.format(country=self._regime.jurisdiction))

    def _victims(self, prong: Prong) -> Iterator[Reason]:
        if not prong.victim_status:
            return
        status = self._given("victim_status")
        if not status.known:
            yield _open("victim_status")
        elif status.values[0] == "no":
            yield _no(
                "victim_status",
                _("It requires a victim who was exposing officials, or exercising or defending rights."),
            )
        elif not status.by_hand and self._answers.incidents and self._reached(prong):
            kinds = [kind.code for kind in self._reached(prong)]
            if not self._answers.attacked_for_rights(kinds):
                text = _("The victims who exposed officials, or exercised or defended rights, suffered other acts.")
                yield _no("victim_status", text)

    def _place(self, prong: Prong) -> Iterator[Reason]:
        if not prong.abroad:
            return
        abroad = self._given("abroad")
        if not abroad.known:
            yield _open("abroad")
        elif abroad.values[0] == "no":
            text = _("It requires conduct outside the country to which the authority belongs ({country}).")
            yield _no("abroad", text.format(country=self._regime.jurisdiction))

    def _tenure(self, prong: Prong) -> Iterator[Reason]:
        party = self._target.party
        leads = any(row.leader or row.government for row in party.positions)
        leads = leads or any(row.kind is RelationKind.COMMANDS for row in party.relations)
        if prong.tenure and not leads:
            held = [row for row in party.positions if row.title.strip()]
            if party.kind is PartyKind.PERSON and held:
                text = _("A post is entered, but not as a leading one: “{title}”. Say whether it leads the body.")
                yield Reason(Effect.HURDLE, text.format(title=held[0].title.strip()))
                return
            if party.kind is PartyKind.PERSON:
                text = _("It reaches leaders and officials of an entity, and no such post is entered for the target.")
            else:
                text = _("It reaches those who lead an entity; the case does not say that this target led one.")
            yield Reason(Effect.EXCLUDES, text)
        elif not prong.tenure and self._modes and self._modes <= {Mode.STATUS} and _asks(prong, "link"):
            text = _(
                "Only a post ties the target to the acts, and this paragraph requires that the target took part "
                "in them."
            )
            yield Reason(Effect.HURDLE, text)

    def _association(self, prong: Prong) -> Iterator[Reason]:
        if prong.neutral and self._given("family").values[0] != "yes":
            yield _no("family", _("It reaches only the immediate family of a target."))
        elif prong.neutral and any(other.official_only for other in self._regime.prongs):
            kin = self._answers.kin
            if kin and not any(is_official(target.party) for target in kin):
                yield _no("family", _("It reaches only the family of an official, and the relative holds no office."))

    def _dependence(self, prong: Prong) -> Iterator[Reason]:
        if not prong.principal or prong.neutral:
            return
        if prong.principal_partly:
            # Whom it hangs on need not be pleaded, but the tie must be there.
            close, loose = self._tied(prong)
            for element in prong.elements if not close and not loose else ():
                tie = element.aspect == "relation" and not element.group
                if tie and not self._proved_here(prong, element.code):
                    yield Reason(Effect.OPEN, _("It turns on this: {question}").format(question=element.question))
            return
        listed = any(
            plea.prong.code == prong.code and plea.regime.code == self._regime.code and plea.basis.principal_listing
            for plea in self._pleas
        )
        if listed:
            return
        principal = self._principal(prong)
        if principal is None:
            yield Reason(
                Effect.EXCLUDES,
                _("It depends on someone tied to the target who is blocked, or recommended in the same file; no "
"such person is entered."),
            )  # fmt: skip
        elif prong.code not in self._pleaded:
            name = self._scope.party_name(principal.party)
            yield Reason(Effect.HURDLE, _("It depends on {name}, who must be pleaded first.").format(name=name))
            if principal in self._tied(prong)[1]:
                text = _("Only a loose tie to {name} is entered: check that the paragraph reaches it.")
                yield Reason(Effect.HURDLE, text.format(name=name))

    def _principal(self, prong: Prong) -> Target | None:
        """The target that a derivative paragraph can hang on: one that is tied to this one by a relation."""
        if not prong.principal:
            return None
        close, loose = self._tied(prong)
        return next(iter([*close, *loose]), None)

    def _tied(self, prong: Prong) -> tuple[list[Target], list[Target]]:
        """The targets that this one is tied to, as the paragraph asks for it: closely, and loosely only."""
        close: list[Target] = []
        loose: list[Target] = []
        for target, mine, theirs in self._answers.ties:
            if prong.principal == "blocked" and not target.already_designated:
                continue
            person = target.party.kind is PartyKind.PERSON
            if (prong.tenure and person) or (prong.neutral and not person):
                continue
            if prong.tenure and not mine & _LEADS:  # to be paid by an entity is not to lead it
                continue
            if not _asks(prong, "relation") or prong.neutral or RelationKind.ACTS_FOR in mine or theirs & _HELD_BY:
                close.append(target)
            # Who has another act for him does not act for that other; an association goes both ways.
            elif (mine | theirs) & _LOOSE and (prong.principal_partly or RelationKind.ACTS_FOR not in theirs):
                loose.append(target)
        return close, loose

    def _rest(self, prong: Prong) -> Iterator[Reason]:
        """What only the facts can tell: elements that none of the questions is about."""
        if prong.neutral:
            return
        # An attempt, or an act of a kind that no incident has, is proved by facts of its own; help once given is the
        # same help under every paragraph.
        alone = not prong.family and (not prong.principal or prong.principal_partly)
        particular = _PARTICULAR | {"other", "act"} if alone else _PARTICULAR
        for element in prong.elements:
            if not element.required or self._proved_here(prong, element.code):
                continue
            asked = _("It turns on this: {question}").format(question=element.question)
            if element.group:
                # Of alternatives that the questions are about, or that a tie answers, another one may do.
                group = {other.aspect for other in prong.elements if other.group == element.group}
                if not group <= particular:
                    continue
            if element.aspect == "link" and self._is_further_route(prong):
                yield Reason(Effect.OPEN, asked)
            elif element.aspect == "other" and not alone:
                yield Reason(Effect.HURDLE, _("Still to be shown: {question}").format(question=element.question))
            elif element.aspect in particular and (alone or element.aspect not in self._proved - {"effect"}):
                yield Reason(Effect.OPEN, asked)

    def _is_further_route(self, prong: Prong) -> bool:
        """Whether an earlier paragraph reaches the same acts by the plain route, so that this one is special."""
        if not prong.family or prong.tenure or prong.principal:
            return False
        for other in self._regime.prongs:
            if other.code == prong.code:
                return False
            plain = not (other.tenure or other.principal) and not _PARTICULAR & _aspects(other) - {"proceeds"}
            if plain and _asks(other, "link") and (other.family, other.types) == (prong.family, prong.types):
                return True
        return False

    def _proved_here(self, prong: Prong, element: str) -> bool:
        return any(
            plea.prong.code == prong.code
            and plea.regime.code == self._regime.code
            and (plea.basis.id, element) in self._scope.dossier.proofs
            for plea in self._pleas
        )


def _aspects(prong: Prong) -> frozenset[str]:
    return frozenset(element.aspect for element in prong.elements if element.required)


def _asks(prong: Prong, aspect: str) -> bool:
    return any(element.aspect == aspect for element in prong.elements)


def _no(question: str, sentence: str) -> Reason:
    return Reason(Effect.EXCLUDES, sentence, question)


def _hurdle(question: str, sentence: str) -> Reason:
    return Reason(Effect.HURDLE, sentence, question)


def _open(question: str) -> Reason:
    title = QUESTIONS[question].title
    return Reason(Effect.OPEN, _("Not yet known: {what}.").format(what=title), question)
