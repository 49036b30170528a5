"""The linkage chart as a file of its own: PDF with real lines and text, or PNG. What it writes is clear."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from magdesk import unfinished
from magdesk.casefile import CaseFile
from magdesk.document.blocks import Drawing
from magdesk.document.chart import ChartMaker, packet_graph
from magdesk.document.context import Brief, BuildOptions
from magdesk.document.exhibits import ExhibitMap, ExhibitPlace
from magdesk.document.graph import EdgeKind, build_graph
from magdesk.document.mask import Mask
from magdesk.dossier.dossier import load_dossier
from magdesk.errors import InputError
from magdesk.regimes.regime import Law
from magdesk.render.drawn import drawing_pdf, drawing_png


def export_linkage(
    case: CaseFile,
    law: Law,
    path: Path,
    today: date,
    *,
    kinds: Collection[EdgeKind] = frozenset(EdgeKind),
    day: date | None = None,
    around: str = "",
    steps: int = 2,
) -> tuple[Path, ...]:
    """Write the chart as documents show it: nobody protected, no victims, no witnesses.

    Args:
        path: ``.pdf`` or ``.png``; where the chart needs several pages, each gets a file with a number.
        today: the day the figure bears.
        kinds: of ties.
        around: key of the node whose surroundings are drawn; empty for the whole case.
        steps: how far they reach.
        day: the day whose state is shown; none for all days together.

    Raises:
        InputError: there is no tie to draw, or a file cannot be written.
    """
    with case.reader() as session:
        dossier = load_dossier(session)
        places: ExhibitMap = {
            item.id: ExhibitPlace(number, item.id, 0, 0, 0, "", ()) for number, item in enumerate(dossier.exhibits, 1)
        }
        brief = Brief(dossier, law, places, BuildOptions(today, draft=False))
        graph = packet_graph(build_graph(dossier), dossier.told).of_kinds(kinds)
        graph = graph.on(day) if day is not None else graph
        graph = graph.near([around], steps) if around in graph.nodes else graph
        if not graph.edges:
            raise InputError("There is no tie to draw.", "Show more kinds of ties, or another day.")
        mask = Mask(dossier, brief.label("protected_person"), brief.label("hidden_organisation"))
        drawings = mask.apply(ChartMaker(brief).drawings(graph))
    written: list[Path] = []
    several = len(drawings) > 1
    for number, drawing in enumerate(drawings, 1):
        assert isinstance(drawing, Drawing)
        name = path.with_stem(f"{path.stem}-{number}") if several else path
        data = drawing_png(drawing) if path.suffix.lower() == ".png" else drawing_pdf(drawing)
        try:
            with unfinished.making(name, clear=True) as part:
                part.write_bytes(data)
                part.replace(name)
        except OSError as error:
            raise InputError(
                f"The figure cannot be written: {error.strerror or error}.", "Choose another folder."
            ) from error
        written.append(name)
    return tuple(written)
