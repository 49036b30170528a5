"""Re-opens a packet and checks that it is what it says: digests, manifest, bundle, links. Writes nothing."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

import jsonschema
import pikepdf

from magdesk import paths
from magdesk.errors import UserError
from magdesk.intake.archive import ArchiveTrap, check_whole
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.pdfannotations import page_annotations
from magdesk.packet.bates import BatesSeries
from magdesk.packet.bundlecheck import ExpectedBundle, ExpectedPage, check_bundle, index_page
from magdesk.packet.files import FolderFiles, PacketFiles
from magdesk.packet.links import remote_file, remote_page
from magdesk.packet.manifest import MANIFEST_NAME, SUMS_NAME
from magdesk.packet.sourcepdf import PIKEPDF
from magdesk.packet.writer import BUNDLE_NAME
from magdesk.progress import CancelToken, Progress, no_progress

_SUM_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_DOCX_LINK = re.compile(rb'Target="' + re.escape(BUNDLE_NAME.encode("ascii")) + rb'#page=(\d+)"')
_CHUNK = 1 << 20
_MOST_PROBLEMS = 200
_LISTS = 64 << 20  # bytes of a list of files, some hundred thousand of them
_PAGES = 1_000_000
_DIGITS = 10
_MEMBER = 64 << 20  # bytes of one part of a Word document


def verify_packet(
    packet: Path | PacketFiles,
    *,
    thorough: bool = True,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> list[str]:
    """What is wrong with the packet, in sentences; empty when nothing is.

    Args:
        packet: the folder, or a packet that is still being made.
        thorough: also read every object and stream of the bundle as qpdf does; an export that has just written
            the bundle leaves this out.

    Raises:
        Cancelled: ``cancel`` was set.
    """
    if isinstance(packet, Path):
        if not packet.is_dir():
            return [f"There is no folder “{packet.name}”."]
        packet = FolderFiles(packet)
    problems = [*packet.strange(), *_check_sums(packet, progress, cancel)]
    content, wrong = _read_manifest(packet)
    problems += wrong
    if content is not None:
        problems += _check_files(packet, content)
        pages = content["bundle"]["pages"] if content["bundle"] else 0
        if content["bundle"]:
            try:
                problems += _check_bundle(packet, content, thorough)
            except UserError as error:
                problems.append(f"{MANIFEST_NAME} cannot be right: {error.message}")
        for name in sorted(packet.names()):
            if cancel is not None:
                cancel.check()
            if name.endswith(".pdf") and name != BUNDLE_NAME and "/" not in name:
                problems += _check_pdf(packet, name, content, pages)
            elif name.endswith(".docx") and "/" not in name:
                problems += _check_docx(packet, name, pages)
    return problems[:_MOST_PROBLEMS]


def _check_sums(packet: PacketFiles, progress: Progress, cancel: CancelToken | None) -> list[str]:
    present = packet.names()
    if SUMS_NAME not in present:
        return [f"{SUMS_NAME} is missing."]
    problems: list[str] = []
    listed: set[str] = set()
    with packet.open(SUMS_NAME) as stream:
        data = stream.read(_LISTS + 1)
    if len(data) > _LISTS:
        return [f"{SUMS_NAME} is larger than the list of any packet; it was not read."]
    lines = data.decode("utf-8", errors="replace").splitlines()
    for index, line in enumerate(lines):
        if cancel is not None:
            cancel.check()
        found = _SUM_LINE.fullmatch(line)
        if not found or found[2].startswith("/") or ".." in found[2].split("/"):
            problems.append(f"Line {index + 1} of {SUMS_NAME} cannot be read.")
            continue
        digest, name = found.groups()
        progress(index, len(lines), name)
        listed.add(name)
        if name not in present:
            problems.append(f"{name} is missing.")
        elif _digest(packet, name) != digest:
            problems.append(f"{name} was changed: its SHA-256 is not the one in {SUMS_NAME}.")
    problems += [f"{name} is not listed in {SUMS_NAME}." for name in sorted(present - listed - {SUMS_NAME})]
    return problems


def _digest(packet: PacketFiles, name: str) -> str:
    digest = hashlib.sha256()
    with packet.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _read_manifest(packet: PacketFiles) -> tuple[dict[str, Any] | None, list[str]]:
    if MANIFEST_NAME not in packet.names():
        return None, [f"{MANIFEST_NAME} is missing."]
    try:
        with packet.open(MANIFEST_NAME) as stream:
            data = stream.read(_LISTS + 1)
        if len(data) > _LISTS:
            return None, [f"{MANIFEST_NAME} is larger than that of any packet; it was not read."]
        content = json.loads(data.decode("utf-8"))
        schema = json.loads(paths.resource("schema", "packet-1.json").read_text(encoding="utf-8"))
        errors = sorted(
            jsonschema.Draft202012Validator(schema).iter_errors(content), key=lambda error: error.json_path
        )
    except (OSError, ValueError, RecursionError) as error:
        return None, [f"{MANIFEST_NAME} cannot be read ({type(error).__name__})."]
    if errors:
        return None, [f"{MANIFEST_NAME}, {error.json_path}: {error.message[:200]}" for error in errors[:20]]
    bundle = content["bundle"]
    counts = [exhibit["pages"] for exhibit in content["exhibits"]]
    if bundle:
        counts += [bundle["pages"], bundle["index_pages"], bundle["bates"]["start"]]
    if sum(counts[: len(content["exhibits"])]) > _PAGES or any(count > 10**_DIGITS for count in counts):
        return None, [f"{MANIFEST_NAME} counts more pages than any packet has."]
    if bundle and max(bundle["pages"], bundle["index_pages"]) > _PAGES:
        return None, [f"{MANIFEST_NAME} counts more pages than any packet has."]
    return content, []


def _check_files(packet: PacketFiles, content: dict[str, Any]) -> list[str]:
    named = {file["name"]: file for file in content["files"]}
    present = packet.names()
    unnamed = sorted(present - set(named) - {MANIFEST_NAME, SUMS_NAME})
    problems = [f"{name} is not listed in {MANIFEST_NAME}." for name in unnamed]
    for name, file in named.items():
        if name in present and packet.size(name) != file["size"]:
            problems.append(f"{name} does not have the size that {MANIFEST_NAME} says.")
        if name not in present:
            problems.append(f"{name} is listed in {MANIFEST_NAME} but missing.")
    for exhibit in content["exhibits"]:
        native = exhibit["native"]
        if native and (native not in named or named[native]["sha256"] != exhibit["sha256"]):
            problems.append(f"The file of exhibit {exhibit['number']} in the packet is not its original.")
        if not exhibit["pages"] and not native and not exhibit.get("withheld"):
            problems.append(f"Exhibit {exhibit['number']} has neither pages nor a file.")
    return problems


def _check_bundle(packet: PacketFiles, content: dict[str, Any], thorough: bool) -> list[str]:
    if BUNDLE_NAME not in packet.names():
        return [f"{BUNDLE_NAME} is missing."]
    bundle = content["bundle"]
    bates = bundle["bates"]
    series = BatesSeries(bates["prefix"], bates["digits"], bates["start"])
    pages: list[ExpectedPage] = [index_page(index) for index in range(bundle["index_pages"])]
    covers: list[int] = []
    problems: list[str] = []
    for exhibit in content["exhibits"]:
        number, count = exhibit["number"], exhibit["pages"]
        first = len(pages) - bundle["index_pages"]
        covers.append(len(pages))
        pages.append(ExpectedPage(series.label(first), (number,)))
        pages += [ExpectedPage(series.label(first + own), (number, own, count)) for own in range(1, count + 1)]
        said = (exhibit["cover_page"], exhibit["first_page"], exhibit["bates_first"], exhibit["bates_last"])
        found = (covers[-1] + 1, covers[-1] + 2 if count else 0, pages[covers[-1]].label, pages[-1].label)
        if said != found:
            problems.append(f"The pages of exhibit {number} are not where {MANIFEST_NAME} says.")
    if len(pages) != bundle["pages"]:
        problems.append(f"{MANIFEST_NAME} counts {bundle['pages']} pages in the bundle, its exhibits {len(pages)}.")
    expected = ExpectedBundle(tuple(pages), tuple(covers), bundle["index_pages"])
    with packet.open(BUNDLE_NAME) as stream:
        return problems + check_bundle(stream, expected, thorough=thorough)


def _check_pdf(packet: PacketFiles, name: str, content: dict[str, Any], bundle_pages: int) -> list[str]:
    problems: list[str] = []
    said = next((file.get("pages") for file in content["files"] if file["name"] == name), None)
    try:
        with (
            foreign("pikepdf", *PIKEPDF),
            packet.open(name) as stream,
            pikepdf.open(stream, suppress_warnings=True) as pdf,
        ):
            if said is not None and len(pdf.pages) != said:
                problems.append(f"{name} has {len(pdf.pages)} pages instead of {said}.")
            for index, page in enumerate(pdf.pages):
                for annotation in page_annotations(page.obj):
                    action = annotation.get("/A")
                    if not isinstance(action, pikepdf.Dictionary) or action.get("/S") != pikepdf.Name.GoToR:
                        continue
                    target = remote_page(action)
                    if remote_file(action) != BUNDLE_NAME or target is None or not 0 <= target < bundle_pages:
                        problems.append(f"A link on page {index + 1} of {name} leads nowhere.")
    except Damaged as damage:
        problems.append(f"{name} cannot be read ({damage.reason}).")
    return problems


def _check_docx(packet: PacketFiles, name: str, bundle_pages: int) -> list[str]:
    try:
        with packet.open(name) as stream, zipfile.ZipFile(stream) as archive:
            check_whole(archive, _MEMBER)
            if archive.testzip() is not None:
                return [f"{name} is damaged."]
            links = [
                int(page)
                for member in archive.namelist()
                if member.endswith(".rels")
                for page in _DOCX_LINK.findall(archive.read(member))
            ]
    except ArchiveTrap as trap:
        return [f"{name} was not read. {trap.message}"]
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        return [f"{name} cannot be read ({type(error).__name__})."]
    wrong = [page for page in links if not 1 <= page <= bundle_pages]
    return [f"A link of {name} leads to page {page} of the bundle, which there is not." for page in wrong]
