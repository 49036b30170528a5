"""The whole case as a folder of clear files, and back."""

from __future__ import annotations
