"""Which files are meant when somebody names files and folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from magdesk.plainfiles import leads_outside, walk

_NOBODY_WROTE = {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", "icon\r"}


def find_files(paths: Sequence[Path], on_link: Callable[[Path], None]) -> Iterator[Path]:
    """The files named, and those in the folders named, in a stable order.

    Links in a folder are not followed: what they name inside it comes by itself, what they name elsewhere was not
    meant. What is named itself is taken even where its name is that of a link. Files that an operating system puts
    into folders by itself are left out, unless they are named one by one. A folder that cannot be read is given back
    itself, so that somebody says so.

    Args:
        on_link: told of each link that leads out of the folder it lies in.
    """
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises where a folder above is closed
            yield path
            continue
        failures: list[OSError] = []
        for found in walk(path, failures.append):
            if found.link:
                if leads_outside(found.path, path):
                    on_link(found.path)
            elif found.path.name.lower() not in _NOBODY_WROTE and "__MACOSX" not in found.path.parts:
                yield found.path
        yield from (Path(failure.filename) for failure in failures)
