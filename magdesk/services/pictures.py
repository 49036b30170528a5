"""Small pictures for documents: turned upright, scaled down, and free of everything but their pixels."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from magdesk.casefile import CaseFile
from magdesk.model.evidence import Evidence

_LONGEST = 900  # pixels; a portrait two inches wide prints well with that


def picture(case: CaseFile, item: Evidence) -> bytes | None:
    """The item's picture as JPEG bytes without any metadata, or none when it is not a picture that can be read."""
    if not item.media_type.startswith("image/") or not case.blobs.has(item.sha256):
        return None
    try:
        with case.blobs.open(item.sha256) as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(stream) as opened:
                opened.draft("RGB", (2 * _LONGEST, 2 * _LONGEST))
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((_LONGEST, _LONGEST))
                flat = Image.new("RGB", upright.size, "white")
                flat.paste(upright, mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=88)
    return out.getvalue()
