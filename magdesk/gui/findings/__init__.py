"""Findings as the window shows them."""

from __future__ import annotations
