"""What every writing command does when the disk is full: a sentence and an exit code, nothing lost, nothing left.

    python -m tests.bench.fulldisk                  # as root, on Linux: on a small disk of its own in memory
    python -m tests.bench.fulldisk --limit          # as anybody: no file may grow beyond a size

Each operation is the real command in a process of its own, over the sample case, on a disk of its own that holds the
case, the user's folders and the temporary files. It runs with several amounts of room, from none to nearly enough;
then the disk has room again and the case is opened.

Columns: *room*, the trials; *done*, how often it succeeded all the same; *told*, how often it ended with a sentence
and an exit code of the contract; *verified*, how often the case opened and verified in full afterwards; *left behind*
and *lost* as in :mod:`tests.bench.kills`. The exit code is 1 when anything is untold, unverified, left or lost.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.bench.kills import (
    OPERATIONS,
    OTHER,
    PHRASE,
    Held,
    Operation,
    Place,
    _environment,
    _own_folders,
    holds,
    make_masters,
    next_start,
)

KIB = 1 << 10
ROOMS = tuple(size * KIB for size in (0, 16, 96, 512, 1_500, 4_000))
CODES = {0, 3, 4, 5}


def _nothing(_place: Place, _known: Held) -> Iterator[tuple[Path, bool]]:
    yield from ()


def _file(path: Path, start: bytes) -> Iterator[tuple[Path, bool]]:
    if path.exists():
        yield path, path.read_bytes().startswith(start) and path.stat().st_size > len(start)


MORE = (
    Operation(
        "new",
        lambda at: ["new", str(at.new_case), "--title", "T", "--authority", "us-glomag"],
        lambda at, _known: ((path, holds(path, PHRASE)[2]) for path in (at.new_case,) if path.exists()),
    ),
    Operation(
        "gaps", lambda at: ["gaps", str(at.case), "--to", str(at.work / "gaps.pdf")],
        lambda at, _known: _file(at.work / "gaps.pdf", b"%PDF-"),
    ),
    Operation(
        "hashes", lambda at: ["hashes", str(at.case), "--to", str(at.work / "day.txt")],
        lambda at, _known: (
            (path, (at.work / "day.txt").exists()) for path in at.work.glob("day*.txt") if path.stat().st_size
        ),
    ),
)  # fmt: skip


@dataclass(slots=True)
class Trial:
    """What the trials of one operation came to."""

    rooms: int = 0
    done: int = 0
    told: int = 0
    verified: int = 0
    lost: int = 0
    left: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)


Limited = Callable[[int], contextlib.AbstractContextManager[Callable[[], None] | None]]


@contextlib.contextmanager
def file_limit(room: int) -> Iterator[Callable[[], None] | None]:
    """No file grows beyond the size of the case and that room; needs no rights."""
    yield partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room))


@contextlib.contextmanager
def small_disk(root: Path, room: int) -> Iterator[Callable[[], None] | None]:
    """The disk below ``root`` has that much room left; it is made larger again afterwards."""
    state = os.statvfs(root)
    used = (state.f_blocks - state.f_bfree) * state.f_frsize
    _mount("-o", f"remount,size={used + room}", str(root))
    try:
        yield None
    finally:
        _mount("-o", "remount,size=1g", str(root))


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def start(operation: Operation, place: Place, before: Callable[[], None] | None) -> tuple[int, str]:
    """Exit code and what was told of the command in a process of its own."""
    secrets = {"MAGDESK_PASSPHRASE": PHRASE, "MAGDESK_NEW_PASSPHRASE": OTHER, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "magdesk", *operation.arguments(place)],
        env={**os.environ, **place.environment(), **secrets},
        capture_output=True,
        preexec_fn=before,
        check=False,
    )
    return done.returncode, done.stderr.decode("utf-8", "replace")


def try_once(operation: Operation, place: Place, room: int, limited: Limited, known: Held, trial: Trial) -> None:
    """One amount of room."""
    before = place.files()
    with limited(room) as preparation:
        code, told = start(operation, place, preparation)
    lines = [line.rpartition("\x1b[K")[2] for line in told.splitlines()]
    sentence = next((line for line in reversed(lines) if line.strip()), "")
    trial.rooms += 1
    trial.done += code == 0
    fair = code in CODES and "Traceback" not in told and "failed (" not in told
    if fair and (code == 0 or sentence.rstrip().endswith((".", ")"))):
        trial.told += 1
    else:
        trial.untold.append(f"room {room >> 10} KiB: exit code {code}: {told[-600:]}")
    whole = True
    results: set[Path] = set()
    for path, sound in operation.finished(place, known):
        whole = whole and sound
        results.add(path)
    for path in place.backups.rglob("[!.]*.magdesk"):
        if path not in before | results:
            whole = whole and holds(path, PHRASE, OTHER)[0]
            results.add(path)
    next_start(place)
    opened, held, verified = holds(place.case, PHRASE, OTHER)
    trial.verified += verified
    enough = held.facts == known.facts and (held.items >= known.items if operation.grows else held == known)
    trial.lost += not (whole and opened and enough)
    after = {path for path in place.files() if not any(path.is_relative_to(result) for result in results)}
    left = sorted(str(path.relative_to(place.root)) for path in after - before - _own_folders(place))
    trial.left += [f"room {room >> 10} KiB: {path}" for path in left]


def run(
    operations: Sequence[Operation], rooms: Sequence[int], folder: Path, *, disk: bool = False
) -> dict[str, Trial]:
    """Try each operation with each amount of room.

    Args:
        disk: on a small disk in memory, for which root is needed; else with a limit on the size of files.
    """
    place = Place(folder / "disk", folder / "masters")
    place.masters.mkdir()
    with contextlib.ExitStack() as stack:
        if disk:
            place.root.mkdir()
            _mount("-t", "tmpfs", "-o", "size=1g", "tmpfs", str(place.root))
            stack.callback(subprocess.run, ["umount", str(place.root)], check=True)
        limited: Limited = partial(small_disk, place.root) if disk else file_limit
        stack.enter_context(_environment(place))
        make_masters(place.masters)
        place.clean()
        _opened, known, _verified = holds(place.case, PHRASE)
        trials: dict[str, Trial] = {}
        for operation in operations:
            trial = trials[operation.name] = Trial()
            for room in rooms:
                place.clean()
                try_once(operation, place, room, limited, known, trial)
            print(_line(operation.name, trial), *trial.untold, *trial.left, sep="\n  ", flush=True)
        return trials


def _row(name: str, *cells: object) -> str:
    return f"{name:<12}" + "".join(f"{cell!s:>13}" for cell in cells)


def _line(name: str, trial: Trial) -> str:
    return _row(name, trial.rooms, trial.done, trial.told, trial.verified, len(trial.left), trial.lost)


def sound(trial: Trial) -> bool:
    """Whether nothing was wrong."""
    return not (trial.left or trial.lost or trial.untold) and trial.verified == trial.told == trial.rooms


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", action="store_true", help="limit the size of files instead of the disk")
    parser.add_argument("--only", default="", help="names of operations, with commas between them")
    parser.add_argument("--rooms", default="", help="amounts of room in KiB, with commas between them")
    options = parser.parse_args(arguments)
    rooms = tuple(int(one) * KIB for one in options.rooms.split(",")) if options.rooms else ROOMS
    chosen = [one for one in (*OPERATIONS, *MORE) if not options.only or one.name in options.only.split(",")]
    print(_row("operation", "room", "done", "told", "verified", "left behind", "lost"))
    with tempfile.TemporaryDirectory(prefix="magdesk-full-") as name:
        trials = run(chosen, rooms, Path(name), disk=not options.limit)
    if not all(sound(trial) for trial in trials.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
