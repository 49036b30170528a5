"""Loads what libraries would load later, on the first file of a kind: a worker that is locked in cannot.

The test that every real file is read alike by a worker and by a process that is free shows what is missing here.
"""

from __future__ import annotations

import ctypes
import email
import importlib
import io
import mimetypes
import pkgutil
import time
import xml
from types import ModuleType

import cryptography.hazmat.backends
import msoffcrypto  # type: ignore[import-untyped]
import pikepdf
import PIL.Image
import pymediainfo


def load_all() -> None:
    """Plug-ins, parts of packages, tables, and what C libraries open when they are first used."""
    PIL.Image.init()
    for package in (email, xml, msoffcrypto, cryptography.hazmat.backends):
        load_package(package)
    mimetypes.init()
    time.strptime("2024", "%Y")
    pymediainfo.MediaInfo.can_parse()
    _open_random_numbers()
    # The first call of this kind makes the C library look for its own file.
    ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 0)


def load_package(package: ModuleType) -> None:
    """Every module of a package, so that what it looks for in a table of its own is there."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _open_random_numbers() -> None:
    """The PDF library keeps the system's source of random numbers open from the first time that it wants one."""
    with pikepdf.new() as pdf:
        pdf.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="x", user="x"))
