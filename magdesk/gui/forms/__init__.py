"""Forms: fields, rows inside rows, pickers, and the kinds of rows that pages edit."""

from __future__ import annotations
