"""Re-opens a packet and checks that it is what it says: digests, manifest, bundle, links. Writes nothing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jsonschema

from magdesk import paths
from magdesk.errors import UserError
from magdesk.intake.sandbox.box import unchecked
from magdesk.packet.files import FolderFiles, PacketFiles
from magdesk.packet.manifest import MANIFEST_NAME, SUMS_NAME
from magdesk.packet.paperreader import PaperReader
from magdesk.packet.papers import BundleCounts, PacketPaper, PaperKind
from magdesk.packet.writer import BUNDLE_NAME
from magdesk.progress import CancelToken, Progress, no_progress

_SUM_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_CHUNK = 1 << 20
_MOST_PROBLEMS = 200
_LISTS = 64 << 20  # bytes of a list of files, some hundred thousand of them
_PAGES = 1_000_000
_DIGITS = 10


def verify_packet(
    packet: Path | PacketFiles,
    *,
    thorough: bool = True,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> list[str]:
    """What is wrong with the packet, in sentences; empty when nothing is.

    Args:
        packet: the folder, or a packet that this process is still making. Papers in a folder may be anybody's: they
            are read in a worker that can do no harm.
        thorough: also read every object and stream of the bundle as qpdf does; an export that has just written
            the bundle leaves this out.

    Raises:
        Cancelled: ``cancel`` was set.
        WorkerCannotStart: nothing can be read here; the packet is not to blame.
    """
    own = True
    if isinstance(packet, Path):
        if not packet.is_dir():
            return [f"There is no folder “{packet.name}”."]
        packet = FolderFiles(packet)
        own = False
    problems = [*packet.strange(), *_check_sums(packet, progress, cancel)]
    content, wrong = _read_manifest(packet)
    problems += wrong
    if content is not None:
        problems += _check_files(packet, content)
        papers = _papers(packet, content, thorough=thorough)
        try:
            if content["bundle"]:
                problems += _check_places(packet, content)
        except UserError as error:
            problems.append(f"{MANIFEST_NAME} is wrong: {error.message}")
            papers = (paper for paper in papers if paper.kind is not PaperKind.BUNDLE)
        problems += _check_papers(packet, papers, own=own, cancel=cancel)
    return problems[:_MOST_PROBLEMS]


def _check_papers(
    packet: PacketFiles, papers: Iterable[PacketPaper], *, own: bool, cancel: CancelToken | None
) -> list[str]:
    problems: list[str] = []
    check = cancel.check if cancel is not None else unchecked
    with PaperReader() as reader:
        for paper in papers:
            check()
            with packet.open(paper.name) as stream:
                if own:
                    problems += paper.check(stream)
                else:
                    problems += reader.check(paper, stream, packet.size(paper.name), check)
    return problems


def _check_sums(packet: PacketFiles, progress: Progress, cancel: CancelToken | None) -> list[str]:
    present = packet.names()
    if SUMS_NAME not in present:
        return [f"{SUMS_NAME} is missing."]
    problems: list[str] = []
    listed: set[str] = set()
    with packet.open(SUMS_NAME) as stream:
        data = stream.read(_LISTS + 1)
    if len(data) > _LISTS:
        return [f"{SUMS_NAME} is too large for the list of a packet and was not read."]
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
            return None, [f"{MANIFEST_NAME} is too large for the manifest of a packet and was not read."]
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
        return None, [f"{MANIFEST_NAME} states more pages than a packet can have."]
    if bundle and max(bundle["pages"], bundle["index_pages"]) > _PAGES:
        return None, [f"{MANIFEST_NAME} states more pages than a packet can have."]
    return content, []


def _check_files(packet: PacketFiles, content: dict[str, Any]) -> list[str]:
    named = {file["name"]: file for file in content["files"]}
    present = packet.names()
    unnamed = sorted(present - set(named) - {MANIFEST_NAME, SUMS_NAME})
    problems = [f"{name} is not listed in {MANIFEST_NAME}." for name in unnamed]
    for name, file in named.items():
        if name in present and packet.size(name) != file["size"]:
            problems.append(f"{name} does not have the size stated in {MANIFEST_NAME}.")
        if name not in present:
            problems.append(f"{name} is listed in {MANIFEST_NAME} but missing.")
    for exhibit in content["exhibits"]:
        native = exhibit["native"]
        if native and (native not in named or named[native]["sha256"] != exhibit["sha256"]):
            problems.append(f"The file of exhibit {exhibit['number']} in the packet is not its original.")
        if not exhibit["pages"] and not native and not exhibit.get("withheld"):
            problems.append(f"Exhibit {exhibit['number']} has neither pages nor a file.")
    return problems


def _papers(packet: PacketFiles, content: dict[str, Any], *, thorough: bool) -> Iterator[PacketPaper]:
    bundle = content["bundle"]
    pages = bundle["pages"] if bundle else 0
    if bundle and BUNDLE_NAME in packet.names():
        yield PacketPaper(PaperKind.BUNDLE, BUNDLE_NAME, counts=_counts(content), thorough=thorough)
    for name in sorted(packet.names()):
        if name.endswith(".pdf") and name != BUNDLE_NAME and "/" not in name:
            said = next((file.get("pages") for file in content["files"] if file["name"] == name), None)
            yield PacketPaper(PaperKind.PDF, name, said, pages)
        elif name.endswith(".docx") and "/" not in name:
            yield PacketPaper(PaperKind.DOCX, name, bundle_pages=pages)


def _counts(content: dict[str, Any]) -> BundleCounts:
    bundle = content["bundle"]
    bates = bundle["bates"]
    exhibits = tuple((exhibit["number"], exhibit["pages"]) for exhibit in content["exhibits"])
    return BundleCounts(bates["prefix"], bates["digits"], bates["start"], bundle["index_pages"], exhibits)


def _check_places(packet: PacketFiles, content: dict[str, Any]) -> list[str]:
    """Whether the manifest counts the pages of the bundle as its own exhibits do."""
    bundle = content["bundle"]
    if BUNDLE_NAME not in packet.names():
        return [f"{BUNDLE_NAME} is missing."]
    expected = _counts(content).expected()
    problems: list[str] = []
    for exhibit, cover in zip(content["exhibits"], expected.covers, strict=True):
        count = exhibit["pages"]
        said = (exhibit["cover_page"], exhibit["first_page"], exhibit["bates_first"], exhibit["bates_last"])
        labels = expected.pages[cover].label, expected.pages[cover + count].label
        if said != (cover + 1, cover + 2 if count else 0, *labels):
            problems.append(f"The pages of exhibit {exhibit['number']} are not where {MANIFEST_NAME} says.")
    if len(expected.pages) != bundle["pages"]:
        problems.append(
            f"{MANIFEST_NAME} counts {bundle['pages']} pages in the bundle, its exhibits {len(expected.pages)}."
        )
    return problems
