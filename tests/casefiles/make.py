"""Makes the small case that is kept here once for each released format.

    python tests/casefiles/make.py OUT            # under the revision whose format is to be kept: PYTHONPATH=its tree
    python -m tests.casefile.released pack OUT N  # under the present one: writes format-N.json and format-N.pages.gz

It uses only what the program has offered since its first format, and no date, key or name that anyone has.
"""

from __future__ import annotations

import io
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

from magdesk.casefile import CaseFile, KeyCost
from magdesk.model import (
    Authority,
    Case,
    Citation,
    Evidence,
    Fact,
    Name,
    Party,
    Target,
)

PASSPHRASE = "correct horse"
COST = KeyCost(memory_kib=64, passes=1, lanes=1)
EXHIBIT = b"The guards were told to say nothing.\n"


def make(path: Path) -> None:
    """One target, one authority, one fact that cites one exhibit; an edit, an undo and a redo."""
    with CaseFile.create(path, PASSPHRASE, who="Ana", cost=COST, backups=False) as case:
        with case.change("New case", base=True) as session:
            session.add(Case(title="Republic of Generica", created_at=datetime(2026, 11, 22, tzinfo=UTC)))
            session.add(Authority(regime="us-glomag", rank=0))
        with case.change("Add the target") as session:
            party = Party(description="The minister", names=[Name(text="Ivan Brutov")])
            session.add(Target(party=party))
        with case.change("Add “note.txt”") as session:
            blob = case.blobs.put(io.BytesIO(EXHIBIT))
            item = Evidence(
                id=uuid.UUID(int=7),
                title="A note",
                file_name="note.txt",
                sha256=blob.sha256,
                size=len(EXHIBIT),
                media_type="text/plain",
                added_at=datetime(2026, 11, 22, tzinfo=UTC),
            )
            session.add(item)
            case.index.put("evidence", item.id, [(1, EXHIBIT.decode())])
        with case.change("Add a fact") as session:
            session.add(Fact(text="The guards kept silent.", citations=[Citation(evidence=item, pinpoint="1")]))
        with case.change("Name the country") as session:
            session.query(Case).one().country = "Generica"
        case.undo()
        case.redo()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
