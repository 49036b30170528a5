"""Which files are meant when somebody names files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

_NOBODY_WROTE = {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", "icon\r"}


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, in a stable order.

    Links to folders are not followed. Files that an operating system puts into folders by itself are left out,
    unless they are named one by one. A folder that cannot be read is given back itself, so that somebody says so.
    """
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises where a folder above is closed
            yield path
            continue
        failures: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=failures.append):
            folders[:] = sorted(name for name in folders if name != "__MACOSX")
            yield from (Path(folder) / name for name in sorted(names) if name.lower() not in _NOBODY_WROTE)
        yield from (Path(failure.filename) for failure in failures)
