"""One case loaded whole: its rows, what a submission tells of them, what is remembered between edits."""

from __future__ import annotations
