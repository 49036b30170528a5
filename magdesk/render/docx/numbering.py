"""List numbering: one shared bullet list, and for each numbered list an instance that starts at its own number."""

from __future__ import annotations

from magdesk.render.docx.oxml import XmlElement, element, flag, part_root, properties

LEVELS = 9
STEP = 360
_BULLETS = ("•", "–", "▪")
_BULLET_LIST = 0
_NUMBER_LISTS = {".": 1, ")": 2}  # by what stands behind the number


class Numbering:
    """The numbering definitions of one document."""

    def __init__(self) -> None:
        self._starts: list[tuple[int, str]] = []

    def bullets(self) -> int:
        """The number instance of bulleted lists."""
        return 1

    def restart(self, start: int, behind: str) -> int:
        """A new number instance for one numbered list.

        Args:
            start: number of its first item.
            behind: what stands behind each number, ``.`` or ``)``.
        """
        self._starts.append((start, behind))
        return 1 + len(self._starts)

    def root(self) -> XmlElement:
        """The root of the numbering part."""
        return part_root(
            "w:numbering",
            _abstract(_BULLET_LIST, [_level(n, "bullet", _BULLETS[n % len(_BULLETS)]) for n in range(LEVELS)]),
            *(
                _abstract(number, [_level(n, "decimal", f"%{n + 1}{behind}") for n in range(LEVELS)])
                for behind, number in _NUMBER_LISTS.items()
            ),
            element("w:num", {"w:numId": 1}, flag("abstractNumId", _BULLET_LIST)),
            *(_instance(number, start, behind) for number, (start, behind) in enumerate(self._starts, start=2)),
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


def _instance(number: int, start: int, behind: str) -> XmlElement:
    overrides = [element("w:lvlOverride", {"w:ilvl": level}, flag("startOverride", start)) for level in range(LEVELS)]
    return element("w:num", {"w:numId": number}, flag("abstractNumId", _NUMBER_LISTS[behind]), *overrides)
