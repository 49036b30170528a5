"""Signed files and who is trusted to sign them. Knows no file's meaning."""

from __future__ import annotations
