"""What Landlock is asked for on each kernel: every right that it knows there, and no more than it takes."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path
from typing import Any

import pytest

from magdesk.intake.sandbox import landlock, limits
from magdesk.intake.sandbox.landlock import EXECUTE, READ_DIR, READ_FILE, Allowed

CREATE, ADD, RESTRICT = 444, 445, 446
# The rights to files that each version brought (landlock(7)), by their bits.
FIRST, RENAME, TRUNCATE, DEVICES = (1 << 13) - 1, 1 << 13, 1 << 14, 1 << 15


class Kernel:
    """Takes down what it is asked for."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.ruleset: tuple[int, ...] = ()
        self.size = 0
        self.rules: list[int] = []
        self.privileges: list[tuple[int, ...]] = []
        self.restricted = False
        self.handles: list[int] = []
        self.fails = 0

    def call(self, number: int, *values: Any) -> int:
        if number == self.fails:
            ctypes.set_errno(errno.EINVAL)
            return -1
        if number == CREATE and values[0] is None:
            assert values[1:] == (0, 1)
            return self.version
        if number == CREATE:
            made = values[0]._obj
            self.ruleset, self.size = (made.files, made.net, made.scoped), values[1]
            assert values[2] == 0
            self.handles.append(os.dup(0))
            return self.handles[0]
        if number == ADD:
            assert (values[0], values[1], values[3]) == (self.handles[0], 1, 0)
            assert ctypes.sizeof(values[2]._obj) == 12  # struct landlock_path_beneath_attr is packed
            self.rules.append(values[2]._obj.allowed)
            self.handles.append(values[2]._obj.parent)
            return 0
        assert (number, *values) == (RESTRICT, self.handles[0], 0)
        assert self.privileges == [(38, 1, 0, 0, 0)]  # PR_SET_NO_NEW_PRIVS, without which it is refused
        self.restricted = True
        return 0

    def prctl(self, *values: int) -> int:
        self.privileges.append(values)
        return 0


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Kernel:
    made = Kernel(request.param)
    monkeypatch.setattr(landlock, "_call", made.call)
    monkeypatch.setattr(landlock, "_libc", lambda: made)
    return made


@pytest.mark.parametrize(
    ("kernel", "files", "net", "scopes", "size"),
    [
        (1, FIRST, 0, 0, 8),
        (2, FIRST | RENAME, 0, 0, 8),
        (3, FIRST | RENAME | TRUNCATE, 0, 0, 8),
        (4, FIRST | RENAME | TRUNCATE, 0b11, 0, 16),
        (5, FIRST | RENAME | TRUNCATE | DEVICES, 0b11, 0, 16),
        (6, FIRST | RENAME | TRUNCATE | DEVICES, 0b11, 0b11, 24),
        (9, FIRST | RENAME | TRUNCATE | DEVICES, 0b11, 0b11, 24),
    ],
    indirect=["kernel"],
)
def test_all_that_a_kernel_can_take_away_is_taken(
    kernel: Kernel, files: int, net: int, scopes: int, size: int
) -> None:
    assert landlock.restrict() == kernel.version
    assert kernel.ruleset == (files, net, scopes)
    assert kernel.size == size
    assert kernel.rules == []
    assert kernel.restricted


def closed(handle: int) -> bool:
    try:
        os.fstat(handle)
    except OSError:
        return True
    return False


@pytest.mark.parametrize("kernel", [6], indirect=True)
def test_what_is_kept_is_said_of_a_file_as_of_a_file(kernel: Kernel, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    landlock.restrict([Allowed(tmp_path / one, EXECUTE | READ_FILE | READ_DIR) for one in ("missing", "file", ".")])
    # A right to list a folder, said of a file, would be refused by the kernel.
    assert kernel.rules == [0b101, 0b1101]
    assert len(kernel.handles) == 3
    assert all(map(closed, kernel.handles))


@pytest.mark.parametrize(
    ("kernel", "rights"), [(6, 0b1100_0000_0000_0111), (4, 0b100_0000_0000_0111)], indirect=["kernel"]
)
def test_of_a_file_only_what_can_be_said_of_one_is_said(kernel: Kernel, rights: int, tmp_path: Path) -> None:
    """Execute, write, read; truncate from version 3 on, control of devices from version 5 on."""
    (tmp_path / "file").touch()
    landlock.restrict([Allowed(tmp_path / "file", -1)])
    assert kernel.rules == [rights]


@pytest.mark.parametrize("kernel", [6], indirect=True)
@pytest.mark.parametrize("call", [CREATE, ADD, RESTRICT])
def test_what_the_kernel_refuses_is_an_error(kernel: Kernel, call: int, tmp_path: Path) -> None:
    kernel.fails = call
    with pytest.raises(OSError, match="Invalid argument" if call != CREATE else "no Landlock"):
        landlock.restrict([Allowed(tmp_path, READ_DIR)])
    assert not kernel.restricted
    assert all(map(closed, kernel.handles))


@pytest.mark.parametrize("kernel", [0, -1], indirect=True)
def test_without_it_nothing_is_claimed(kernel: Kernel) -> None:
    assert landlock.version() == 0
    with pytest.raises(OSError, match="no Landlock"):
        landlock.restrict()
    assert not kernel.restricted


@pytest.mark.parametrize("answer", [0, -1])
def test_a_network_of_its_own_is_one_or_an_error(answer: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Library:
        def unshare(self, flags: int) -> int:
            asked.append(flags)
            ctypes.set_errno(errno.EPERM)
            return answer

    monkeypatch.setattr(ctypes, "CDLL", lambda *_given, **_how: Library())
    if answer:
        with pytest.raises(OSError, match="no namespace"):
            limits.leave_network()
    else:
        limits.leave_network()
    assert asked == [0x10000000 | 0x40000000]  # CLONE_NEWUSER, CLONE_NEWNET
