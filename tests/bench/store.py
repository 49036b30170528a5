"""How fast evidence goes into a case file, against reading, hashing and writing plain files in the same run.

    python tests/bench/store.py --mib 1024

The baseline reads the same file, computes SHA-256 and writes a plain copy with fsync, in one thread. Rounds of both
alternate, and the medians are compared: disks and neighbours are not steady.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from magdesk.casefile import CaseFile, KeyCost

MIB = 1 << 20
WANTED = 0.3


def write_plain(source: Path, target: Path) -> float:
    """Seconds for the baseline."""
    start = time.perf_counter()
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(MIB):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    seconds = time.perf_counter() - start
    target.unlink()
    return seconds


def store_in_case(source: Path, folder: Path) -> tuple[float, float]:
    """Seconds to store the file in a new case up to the commit, and up to the one closed file."""
    path = folder / "bench.magdesk"
    case = CaseFile.create(path, "bench", cost=KeyCost(1024, 1, 1), backups=False)
    start = time.perf_counter()
    with source.open("rb") as stream:
        case.blobs.put(stream)
    stored = time.perf_counter() - start
    case.close()
    closed = time.perf_counter() - start
    path.unlink()
    return stored, closed


def measure(mib: int, rounds: int) -> float:
    """Print the figures; return throughput of storing over that of the baseline."""
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as name:
        folder = Path(name)
        source = folder / "source.bin"
        with source.open("wb") as stream:
            for _number in range(mib):
                stream.write(os.urandom(MIB))
            os.fsync(stream.fileno())
        write_plain(source, folder / "plain.bin")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        plain, stored, closed = [], [], []
        for _round in range(rounds):
            plain.append(write_plain(source, folder / "plain.bin"))
            seconds, until_closed = store_in_case(source, folder)
            stored.append(seconds)
            closed.append(until_closed)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    base, case, whole = (statistics.median(values) for values in (plain, stored, closed))
    print(f"read + SHA-256 + plain write + fsync: {mib / base:7.0f} MiB/s   {[round(x, 2) for x in plain]}")
    print(f"stored in the case, committed:        {mib / case:7.0f} MiB/s   {[round(x, 2) for x in stored]}")
    print(f"the same, until the case is closed:   {mib / whole:7.0f} MiB/s   {[round(x, 2) for x in closed]}")
    print(f"memory above the baseline's: {grown / 1024:.0f} MiB")
    print(f"ratio of throughput (until closed): {base / whole:.2f}, wanted at least {WANTED}")
    return base / whole


def main(arguments: Sequence[str] | None = None) -> float:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description="Throughput of storing evidence.")
    parser.add_argument("--mib", type=int, default=256, help="size of the file (default 256)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each kind (default 3)")
    options = parser.parse_args(arguments)
    return measure(options.mib, options.rounds)


if __name__ == "__main__":
    main()
