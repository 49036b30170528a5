"""Which slides of an OpenDocument presentation are hidden (ODF 1.3 part 3, 20.399)."""

from __future__ import annotations

from typing import Any

_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_VISIBILITY = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}visibility"


def hidden_slides(root: Any) -> frozenset[int]:
    """Their numbers, from 1.

    Args:
        root: of ``content.xml``.
    """
    hiding = {
        str(style.get(f"{_STYLE}name"))
        for style in root.iter(f"{_STYLE}style")
        if any(about.get(_VISIBILITY) == "hidden" for about in style)
    }
    slides = enumerate(root.iter(f"{_DRAW}page"), 1)
    return frozenset(number for number, slide in slides if str(slide.get(f"{_DRAW}style-name")) in hiding)
