"""Whether a path lies in a folder that a service copies to other computers."""

from __future__ import annotations

import os
import re
from pathlib import Path

_BY_NAME = (
    (re.compile(r"dropbox( \(.+\))?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"onedrive( ?-.+)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"google ?drive|googledrive-.+", re.IGNORECASE), "Google Drive"),
    (re.compile(r"icloud ?drive|com~apple~clouddocs", re.IGNORECASE), "iCloud Drive"),
    (re.compile(r"box sync|box-box", re.IGNORECASE), "Box"),
    (re.compile(r"nextcloud\d*", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"owncloud\d*", re.IGNORECASE), "ownCloud"),
    (re.compile(r"pcloud ?(drive|sync)", re.IGNORECASE), "pCloud"),
    (re.compile(r"mega(sync)?", re.IGNORECASE), "MEGA"),
    (re.compile(r"proton ?drive|protondrive-.+", re.IGNORECASE), "Proton Drive"),
    (re.compile(r"synologydrive|synology drive", re.IGNORECASE), "Synology Drive"),
    (re.compile(r"seafile", re.IGNORECASE), "Seafile"),
    (re.compile(r"yandex\.disk", re.IGNORECASE), "Yandex Disk"),
    (re.compile(r"tresorit", re.IGNORECASE), "Tresorit"),
)
_BY_MARKER = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".sync_exclude.lst", "Nextcloud"),
    (".tmp.drivedownload", "Google Drive"),
)


def cloud_folder(path: Path) -> str | None:
    """The name of the sync service the path lies in, for a warning; nothing when none is known to.

    A sync service copies the file while it is being written, which can damage the copy, and stores it with a company.
    """
    full = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would leave a folder that is only linked into it
    for folder in dict.fromkeys([*full.parents, *full.resolve().parents]):
        for pattern, service in _BY_NAME:
            if pattern.fullmatch(folder.name):
                return service
        if folder.parent.name == "CloudStorage" and folder.parent.parent.name == "Library":
            return folder.name.partition("-")[0]
        if folder != Path.home():
            for marker, service in _BY_MARKER:
                if (folder / marker).exists():
                    return service
    return None
