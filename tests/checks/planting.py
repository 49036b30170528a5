"""The sample's dump in memory, to be spoiled in one point and judged, then as it was before."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy import inspect as mapper_of
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from magdesk.casefile import CaseFile
from magdesk.checks import Finding, run_checks
from magdesk.dossier.dossier import load_dossier
from magdesk.dossier.memory import Memory
from magdesk.model import Base
from magdesk.regimes import Law
from magdesk.services.dump.dossier_json import DOSSIER, key_of, row_from_json, tables
from magdesk.services.dump.dossier_reading import read_dossier
from magdesk.services.dump.folder import dump_case
from magdesk.services.wholecase import load_whole
from tests.shared import SAMPLE_DAY, SAMPLE_PASSPHRASE

_BARE = frozenset({"party", "fact", "evidence"})  # the story of the sample names these by their bare key
_JsonRow = Mapping[str, Any]


def key(table: str, name: str) -> uuid.UUID:
    """The key of a row of the sample, by what its story calls it."""
    return key_of(name if table in _BARE else f"{table}:{name}")


@dataclass(frozen=True, slots=True)
class Change:
    """Other values in a row of the dump; in every row of its table where no row is named."""

    table: str
    name: str
    values: _JsonRow


@dataclass(frozen=True, slots=True)
class Add:
    """A row more, as the dump would hold it; ``name`` is its key, and other rows are named by theirs."""

    table: str
    name: str
    values: _JsonRow


@dataclass(frozen=True, slots=True)
class Drop:
    """A row less."""

    table: str
    name: str


@dataclass(frozen=True, slots=True)
class Print:
    """Other words on a page of an exhibit."""

    evidence: str
    page: int
    text: str


Edit = Change | Add | Drop | Print


@dataclass(frozen=True, slots=True)
class _Words:
    """The texts of the exhibits, at hand."""

    texts: Mapping[uuid.UUID, Mapping[int, str]]

    def stamp(self, key: uuid.UUID) -> Hashable:
        return hash(tuple(self.texts[key].items())) if self.texts.get(key) else None

    def pages(self, key: uuid.UUID, wanted: Collection[int] = ()) -> Mapping[int, str]:
        found = self.texts.get(key, {})
        return {page: text for page, text in found.items() if not wanted or page in wanted}

    def said(self, key: uuid.UUID) -> tuple[str, ...]:
        return ()


class Dump:
    """The sample as its ``dossier.json`` tells it."""

    def __init__(self, sample: Path, folder: Path, law: Law) -> None:
        self.law = law
        with CaseFile.open(sample, SAMPLE_PASSPHRASE, read_only=True) as case:
            dump_case(case, folder)
            with case.reader() as session:
                texts = load_whole(session).texts
                assert texts is not None
                document = read_dossier((folder / DOSSIER).read_bytes())
                keys = [uuid.UUID(row["id"]) for row in document["evidence"]]
                self._texts = {one: dict(texts.pages(one)) for one in keys}
        engine = create_engine("sqlite://", poolclass=StaticPool)
        Base.metadata.create_all(engine)
        self._session = Session(engine)
        for name, kind in tables().items():
            rows = [document["case"]] if name == "case" else document[name]
            self._session.add_all(row_from_json(kind, row) for row in rows)
            self._session.flush()
        self._session.commit()
        self._memory = Memory()
        self._printed: dict[uuid.UUID, Mapping[int, str]] = {}

    def findings(self) -> list[Finding]:
        """What the checks say of it as it stands."""
        self._session.flush()
        self._session.expire_all()
        dossier = replace(load_dossier(self._session), texts=_Words(self._texts | self._printed))
        # What was found in a text holds for ever; of rows nothing is remembered.
        self._memory.forget(row for kind in tables().values() for row in self._session.scalars(select(kind.id)))
        return run_checks(dossier, self.law, SAMPLE_DAY, self._memory)

    @contextmanager
    def planted(self, *edits: Edit) -> Iterator[None]:
        """The dump with something changed, for the block."""
        try:
            for edit in edits:
                self._make(edit)
            yield
        finally:
            self._session.rollback()
            self._printed.clear()

    def close(self) -> None:
        """Let go of it."""
        engine = self._session.get_bind()
        self._session.close()
        engine.engine.dispose()

    def _make(self, edit: Edit) -> None:
        if isinstance(edit, Print):
            one = key("evidence", edit.evidence)
            self._printed[one] = {**self._texts[one], edit.page: edit.text}
            return
        kind = tables()[edit.table]
        if isinstance(edit, Add):
            self._session.add(row_from_json(kind, {"id": str(key(edit.table, edit.name)), **edit.values}))
            self._session.flush()
            return
        for row in self._rows(kind, edit.name):
            if isinstance(edit, Drop):
                self._session.delete(row)
            else:
                told = row_from_json(kind, edit.values)
                for name in edit.values:
                    assert name in mapper_of(kind).columns, name
                    setattr(row, name, getattr(told, name))
            self._session.flush()

    def _rows(self, kind: type[Base], name: str) -> list[Base]:
        if not name:
            return list(self._session.query(kind))
        row = self._session.get(kind, key(kind.__tablename__, name))
        assert row is not None, f"the sample has no {kind.__tablename__} “{name}”"
        return [row]


def told(findings: list[Finding]) -> dict[tuple[str, uuid.UUID | None, str, str], Finding]:
    """Findings by what tells them apart: code, row, key and words."""
    return {(one.code, one.place.row, one.key, one.sentence): one for one in findings}
