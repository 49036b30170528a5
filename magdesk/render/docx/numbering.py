"""List numbering: one shared bullet list, and for each numbered list an instance that starts at its own number."""

from __future__ import annotations

from magdesk.render.docx.oxml import XmlElement, element, flag, part_root, properties

LEVELS = 9
STEP = 360
_BULLETS = ("•", "–", "▪")
_BULLET_LIST, _NUMBER_LIST = 0, 1


class Numbering:
    """The numbering definitions of one document."""

    def __init__(self) -> None:
        self._starts: list[int] = []

    def bullets(self) -> int:
        """The number instance of bulleted lists."""
        return 1

    def restart(self, start: int) -> int:
        """A new number instance for one numbered list, whose first item has this number."""
        self._starts.append(start)
        return 1 + len(self._starts)

    def root(self) -> XmlElement:
        """The root of the numbering part."""
        return part_root(
            "w:numbering",
            _abstract(_BULLET_LIST, [_level(n, "bullet", _BULLETS[n % len(_BULLETS)]) for n in range(LEVELS)]),
            _abstract(_NUMBER_LIST, [_level(n, "decimal", f"%{n + 1}.") for n in range(LEVELS)]),
            element("w:num", {"w:numId": 1}, flag("abstractNumId", _BULLET_LIST)),
            *(_instance(number, start) for number, start in enumerate(self._starts, start=2)),
        )


def indent(level: int) -> int:
    """Where the text of an item of this level begins, in twips."""
    return STEP * (level + 1)


def _abstract(number: int, levels: list[XmlElement]) -> XmlElement:
    return element(
        "w:abstractNum",
        {"w:abstractNumId": number},
        element("w:multiLevelType", {"w:val": "hybridMultilevel"}),
        *levels,
    )


def _level(level: int, kind: str, text: str) -> XmlElement:
    position = element("w:ind", {"w:left": indent(level), "w:hanging": STEP})
    return element(
        "w:lvl",
        {"w:ilvl": level},
        flag("start", 1),
        flag("numFmt", kind),
        flag("lvlText", text),
        flag("lvlJc", "left"),
        properties("w:pPr", [position]),
    )


def _instance(number: int, start: int) -> XmlElement:
    overrides = [element("w:lvlOverride", {"w:ilvl": level}, flag("startOverride", start)) for level in range(LEVELS)]
    return element("w:num", {"w:numId": number}, flag("abstractNumId", _NUMBER_LIST), *overrides)
