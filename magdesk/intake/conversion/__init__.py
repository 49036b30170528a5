"""Strangers' documents told as a neutral tree, in a worker; who makes pages of them reads the tree."""

from __future__ import annotations

from magdesk.intake.conversion.convert import CONVERTED_TYPES
from magdesk.intake.conversion.converter import Converted, DocumentConverter, FoundText
from magdesk.intake.conversion.raster import RasterFrame
from magdesk.intake.conversion.refusal import Refusal

__all__ = ["CONVERTED_TYPES", "Converted", "DocumentConverter", "FoundText", "RasterFrame", "Refusal"]
