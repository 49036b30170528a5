"""What macOS can do for a worker: a Seatbelt profile, set by the process itself.

UNTRIED: written after sandbox(7) and never run on a Mac. ``sandbox_init`` is deprecated since 10.8 and has no
successor for helpers that are no bundle; browsers still use it. The self-test there says what holds.
"""

from __future__ import annotations

import ctypes
import ctypes.util

# All is refused but what a loaded interpreter asks of the kernel. Pipes that are open stay open.
WORKER_PROFILE = "(version 1)(deny default)(allow sysctl-read)(allow process-info* (target self))"


def program_profile(program: str) -> str:
    """The profile under which one program of the system may be started and read its own data, and no more."""
    quoted = program.replace("\\", "\\\\").replace('"', '\\"')
    return (
        "(version 1)(deny default)(allow sysctl-read)(allow process-info* (target self))"
        f'(allow process-exec (literal "{quoted}"))'
        '(allow file-read* (subpath "/usr/lib") (subpath "/usr/share") (subpath "/System") (subpath "/opt")'
        f' (subpath "/usr/local") (literal "/dev/urandom") (literal "/dev/null") (literal "{quoted}"))'
    )


def enter(profile: str) -> None:
    """Under the profile for good.

    Raises:
        OSError: macOS does not do it.
    """
    library = ctypes.util.find_library("sandbox") or "/usr/lib/libsandbox.dylib"
    sandbox = ctypes.CDLL(library)
    sandbox.sandbox_init.argtypes = (ctypes.c_char_p, ctypes.c_uint64, ctypes.POINTER(ctypes.c_char_p))
    error = ctypes.c_char_p()
    if sandbox.sandbox_init(profile.encode(), 0, ctypes.byref(error)):
        raise OSError((error.value or b"no sandbox").decode("utf-8", "replace"))
