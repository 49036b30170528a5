"""The Guide: a case asked one plain question at a time. Says what is answered and what comes next; draws nothing."""

from __future__ import annotations
