"""One file of the library of acts -> abuse and corruption types, and modes of responsibility, of no country."""

from __future__ import annotations

from dataclasses import dataclass

from magdesk.regimes.reading import LawText, TableReader, unique
from magdesk.regimes.regime import AbuseType, ModeOfResponsibility, Provenance
from magdesk.regimes.regime_file import plain_words, read_abuse_type, read_element, read_provenance

MODES = ("direct", "ordered", "complicit", "indirect", "command", "status")


@dataclass(frozen=True, slots=True)
class ActsFile:
    """What one file of the library holds.

    Attributes:
        reader: for complaints about what can only be judged beside the other files.
    """

    types: tuple[AbuseType, ...]
    modes: tuple[ModeOfResponsibility, ...]
    reader: TableReader


def read_acts(source: LawText) -> ActsFile:
    """Read and validate one file of the library.

    Raises:
        RegimeError: names file and key.
    """
    top = TableReader.of_text(source)
    as_of = top.day("as_of")
    base = top.table("provenance", lambda table: read_provenance(table, None, as_of))
    acts = ActsFile(
        types=top.tables("abuse_types", lambda table: read_abuse_type(table, base)),
        modes=top.tables("modes", lambda table: _mode(table, base)),
        reader=top,
    )
    top.finish()
    unique(top, "abuse_types", [kind.code for kind in acts.types])
    unique(top, "modes", [mode.code for mode in acts.modes])
    return acts


def _mode(reader: TableReader, parent: Provenance) -> ModeOfResponsibility:
    own = read_provenance(reader, parent)
    mode = ModeOfResponsibility(
        code=reader.code("code", MODES),
        title=reader.text("title"),
        description=reader.text("description"),
        elements=reader.tables("elements", lambda table: read_element(table, own), needed=True),
        provenance=own,
        note=reader.text("note", ""),
        plain=plain_words(reader),
    )
    unique(reader, "elements", [element.code for element in mode.elements])
    return mode
