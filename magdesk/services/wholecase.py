"""The case as it is judged: its rows, and what the evidence says."""

from __future__ import annotations

from dataclasses import replace

from magdesk.casefile import PageTexts, Session
from magdesk.dossier.dossier import Dossier, load_dossier


def with_texts(dossier: Dossier, session: Session) -> Dossier:
    """The dossier, with the texts of its evidence in reach as long as the session's transaction lasts."""
    return replace(dossier, texts=PageTexts(session))


def load_whole(session: Session) -> Dossier:
    """Everything of the case, the texts of the evidence in reach as long as the session's transaction lasts.

    Raises:
        InputError: the session's database holds no case row.
    """
    return with_texts(load_dossier(session), session)
