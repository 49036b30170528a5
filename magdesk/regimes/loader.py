"""All resource folders -> one :class:`Law`. Later folders replace files of the same name in earlier ones.

A law update stands between the program's own folder and the user's.

A folder holds ``regimes/*.toml``, ``acts/*.toml``, ``templates/*.toml`` (packets, and ``checks.toml``) and
``guidance/*.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from magdesk import paths
from magdesk.errors import LawUpdateError, RegimeError
from magdesk.i18n import _
from magdesk.regimes.acts_file import ActsFile, read_acts
from magdesk.regimes.check_file import CheckWords, read_checks, read_guidance
from magdesk.regimes.edition import UNKNOWN, Edition, LawState
from magdesk.regimes.kept import kept_update
from magdesk.regimes.packet_file import read_packets
from magdesk.regimes.reading import LawText, TableReader, read_text, unique
from magdesk.regimes.regime import AbuseType, Law, ModeOfResponsibility, Regime
from magdesk.regimes.regime_file import Adaptation, Loan, RegimeFile, read_regime
from magdesk.regimes.update import KINDS, LawUpdate, law_digest

_CHECKS = "checks.toml"


def law_folders() -> tuple[Path, ...]:
    """Where law is read from: the program's resources, then the user's own folder where there is one."""
    own = paths.user_config() / "law"
    return (paths.resource(), own) if own.is_dir() else (paths.resource(),)


def load_law(folders: Sequence[Path] | None = None, update: LawUpdate | None = None) -> Law:
    """Read and validate everything.

    Args:
        folders: where to read from, in order; when not given :func:`law_folders`, and the update that is kept.
        update: files that stand before those of the first folder, unless that is as new.

    Raises:
        RegimeError: a file is wrong; names file and key.
    """
    if folders is not None:
        return _load(tuple(folders), update)
    kept = kept_update()
    try:
        return _load(law_folders(), kept.update if kept else None)
    except RegimeError as error:
        if kept is None:
            raise
        raise LawUpdateError(error.message) from error


def shipped_edition(folder: Path) -> Edition:
    """Which state of the law a folder holds.

    Raises:
        RegimeError: the file that says so is wrong.
    """
    file = folder / "law.toml"
    if not file.exists():
        return UNKNOWN.edition
    top = TableReader.of_text(read_text(file))
    edition = Edition(top.day("as_of"), top.number("serial"))
    top.finish()
    return edition


def _load(places: tuple[Path, ...], update: LawUpdate | None) -> Law:
    edition, outdated = shipped_edition(places[0]), False
    if update is not None:
        outdated = update.edition <= edition
        update = None if outdated else update
    texts = _texts(places, update)
    template_files = _of_kind(texts, "templates")
    words = read_checks(template_files.pop(_CHECKS)) if _CHECKS in template_files else CheckWords({}, {})
    packets = read_packets(tuple(template_files.values()))
    library = [read_acts(file) for file in _of_kind(texts, "acts").values()]
    acts, modes = _acts(library), _modes(library)
    files = [read_regime(file) for file in _of_kind(texts, "regimes").values()]
    if not files:
        raise RegimeError(
            _("No regime file was found in {names}.").format(names=", ".join(str(place) for place in places)),
            _("The installation is incomplete; reinstall MagDesk."),
        )
    regimes = _settle(files, acts)
    for entry in files:
        if entry.regime.packet not in packets:
            raise entry.reader.wrong("packet", f"names the template “{entry.regime.packet}”, which does not exist")
    guidance: dict[str, str] = {}
    for file in _of_kind(texts, "guidance").values():
        guidance.update(read_guidance(file))
    return Law(
        regimes=regimes,
        packets=packets,
        checks=words.checks,
        guidance=guidance,
        places=words.places,
        acts=acts,
        modes=modes,
        state=LawState(
            edition=update.edition if update else edition,
            digest=law_digest({name: source.text for name, source in texts.items()}),
            issuer=update.issuer if update else "",
            updated=tuple(sorted(name for name, source in texts.items() if source.sent)),
            own=tuple(sorted(name for name, source in texts.items() if places[0] not in source.file.parents
                             and not source.sent)),
            outdated=outdated,
        ),
    )  # fmt: skip


def _texts(places: tuple[Path, ...], update: LawUpdate | None) -> dict[str, LawText]:
    """All files by kind and name; later ones come later, so that what they say again counts."""
    found: dict[str, LawText] = {}
    for number, place in enumerate(places):
        for kind in KINDS:
            for file in sorted((place / kind).glob("*.toml")):
                name = f"{kind}/{file.name}"
                found.pop(name, None)
                found[name] = read_text(file)
        if number == 0 and update is not None:
            for name, text in sorted(update.files.items()):
                found.pop(name, None)
                found[name] = LawText(Path("law update", name), text, sent=True)
    return found


def _of_kind(texts: Mapping[str, LawText], kind: str) -> dict[str, LawText]:
    return {name.partition("/")[2]: text for name, text in texts.items() if name.startswith(f"{kind}/")}


def _acts(library: Sequence[ActsFile]) -> dict[str, AbuseType]:
    """The types of all files of the library; a code belongs to one file only."""
    acts: dict[str, AbuseType] = {}
    for entry in library:
        for kind in entry.types:
            if kind.code in acts:
                raise entry.reader.wrong(f"abuse_types[{kind.code}]", "has a code that another file of acts uses")
            acts[kind.code] = kind
    return acts


def _modes(library: Sequence[ActsFile]) -> dict[str, ModeOfResponsibility]:
    """The modes of responsibility of all files of the library."""
    modes: dict[str, ModeOfResponsibility] = {}
    for entry in library:
        for mode in entry.modes:
            if mode.code in modes:
                raise entry.reader.wrong(f"modes[{mode.code}]", "has a code that another file of acts uses")
            modes[mode.code] = mode
    return modes


def _settle(files: Sequence[RegimeFile], acts: dict[str, AbuseType]) -> dict[str, Regime]:
    """Give each regime what it borrows, then check what only the whole regime shows."""
    regimes: dict[str, Regime] = {}
    # Lenders first: what is wrong with a borrowed type is the fault of the file that states it.
    for entry in sorted(files, key=lambda entry: entry.loan is not None and bool(entry.loan.regime)):
        regime = entry.regime
        if entry.loan is not None:
            regime = _with_loan(entry.reader, regime, entry.loan, acts, regimes)
        unique(entry.reader, "abuse_types", [kind.code for kind in regime.abuse_types])
        unique(entry.reader, "interest", [choice.code for choice in regime.interest])
        _check_codes(entry, regime)
        regimes[regime.code] = regime
    for entry in files:
        _check_rules(entry, regimes, acts)
    return dict(sorted(regimes.items(), key=lambda item: (item[1].rank, item[0])))


def _with_loan(
    reader: TableReader, regime: Regime, loan: Loan, acts: dict[str, AbuseType], lenders: dict[str, Regime]
) -> Regime:
    """The regime with the types and arguments that it borrows, its own after them."""
    changes = {change.code: change for change in loan.adaptations}
    for code in loan.acts:
        if code not in acts:
            raise reader.wrong("borrow.acts", f"names “{code}”, which is not in the library of acts")
    lent = [acts[code] for code in loan.acts]
    interest = regime.interest
    if loan.regime:
        lender = lenders.get(loan.regime)
        if lender is None:
            problem = f"names the regime “{loan.regime}”, which is not there or borrows from a regime itself"
            raise reader.wrong("borrow.from", problem)
        for code in loan.abuse_types:
            kind = lender.abuse_type(code)
            if kind is None:
                raise reader.wrong("borrow.abuse_types", f"names “{code}”, which {lender.code} does not have")
            lent.append(kind)
        choices = {choice.code: choice for choice in lender.interest}
        for code in loan.interest:
            if code not in choices:
                raise reader.wrong("borrow.interest", f"names “{code}”, which {lender.code} does not have")
        interest = tuple(choices[code] for code in loan.interest) + interest
    adapted = tuple(_adapted(reader, kind, changes[kind.code]) if kind.code in changes else kind for kind in lent)
    return replace(regime, abuse_types=adapted + regime.abuse_types, interest=interest)


def _adapted(reader: TableReader, kind: AbuseType, change: Adaptation) -> AbuseType:
    """The type as one regime asks for it."""
    where = f"borrow.adapt[{kind.code}]"
    known = {element.code for element in kind.elements}
    for key, codes in (("leave_out", change.leave_out), ("optional", change.optional)):
        for code in codes:
            if code not in known:
                raise reader.wrong(f"{where}.{key}", f"names the element “{code}”, which {kind.code} does not have")
    elements = [
        replace(element, required=False) if element.code in change.optional else element
        for element in kind.elements
        if element.code not in change.leave_out
    ]
    elements += change.elements
    unique(reader, f"{where}.elements", [element.code for element in elements])
    if not elements:
        raise reader.wrong(f"{where}.leave_out", "leaves no element")
    return replace(
        kind,
        title=change.title or kind.title,
        definition=change.definition or kind.definition,
        # Only a definition of its own has a source of its own.
        provenance=change.provenance if change.definition else kind.provenance,
        note=change.note or kind.note,
        elements=tuple(elements),
    )


def _check_rules(entry: RegimeFile, regimes: dict[str, Regime], acts: dict[str, AbuseType]) -> None:
    """Rules may name regimes and types that stand in other files."""
    known = acts.keys() | {kind.code for regime in regimes.values() for kind in regime.abuse_types}
    for rule in entry.regime.rules:
        if rule.other and rule.other not in regimes:
            raise entry.reader.wrong(
                f"rules[{rule.question}].other", f"names “{rule.other}”, which is no regime here"
            )
        if rule.question == "abuse_types":
            for code in rule.answers:
                if code not in known:
                    raise entry.reader.wrong("rules[abuse_types].answers", f"names “{code}”, which is no type here")


def _check_codes(entry: RegimeFile, regime: Regime) -> None:
    """A proof stores only an element's code, so a type must not use a code of a prong it can be pleaded with."""
    if not regime.interest:
        raise entry.reader.wrong("interest", "is missing: neither own arguments nor borrowed ones")
    for prong in regime.prongs:
        own = {element.code for element in prong.elements}
        for kind in regime.abuse_types:
            if prong.reaches(kind):
                for element in kind.elements:
                    if element.code in own:
                        raise entry.reader.wrong(
                            f"abuse_types[{kind.code}]",
                            f"uses the element code “{element.code}” of prong {prong.code}",
                        )
        for code in prong.types:
            if regime.abuse_type(code) is None:
                raise entry.reader.wrong(f"prongs[{prong.code}].types", f"names “{code}”, which is no type here")
        if prong.family and not any(prong.reaches(kind) for kind in regime.abuse_types):
            raise entry.reader.wrong(
                f"prongs[{prong.code}].family", f"is “{prong.family}”, but no type belongs to it"
            )
