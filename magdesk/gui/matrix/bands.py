"""The matrix put into words and narrowed to what is asked for: what the view lays out and paints."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from magdesk.checks.strength import GAPS, ElementCell, Ground, Lack, Matrix, ModePart, Need, Strength
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import incident_title, party_name
from magdesk.gui.labels import label
from magdesk.gui.words import _, ngettext
from magdesk.model import Incident, Target
from magdesk.regimes.regime import Law

CellKey = tuple[uuid.UUID, str]
"""What tells a cell from others: legal basis and code of the element."""

Chosen = CellKey | uuid.UUID
"""The key of a cell, of a mode, of a ground or of a target."""


@dataclass(frozen=True, slots=True)
class CellWords:
    """One cell in words.

    Attributes:
        counts: the figures under the word: ``3 facts · 2 roots · A · 1 open``.
        spoken: everything, for tooltips and screen readers.
    """

    cell: ElementCell
    code: str
    title: str
    word: str
    counts: str
    spoken: str

    @property
    def key(self) -> CellKey:
        """What tells it from others."""
        return (self.cell.basis, self.cell.code)


@dataclass(frozen=True, slots=True)
class Band:
    """One ground against one target, or one mode of responsibility in it, with the cells that are shown.

    Attributes:
        strengths: of all its cells, shown or not.
        mode: code of the mode; empty for the ground itself.
        modes: the modes of responsibility in the ground.
    """

    ground: Ground
    title: str
    detail: str
    boxes: tuple[CellWords, ...]
    strengths: tuple[Strength, ...]
    mode: str = ""
    modes: tuple[Band, ...] = ()

    @property
    def key(self) -> Chosen:
        """What tells it from others."""
        return (self.ground.basis, f"{self.mode}:") if self.mode else self.ground.basis


@dataclass(frozen=True, slots=True)
class TargetBands:
    """One target with its grounds."""

    target: uuid.UUID
    title: str
    detail: str
    bands: tuple[Band, ...]

    @property
    def key(self) -> Chosen:
        """What tells it from others."""
        return self.target


@dataclass(frozen=True, slots=True)
class MatrixFilter:
    """What of the matrix is to be seen.

    Attributes:
        regimes: codes of authorities; empty for all.
        target: one target, or none for all.
        gaps: only the cells in which something is to be done.
    """

    regimes: frozenset[str] = frozenset()
    target: uuid.UUID | None = None
    gaps: bool = False


class Wording:
    """Words for the cells of one law. Cells that did not change keep theirs, so that an edit costs little."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self._boxes: dict[CellKey, CellWords] = {}
        self._bands: dict[uuid.UUID, tuple[Ground, object, Band | None]] = {}

    def box(self, cell: ElementCell) -> CellWords:
        """A cell in words."""
        known = self._boxes.get((cell.basis, cell.code))
        if known is not None and (known.cell is cell or known.cell == cell):
            return known
        made = _box(cell)
        self._boxes[made.key] = made
        return made

    def band(self, ground: Ground, wanted: MatrixFilter, titles: Mapping[uuid.UUID, str]) -> Band | None:
        """A ground in words; the very same value as before where nothing in it changed."""
        asked = (wanted.gaps, tuple(titles.get(key, "") for part in ground.modes for key in part.incidents))
        known = self._bands.get(ground.basis)
        if known is not None and known[1] == asked and (known[0] is ground or known[0] == ground):
            return known[2]
        made = _band(self, ground, wanted, titles)
        self._bands[ground.basis] = (ground, asked, made)
        return made

    def ground_title(self, ground: Ground) -> tuple[str, str]:
        """A ground in a few words: code with what it is about, and the authority."""
        regime = self._law.regimes.get(ground.regime)
        prong = regime.prong(ground.prong) if regime else None
        kind = regime.abuse_type(ground.kind) if regime else None
        title = kind.title if kind else prong.title if prong else ""
        return f"{ground.prong}  {title}", regime.short if regime else ground.regime

    def mode_title(self, mode: str) -> str:
        """A mode of responsibility in words."""
        law = self._law.modes.get(mode)
        return law.title if law else mode


def groups_of(desk: Desk, matrix: Matrix, wording: Wording, wanted: MatrixFilter) -> tuple[TargetBands, ...]:
    """The targets with the grounds and cells that are wanted."""
    by_target: dict[uuid.UUID, list[Ground]] = {}
    for ground in matrix.grounds:
        if wanted.regimes and ground.regime not in wanted.regimes:
            continue
        by_target.setdefault(ground.target, []).append(ground)
    titles = {row.id: incident_title(row) for row in desk.rows(Incident)}
    groups = []
    for target in desk.rows(Target):
        if wanted.target is not None and target.id != wanted.target:
            continue
        grounds = by_target.get(target.id, [])
        bands = tuple(band for ground in grounds if (band := wording.band(ground, wanted, titles)) is not None)
        if bands:
            gaps = sum(ground.gaps for ground in grounds)
            cells = sum(cell.relied for ground in grounds for cell in ground.cells)
            groups.append(TargetBands(target.id, party_name(target.party), _summary(gaps, cells), bands))
    return tuple(groups)


def _band(wording: Wording, ground: Ground, wanted: MatrixFilter, titles: Mapping[uuid.UUID, str]) -> Band | None:
    cells: Collection[ElementCell] = ground.cells
    modes = tuple(band for part in ground.modes if (band := _mode(wording, ground, part, wanted, titles)) is not None)
    if wanted.gaps:
        cells = [cell for cell in cells if cell.gap]
        if not cells and not modes:
            return None
    title, regime = wording.ground_title(ground)
    relied = sum(cell.relied for cell in ground.cells)
    detail = f"{regime} · {_summary(ground.gaps, relied)}"
    boxes = tuple(wording.box(cell) for cell in cells)
    return Band(ground, title, detail, boxes, tuple(cell.strength for cell in ground.cells), modes=modes)


def _mode(
    wording: Wording, ground: Ground, part: ModePart, wanted: MatrixFilter, titles: Mapping[uuid.UUID, str]
) -> Band | None:
    cells = [cell for cell in part.cells if cell.gap] if wanted.gaps else part.cells
    if not cells:
        return None
    shown = sum(bool(cell.facts) for cell in part.cells)
    state = _("{shown} of {all} shown").format(shown=shown, all=len(part.cells))
    where = "; ".join(titles.get(key, "") for key in part.incidents)
    strengths = tuple(cell.strength for cell in part.cells)
    boxes = tuple(wording.box(cell) for cell in cells)
    return Band(ground, wording.mode_title(part.mode), f"{state} · {where}", boxes, strengths, part.mode)


def _summary(gaps: int, cells: int) -> str:
    if not cells:
        return _("nothing to prove")
    if not gaps:
        return _("every element proved")
    return ngettext("{gaps} of {cells} to strengthen", "{gaps} of {cells} to strengthen", gaps).format(
        gaps=gaps, cells=cells
    )


def _box(cell: ElementCell) -> CellWords:
    weight = cell.weight
    parts = []
    if cell.facts:
        parts.append(ngettext("{n} fact", "{n} facts", len(cell.facts)).format(n=len(cell.facts)))
        parts.append(
            ngettext("{n} independent source", "{n} independent sources", len(weight.roots)).format(
                n=len(weight.roots)
            )
        )
        if weight.roots:
            parts.append(weight.grade.value if weight.grade else _("not graded"))
        parts.append(_("{n} open").format(n=len(weight.open_roots)))
    counts = " · ".join(parts)
    word = label(cell.strength)
    if cell.strength is Strength.UNUSED and cell.need is Need.OPTIONAL:
        word = _("Optional")
    spoken = [f"{cell.element.code} {cell.element.title}: {word}", counts]
    if cell.weight.against:
        count = len(cell.weight.against)
        spoken.append(ngettext("{n} source contradicts", "{n} sources contradict", count).format(n=count))
    spoken += [lack_text(lack) for lack in cell.lacks if cell.strength in GAPS]
    if cell.note:
        spoken.append(_("Comment: {text}").format(text=cell.note))
    return CellWords(
        cell, cell.element.code, cell.element.title, word, counts, ". ".join(one for one in spoken if one)
    )


def lack_text(lack: Lack) -> str:
    """What is to be done about one lack."""
    return {
        Lack.FACT: _("Link a fact that shows it"),
        Lack.SOURCE: _("Give its facts a source that is more than context"),
        Lack.SECOND_ROOT: _("Find a second independent source"),
        Lack.OPEN: _("Find a source that can be shown openly"),
        Lack.GRADE: _("Find, or grade, a source of grade C or better"),
        Lack.FIRST_HAND: _("Find someone who saw it, or a record made at the time"),
        Lack.ANSWER: _("Answer the contradiction, or prove the element with other facts as well"),
    }[lack]


def need_text(need: Need) -> str:
    """Whether the ground fails without the element."""
    return {
        Need.REQUIRED: _("required"),
        Need.ALTERNATIVE: _("one of several alternatives"),
        Need.OPTIONAL: _("supporting only"),
    }[need]
