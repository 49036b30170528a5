"""Locking: the process starts anew, so that nothing of the case stays in its memory; and what makes it do so."""

from __future__ import annotations
