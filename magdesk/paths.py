"""Where things are: the program's resources and the user's own folders. Creates nothing by itself."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """A file or folder of the program's read-only resources.

    An installed copy carries them inside the package; a checkout has them beside it.
    """
    installed = _PACKAGE / "resources"
    root = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


CASE_SUFFIX = ".magdesk"


def with_case_suffix(path: Path) -> Path:
    """The path with the usual ending of a case file, unless it has an ending of its own."""
    return path if path.suffix else path.with_name(path.name + CASE_SUFFIX)


def user_config() -> Path:
    """The user's folder for settings and own regime files (clear text: nothing of a case goes there)."""
    return Path(platformdirs.user_config_dir("magdesk", appauthor=False))


def user_data() -> Path:
    """The user's folder for rotating encrypted backups."""
    return Path(platformdirs.user_data_dir("magdesk", appauthor=False))
