"""A folder that came from outside, gone through without being led out of it: plain files only, no link followed.

A link in such a folder can name any file of this computer; a pipe or a device in it can hold whoever opens it.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_NO_WAITING = getattr(os, "O_NONBLOCK", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | _NO_WAITING
_REPARSE_POINT = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)


@dataclass(frozen=True, slots=True)
class Found:
    """Something in the folder that is no folder.

    Attributes:
        link: it is a link (on Windows also a junction), to a file, to a folder or to nothing.
        plain: it is a file with bytes of its own, not a pipe, a device or a socket.
    """

    path: Path
    link: bool
    plain: bool


def walk(folder: Path, on_error: Callable[[OSError], None] | None = None) -> Iterator[Found]:
    """All there is in a folder and in the folders below, in a stable order; links are told of and not followed.

    Args:
        on_error: told of folders that cannot be read; they are left out.
    """
    for place, folders, names in os.walk(folder, onerror=on_error, followlinks=False):
        links = [name for name in folders if is_link(Path(place, name))]
        folders[:] = sorted(name for name in folders if name not in links)
        for name in sorted([*names, *links]):
            path = Path(place, name)
            link = name in links or is_link(path)
            yield Found(path, link, not link and _is_plain(path))


def is_link(path: Path) -> bool:
    """Whether a path leads elsewhere by itself."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISLNK(found.st_mode) or bool(getattr(found, "st_file_attributes", 0) & _REPARSE_POINT)


def leads_outside(link: Path, root: Path) -> bool:
    """Whether a link ends anywhere but at something in the folder."""
    try:
        return not link.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # It leads nowhere, or round in a circle.
        return True


def open_plain(root: Path, name: str) -> BinaryIO:
    """A file of the folder by its name inside it, with ``/``.

    Raises:
        OSError: it is not there, it or a folder on the way is a link, or it is no plain file.
    """
    path = root
    for part in Path(name).parts:
        path /= part
        if part == ".." or Path(part).is_absolute() or is_link(path):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)
    # Between the look and the opening somebody may put a link there; the system refuses to follow it.
    stream = open(path, "rb", opener=lambda file, flags: os.open(file, flags | _NO_FOLLOW))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError(errno.EINVAL, "not a plain file", name)
    return stream


def read_plain(path: Path, most: int) -> bytes:
    """The beginning of a file that a person named, by a link if they like: no pipe or device that would never end.

    Args:
        most: bytes that it may have; one more is read where there are more.

    Raises:
        OSError: it cannot be read, or is no plain file.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_WAITING)) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        return stream.read(most + 1)


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def readable_name(name: str) -> str:
    """A file name as a person can read it: bytes that are no UTF-8 are shown as ``%`` and two hexadecimal digits."""
    return "".join(f"%{ord(char) - 0xDC00:02X}" if "\udc80" <= char <= "\udcff" else char for char in name)


def name_bytes(name: str) -> str:
    """The bytes of a file name in hexadecimal digits, where they are no UTF-8; empty where the name says it all."""
    return "" if _is_text(name) else os.fsencode(name).hex(" ")


def _is_text(name: str) -> bool:
    return not any("\udc80" <= char <= "\udcff" for char in name)
