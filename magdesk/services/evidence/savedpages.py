"""The folder that a browser puts beside a page which is saved as “complete”: its pictures are parts of the page.

Only that folder is looked into, no link is followed, and a picture is one by its first bytes. Style sheets, scripts
and fonts are no evidence; whatever else lies there is taken like any other file.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from magdesk.intake.filefacts import FOLDER_BESIDE, FileFacts
from magdesk.plainfiles import is_link, open_plain, walk

_ENDING = "_files"
_STYLE = frozenset({".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".download"})
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")
_PICTURES = 500
_LARGEST = 64 << 20  # bytes of one picture


@dataclass(frozen=True, slots=True)
class PageFolder:
    """The folder of one page.

    Attributes:
        path: of the folder.
        pictures: their paths, from the folder in which the page lies, with ``/``.
        styles: how many style sheets, scripts and fonts there are.
    """

    path: Path
    pictures: tuple[str, ...]
    styles: int

    def holds(self, path: Path) -> bool:
        """Whether a file need not be taken by itself: a picture of the page, a style sheet, a script or a font."""
        if not path.is_relative_to(self.path):
            return False
        name = path.relative_to(self.path.parent).as_posix()
        return name in self.pictures or path.suffix.lower() in _STYLE


def lies_beside_a_page(path: Path) -> bool:
    """Whether it lies in a folder of a name that browsers give; such files come after the pages."""
    return any(part.lower().endswith(_ENDING) for part in path.parts[:-1])


def page_folder(page: Path, facts: FileFacts) -> PageFolder | None:
    """The folder that a page names and that lies beside it; none where it names or has none.

    Args:
        page: where the page lies.
        facts: what was read from it.
    """
    names = [one.value for one in facts.details if one.name == FOLDER_BESIDE]
    if len(names) != 1 or Path(names[0]).name != names[0] or not names[0].lower().endswith(_ENDING):
        return None
    folder = page.with_name(names[0])
    if is_link(folder) or not folder.is_dir():
        return None
    pictures: list[str] = []
    styles = 0
    for found in walk(folder):
        if not found.plain:
            continue
        if found.path.suffix.lower() in _STYLE:
            styles += 1
        elif len(pictures) < _PICTURES and _is_picture(folder.parent, found.path):
            pictures.append(found.path.relative_to(folder.parent).as_posix())
    return PageFolder(folder, tuple(pictures), styles)


def _is_picture(root: Path, path: Path) -> bool:
    with contextlib.suppress(OSError), open_plain(root, path.relative_to(root).as_posix()) as stream:
        start = stream.read(16)
        return (start.startswith(_STARTS) or (start[:4], start[8:12]) == (b"RIFF", b"WEBP")) and (
            path.lstat().st_size <= _LARGEST
        )
    return False
