"""What is left after ``kill -9`` at random moments of every long operation, and whether anything is lost.

    python -m tests.bench.kills --moments 20

Each operation is the real command in a process of its own, over the sample case, on a disk of its own: case, home,
data folder and temporary files lie under one folder. It is killed at a moment drawn evenly from its whole length;
then the next start is made (``magdesk info``), and everything under that folder is looked at. With ``--steps`` it
ends itself at steps on the disk that are spread evenly over all that it makes (:mod:`tests.bench.stopped`): no clock,
so every run kills at the same places.

Columns: *opened* and *verified*, how often the case opened and verified in full; *finished*, how often the result
bore its final name, in which case it must be whole; *found*, files that lay about after the kills; *left behind*,
what of them is still there after the next start and belongs to nothing; *lost*, how often the case or a finished
result held less than it must. The exit code is 1 when anything is left behind or lost.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from magdesk.casefile import CaseFile
from magdesk.cli import main as magdesk
from magdesk.errors import CaseFileError, WrongPassphrase
from magdesk.model import Evidence, Fact
from magdesk.packet.verify import verify_packet
from magdesk.services.dump.folder import dump_case
from magdesk.services.sample import create_sample

PHRASE = "four words make sense"
OTHER = "granite umbrella forty violin"
INPUTS = 30


@dataclass(frozen=True, slots=True)
class Place:
    """One disk: what a killed program could have written lies below ``root``.

    Attributes:
        masters: the case and the dump that every moment begins with; beside the disk.
    """

    root: Path
    masters: Path

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def case(self) -> Path:
        return self.work / "case.magdesk"

    @property
    def result(self) -> Path:
        return self.work / "result"

    @property
    def new_case(self) -> Path:
        return self.work / "new.magdesk"

    @property
    def backups(self) -> Path:
        return self.root / "data" / "magdesk" / "backups"

    def environment(self) -> dict[str, str]:
        folders = {"HOME": "home", "TMPDIR": "tmp", "SQLITE_TMPDIR": "tmp", "XDG_DATA_HOME": "data",
                   "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state"}  # fmt: skip
        return {variable: str(self.root / name) for variable, name in folders.items()}

    def clean(self) -> None:
        """A new disk with the case on it and one backup of it."""
        self.root.mkdir(parents=True, exist_ok=True)
        for path in self.root.iterdir():  # The folder itself may be the root of a file system.
            shutil.rmtree(path, ignore_errors=True)
        for folder in {*self.environment().values(), str(self.work)}:
            Path(folder).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.masters / "case.magdesk", self.case)
        shutil.copytree(self.masters / "backups", self.backups)

    def files(self) -> set[Path]:
        return {path for path in self.root.rglob("*") if not path.is_dir() or not any(path.iterdir())}


@dataclass(frozen=True, slots=True)
class Held:
    """What a case holds."""

    facts: int
    items: int


@dataclass(frozen=True, slots=True)
class Operation:
    """One command.

    Attributes:
        arguments: after ``magdesk``.
        finished: whatever bears a final name after it, with whether it is whole; nothing before.
        grows: whether the case may hold more evidence afterwards.
    """

    name: str
    arguments: Callable[[Place], Sequence[str]]
    finished: Callable[[Place, Held], Iterator[tuple[Path, bool]]]
    grows: bool = False


def _nothing(_place: Place, _known: Held) -> Iterator[tuple[Path, bool]]:
    yield from ()


def _dump(place: Place, known: Held) -> Iterator[tuple[Path, bool]]:
    if place.result.exists():
        names = {path.name for path in place.result.iterdir()}
        wanted = {path.name for path in (place.masters / "dump").iterdir()}
        count = len(list((place.result / "evidence").iterdir()))
        yield place.result, names == wanted and count == len(list((place.masters / "dump" / "evidence").iterdir()))


def _packet(place: Place, _known: Held) -> Iterator[tuple[Path, bool]]:
    if place.result.exists():
        yield place.result, not verify_packet(place.result)


def _new_case(place: Place, known: Held) -> Iterator[tuple[Path, bool]]:
    if place.new_case.exists():
        yield place.new_case, holds(place.new_case, PHRASE)[:2] == (True, known)


def _backups(place: Place, known: Held) -> Iterator[tuple[Path, bool]]:
    known_ones = {path.name for path in (place.masters / "backups").rglob("*.magdesk")}
    for path in place.backups.rglob("*.magdesk"):
        if path.name not in known_ones and not path.name.startswith("."):
            yield path, holds(path, PHRASE)[:2] == (True, known)


def _restored(place: Place, known: Held) -> Iterator[tuple[Path, bool]]:
    for path in place.work.glob("case (backup of*.magdesk"):
        yield path, holds(path, PHRASE)[:2] == (True, known)


OPERATIONS = (
    Operation("dump", lambda at: ["dump", str(at.case), "--to", str(at.result), "--yes"], _dump),
    Operation("load", lambda at: ["load", str(at.masters / "dump"), str(at.new_case)], _new_case),
    Operation(
        "export", lambda at: ["export", str(at.case), "--to", str(at.result), "--draft", "--formats", "pdf"], _packet
    ),
    Operation("backup", lambda at: ["backup", str(at.case)], _backups),
    Operation("add", lambda at: ["add", str(at.case), str(at.masters / "inputs")], _nothing, grows=True),
    Operation("sample", lambda at: ["sample", str(at.new_case)], _new_case),
    Operation("passphrase", lambda at: ["passphrase", str(at.case)], _nothing),
    Operation("restore", lambda at: ["restore", str(at.case)], _restored),
)


@dataclass(slots=True)
class Tally:
    """What the moments of one operation came to."""

    moments: int = 0
    opened: int = 0
    verified: int = 0
    finished: int = 0
    lost: int = 0
    left: list[str] = field(default_factory=list)
    found: int = 0


MakeCase = Callable[[Path, str], CaseFile]


def make_masters(folder: Path, make_case: MakeCase = create_sample) -> None:
    """A case with a backup, its dump, and files to add."""
    with make_case(folder / "case.magdesk", PHRASE) as case:
        dump_case(case, folder / "dump")
        to = folder / "backups" / str(case.id) / "2026-11-30T120000.000000Z.magdesk"
        to.parent.mkdir(parents=True)
        case.backup(to)
    (folder / "inputs").mkdir()
    chance = random.Random(1)
    for number in range(INPUTS):
        text = f"Letter {number}. ".encode() * 4000 + chance.randbytes(16).hex().encode()
        (folder / "inputs" / f"{number:02}.txt").write_bytes(text)


def holds(path: Path, *phrases: str) -> tuple[bool, Held, bool]:
    """Whether one of the passphrases opens a case, what it holds, and whether all of it verifies."""
    for phrase in phrases:
        try:
            with CaseFile.open(path, phrase, backups=False) as case:
                facts = case.session.scalar(select(func.count()).select_from(Fact)) or 0
                items = case.session.scalar(select(func.count()).select_from(Evidence)) or 0
                return True, Held(facts, items), case.verify() == []
        except WrongPassphrase:
            continue
        except CaseFileError:
            break
    return False, Held(0, 0), False


def start(operation: Operation, place: Place, program: Sequence[str] = ("magdesk",)) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    secrets = {"MAGDESK_PASSPHRASE": PHRASE, "MAGDESK_NEW_PASSPHRASE": OTHER, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, "-m", *program, *operation.arguments(place)],
        env={**os.environ, **place.environment(), **secrets},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def finish(operation: Operation, process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of a command that nobody disturbs; it must succeed."""
    told = process.communicate()[1]
    if process.returncode != 0:
        raise SystemExit(f"{operation.name}: exit code {process.returncode}: {told.decode()}")


@dataclass(frozen=True, slots=True)
class RandomMoments:
    """Kills at moments drawn evenly from the whole length of an operation."""

    seed: int

    def killers(self, operation: Operation, place: Place, count: int) -> Iterator[Callable[[], None]]:
        """What starts the operation and kills it, once for each moment."""
        chance = random.Random(f"{self.seed} {operation.name}")
        place.clean()
        began = time.monotonic()
        finish(operation, start(operation, place))
        seconds = time.monotonic() - began
        for _moment in range(count):
            yield partial(self._kill, operation, place, chance.random() * seconds)

    @staticmethod
    def _kill(operation: Operation, place: Place, delay: float) -> None:
        process = start(operation, place)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()


@dataclass(frozen=True, slots=True)
class EvenSteps:
    """Kills at steps on the disk that are spread evenly over all steps of an operation, the last one among them.

    Attributes:
        cheap: whether a passphrase costs next to nothing, in this process too.
    """

    cheap: bool

    def killers(self, operation: Operation, place: Place, count: int) -> Iterator[Callable[[], None]]:
        """What starts the operation and lets it kill itself, once for each moment."""
        place.clean()
        finish(operation, start(operation, place, self._program(place, 0)))
        steps = int(self._told(place).read_text("ascii"))
        if steps < count:
            raise SystemExit(f"{operation.name}: {steps} steps on the disk are too few")
        for moment in range(1, count + 1):
            yield partial(self._kill, operation, place, steps * moment // count)

    def _kill(self, operation: Operation, place: Place, step: int) -> None:
        process = start(operation, place, self._program(place, step))
        process.communicate()
        if process.returncode != -signal.SIGKILL:
            raise SystemExit(f"{operation.name}: it did not come to step {step}: {process.returncode}")

    def _program(self, place: Place, step: int) -> Sequence[str]:
        cheap = "yes" if self.cheap else "no"
        return ("tests.bench.stopped", str(place.root), str(step), str(self._told(place)), cheap)

    @staticmethod
    def _told(place: Place) -> Path:
        return place.masters / "steps"


Moments = RandomMoments | EvenSteps


def next_start(place: Place) -> None:
    """What anyone would do next: look at the case. With the passphrase that opens it."""
    for phrase in (PHRASE, OTHER):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            if magdesk(["info", str(place.case)], {"MAGDESK_PASSPHRASE": phrase}) == 0:
                return


def kill_once(operation: Operation, place: Place, kill: Callable[[], None], known: Held, tally: Tally) -> None:
    """One moment."""
    place.clean()
    before = place.files()
    kill()
    tally.moments += 1
    tally.found += len(place.files() - before)
    # Nothing unfinished bears the final name, already before the next start.
    whole = True
    results: set[Path] = set()
    for path, sound in operation.finished(place, known):
        whole = whole and sound
        results.add(path)
    tally.finished += bool(results)
    # Closing a changed case adds a backup to the set: it has its name when it is whole.
    for path in place.backups.rglob("[!.]*.magdesk"):
        if path not in before | results:
            whole = whole and holds(path, PHRASE, OTHER)[0]
            results.add(path)
    next_start(place)
    opened, held, verified = holds(place.case, PHRASE, OTHER)
    tally.opened += opened
    tally.verified += verified
    enough = held.facts == known.facts and (held.items >= known.items if operation.grows else held == known)
    tally.lost += not (whole and opened and enough)
    after = {path for path in place.files() if not any(path.is_relative_to(result) for result in results)}
    tally.left += sorted(str(path.relative_to(place.root)) for path in after - before - _own_folders(place))


def _own_folders(place: Place) -> set[Path]:
    """Empty folders that the program keeps."""
    return {path for path in place.root.rglob("*") if path.is_dir() and path.name in ("magdesk", "unfinished")}


def run(
    operations: Sequence[Operation],
    count: int,
    moments: Moments,
    folder: Path,
    make_case: MakeCase = create_sample,
) -> dict[str, Tally]:
    """Kill each operation so many times, over a case of that making."""
    place = Place(folder / "disk", folder / "masters")
    with _environment(place):
        place.masters.mkdir()
        make_masters(place.masters, make_case)
        place.clean()
        _opened, known, _verified = holds(place.case, PHRASE)
        tallies: dict[str, Tally] = {}
        for operation in operations:
            tally = tallies[operation.name] = Tally()
            for number, kill in enumerate(moments.killers(operation, place, count), 1):
                kill_once(operation, place, kill, known, tally)
                print(f"{operation.name} {number}/{count}", end="\r", file=sys.stderr, flush=True)
            print(_line(operation.name, tally), *tally.left, sep="\n  ", flush=True)
        return tallies


@contextlib.contextmanager
def _environment(place: Place) -> Iterator[None]:
    """The folders of the user are on that disk for this process too, which makes the next start."""
    kept = {name: os.environ.get(name) for name in place.environment()}
    os.environ.update(place.environment())
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


COLUMNS = ("moments", "opened", "verified", "finished", "found", "left behind", "lost")


def _row(name: str, *cells: object) -> str:
    return f"{name:<12}" + "".join(f"{cell!s:>13}" for cell in cells)


def _line(name: str, tally: Tally) -> str:
    return _row(
        name,
        tally.moments,
        tally.opened,
        tally.verified,
        tally.finished,
        tally.found,
        len(tally.left),
        tally.lost,
    )


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", action="store_true", help="at steps on the disk instead of random moments")
    parser.add_argument("--only", default="", help="names of operations, with commas between them")
    options = parser.parse_args(arguments)
    chosen = [one for one in OPERATIONS if not options.only or one.name in options.only.split(",")]
    print(_row("operation", *COLUMNS))
    with tempfile.TemporaryDirectory(prefix="magdesk-kills-") as name:
        how = EvenSteps(cheap=False) if options.steps else RandomMoments(options.seed)
        tallies = run(chosen, options.moments, how, Path(name))
    if any(tally.left or tally.lost or tally.verified < tally.moments for tally in tallies.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
