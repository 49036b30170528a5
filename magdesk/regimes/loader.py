"""All resource folders -> one :class:`Law`. Later folders replace files of the same name in earlier ones.

A folder holds ``regimes/*.toml``, ``templates/*.toml`` (packets, and ``checks.toml``) and ``guidance/*.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from magdesk import paths
from magdesk.errors import RegimeError
from magdesk.regimes.check_file import CheckWords, read_checks, read_guidance
from magdesk.regimes.packet_file import read_packets
from magdesk.regimes.reading import unique
from magdesk.regimes.regime import Law, Regime
from magdesk.regimes.regime_file import RegimeFile, read_regime

_CHECKS = "checks.toml"


def law_folders() -> tuple[Path, ...]:
    """Where law is read from: the program's resources, then the user's own folder where there is one."""
    own = paths.user_config() / "law"
    return (paths.resource(), own) if own.is_dir() else (paths.resource(),)


def load_law(folders: Sequence[Path] | None = None) -> Law:
    """Read and validate everything.

    Args:
        folders: where to read from, in order; :func:`law_folders` when not given.

    Raises:
        RegimeError: a file is wrong; names file and key.
    """
    places = tuple(folders) if folders is not None else law_folders()
    template_files = _files(places, "templates")
    words = read_checks(template_files.pop(_CHECKS)) if _CHECKS in template_files else CheckWords({}, {})
    packets = read_packets(tuple(template_files.values()))
    files = [read_regime(file) for file in _files(places, "regimes").values()]
    if not files:
        raise RegimeError(
            f"No regime file was found in {', '.join(str(place) for place in places)}.",
            "The installation is incomplete: install MagDesk again.",
        )
    regimes = _settle(files)
    for entry in files:
        if entry.regime.packet not in packets:
            raise entry.reader.wrong("packet", f"names the template “{entry.regime.packet}”, which does not exist")
    guidance: dict[str, str] = {}
    for file in _files(places, "guidance").values():
        guidance.update(read_guidance(file))
    return Law(regimes=regimes, packets=packets, checks=words.checks, guidance=guidance, places=words.places)


def _files(folders: Sequence[Path], kind: str) -> dict[str, Path]:
    """The files of one kind by name; those of later folders come later, so that what they say again counts."""
    found: dict[str, Path] = {}
    for folder in folders:
        for file in sorted((folder / kind).glob("*.toml")):
            found.pop(file.name, None)
            found[file.name] = file
    return found


def _settle(files: Sequence[RegimeFile]) -> dict[str, Regime]:
    """Give each regime what it borrows, then check what only the whole regime shows."""
    stated = {entry.regime.code: entry.regime for entry in files}
    regimes: dict[str, Regime] = {}
    # Lenders first: what is wrong with a borrowed type is the fault of the file that states it.
    for entry in sorted(files, key=lambda entry: entry.loan is not None):
        regime = entry.regime
        if entry.loan is not None:
            lender = stated.get(entry.loan.regime)
            if lender is None or lender is regime:
                raise entry.reader.wrong("borrow.from", f"names the regime “{entry.loan.regime}”, which is not there")
            for code in entry.loan.abuse_types:
                if lender.abuse_type(code) is None:
                    raise entry.reader.wrong(
                        "borrow.abuse_types", f"names “{code}”, which {lender.code} does not have"
                    )
            choices = {choice.code: choice for choice in lender.interest}
            for code in entry.loan.interest:
                if code not in choices:
                    raise entry.reader.wrong("borrow.interest", f"names “{code}”, which {lender.code} does not have")
            lent = tuple(kind for kind in lender.abuse_types if kind.code in entry.loan.abuse_types)
            regime = replace(
                regime,
                abuse_types=lent + regime.abuse_types,
                interest=tuple(choices[code] for code in entry.loan.interest) + regime.interest,
            )
        unique(entry.reader, "abuse_types", [kind.code for kind in regime.abuse_types])
        unique(entry.reader, "interest", [choice.code for choice in regime.interest])
        _check_codes(entry, regime)
        regimes[regime.code] = regime
    return dict(sorted(regimes.items(), key=lambda item: (item[1].rank, item[0])))


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
