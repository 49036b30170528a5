"""Exhibits, bundle, manifest and the folder an official receives. Knows no window."""

from __future__ import annotations
