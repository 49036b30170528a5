"""The pages of the open case, one module each."""

from __future__ import annotations
