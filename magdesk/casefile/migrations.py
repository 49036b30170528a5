"""The ladder from older formats to the present one: named steps, a backup before each, one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from magdesk.casefile import failures, formats, schema
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.journal import Journal
from magdesk.errors import CaseFileDamaged, CaseFileError
from magdesk.i18n import _


@dataclass(frozen=True, slots=True)
class Migration:
    """One step up.

    Attributes:
        version: the format the file has after it.
        name: what it does, in a few words; shown if it fails.
        apply: changes tables and rows over the connection it is given; must not commit.
    """

    version: int
    name: str
    apply: Callable[[RawConnection], None]


def _waivers_and_answers(raw: RawConnection) -> None:
    """Findings can be set aside, questions of suitability answered, single measures and asks given."""
    for statement in formats.step(2):
        raw.execute(statement)


def _seen_quotations(raw: RawConnection) -> None:
    """A person says of a quotation that the words stand on the page."""
    for statement in formats.step(3):
        raw.execute(statement)


def _money_and_groups(raw: RawConnection) -> None:
    """Groups are counted, assets and payments listed, exhibits authenticated; a proof may serve many grounds."""
    for statement in formats.step(4):
        raw.execute(statement)


def _guide_marks(raw: RawConnection) -> None:
    """A question of the Guide is left for later, or does not apply."""
    for statement in formats.step(5):
        raw.execute(statement)


LADDER: tuple[Migration, ...] = (
    Migration(2, "waivers, answers, asks", _waivers_and_answers),
    Migration(3, "quotations compared by eye", _seen_quotations),
    Migration(4, "assets, payments, groups, authentication", _money_and_groups),
    Migration(5, "questions of the Guide left for later", _guide_marks),
)
"""Every step there ever was, oldest first. A step that was released is never changed again, and leans on nothing that
may change: its statements are frozen in :mod:`magdesk.casefile.formats`, and it does not look at the model."""


def newest(ladder: Sequence[Migration]) -> int:
    """The format that the ladder leads to."""
    return ladder[-1].version if ladder else formats.NEWEST


def migrate(
    raw: RawConnection, backup: Callable[[], object], ladder: Sequence[Migration], who: str = ""
) -> list[Migration]:
    """Bring an open file up to the newest format.

    Args:
        raw: its one connection.
        backup: makes an encrypted copy; called before each step.
        ladder: the steps.
        who: who is working, for the journal.

    Returns:
        The steps taken.

    Raises:
        CaseFileError: a step failed; the file is as it was before that step.
    """
    taken = []
    for step in ladder:
        if step.version > schema.read_version(raw, newest(ladder)):
            backup()
            _take(raw, step, who, last=step is ladder[-1])
            taken.append(step)
    return taken


def _take(raw: RawConnection, step: Migration, who: str, *, last: bool) -> None:
    # Tables are rebuilt under their old names; keys can only be left unchecked from outside a transaction.
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        raw.execute("BEGIN IMMEDIATE")
        with failures.translated():
            step.apply(raw)
        if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise CaseFileDamaged(
                _("The format change “{name}” would break references between rows.").format(name=step.name)
            )
        if last:  # Only the newest format has the tables that this program's journal knows.
            Journal().rebase(raw, _("Converted to format {version}").format(version=step.version), who)
        schema.stamp(raw, step.version)
        raw.execute("COMMIT")
    except Exception as error:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise CaseFileError(
            _("The case file could not be converted to format {version} ({name}); it is unchanged.").format(
                version=step.version, name=step.name
            ),
            str(error) if isinstance(error, CaseFileError) else _("Use the version of MagDesk that wrote it."),
        ) from error
    finally:
        raw.execute("PRAGMA foreign_keys = ON")
