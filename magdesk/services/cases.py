"""Make, open and describe cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from magdesk.casefile import CaseFile
from magdesk.errors import UserError
from magdesk.model import Authority, Base, Case, Evidence
from magdesk.paths import with_case_suffix
from magdesk.progress import Progress, no_progress
from magdesk.regimes.regime import Law
from magdesk.services.evidence.rereading import complete_index
from magdesk.services.passphrases import require_strong
from magdesk.values import now


def create_case(
    path: Path, passphrase: str, *, title: str, authorities: Sequence[str], law: Law, who: str = ""
) -> CaseFile:
    """A new case file with its title and the authorities it will ask for.

    Args:
        path: where; the usual ending is added when there is none.
        authorities: codes of regimes.

    Raises:
        UserError: the file exists, a code is not known, or the passphrase is weak.
        CaseFileError: the file cannot be written.
    """
    unknown = [code for code in authorities if code not in law.regimes]
    if unknown:
        raise UserError(f"There is no authority “{unknown[0]}”.", f"Choose from: {', '.join(sorted(law.regimes))}.")
    require_strong(passphrase, (title, path.stem))

    def fill(case: CaseFile) -> None:
        with case.change("Create the case", base=True) as session:
            session.add(Case(title=title, created_at=now()))
            for rank, code in enumerate(dict.fromkeys(authorities)):
                session.add(Authority(regime=code, rank=rank))

    return CaseFile.create(with_case_suffix(path), passphrase, who=who, fill=fill)


def open_case(
    path: Path,
    passphrase: str,
    *,
    who: str = "",
    read_only: bool = False,
    progress: Progress = no_progress,
) -> CaseFile:
    """Open a case file, and bring into the index what a crash kept out of it.

    Raises:
        CaseFileError: as :meth:`CaseFile.open`.
    """
    case = CaseFile.open(path, passphrase, who=who, read_only=read_only)
    if not read_only:
        try:
            complete_index(case, progress=progress)
        except BaseException:
            case.close()
            raise
    return case


def change_passphrase(case: CaseFile, old: str, new: str) -> None:
    """Encrypt the case anew under another passphrase.

    Raises:
        UserError: the new one is weak, or the case is open for reading only.
        WrongPassphrase: ``old`` is not the passphrase.
        CaseFileError: as :meth:`CaseFile.change_passphrase`.
    """
    with case.reader() as session:
        titles = tuple(session.scalars(select(Case.title)))
    require_strong(new, (*titles, case.path.stem))
    case.change_passphrase(old, new)


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """What there is in a case, in numbers.

    Attributes:
        rows: how many rows of each kind, by table name, without the empty kinds.
        evidence_bytes: size of all evidence, in bytes.
        file_bytes: size of the case file itself, in bytes.
    """

    title: str
    reference: str
    status: str
    filing_date: date | None
    authorities: tuple[str, ...]
    rows: dict[str, int]
    evidence_bytes: int
    file_bytes: int


def describe(case: CaseFile) -> CaseInfo:
    """Title, authorities and counts of an open case."""
    with case.reader() as session:
        row = session.scalars(select(Case)).one()
        rows = Counter(
            {
                mapper.class_.__tablename__: session.scalar(select(func.count()).select_from(mapper.class_)) or 0
                for mapper in Base.registry.mappers
            }
        )
        return CaseInfo(
            title=row.title,
            reference=row.reference,
            status=row.status,
            filing_date=row.filing_date,
            authorities=tuple(session.scalars(select(Authority.regime).order_by(Authority.rank, Authority.id))),
            rows={name: count for name, count in sorted(rows.items()) if count},
            evidence_bytes=session.scalar(select(func.coalesce(func.sum(Evidence.size), 0))) or 0,
            file_bytes=case.path.stat().st_size,
        )
