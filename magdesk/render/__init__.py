"""A block tree becomes PDF, DOCX or plain text. Sees blocks only, never the model."""

from __future__ import annotations
