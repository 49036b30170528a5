"""The encrypted file a case lives in: keys, chunks, journal, index, backup, lock. No law, no documents."""

from __future__ import annotations

from sqlalchemy.orm import Session

from magdesk.casefile.casefile import CaseFile
from magdesk.casefile.cloud import cloud_folder
from magdesk.casefile.failures import restore_hint
from magdesk.casefile.keys import KeyCost
from magdesk.casefile.pagetexts import PageTexts
from magdesk.casefile.records import BlobInfo, Changes, RowImage, SearchHit, Step, StepKind

__all__ = [
    "BlobInfo",
    "CaseFile",
    "Changes",
    "KeyCost",
    "PageTexts",
    "RowImage",
    "SearchHit",
    "Session",
    "Step",
    "StepKind",
    "cloud_folder",
    "restore_hint",
]
