"""What Windows can do for a worker without a driver or an installer: a job object and mitigation policies.

UNTRIED: written after Microsoft's documentation (JOBOBJECT_EXTENDED_LIMIT_INFORMATION,
JOBOBJECT_BASIC_UI_RESTRICTIONS, SetProcessMitigationPolicy) and never run on a Windows machine. The self-test there
says what holds. It stops new processes, exhaustion and the desktop's clipboard; it does
**not** stop reading files or the network.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from magdesk.intake.sandbox.limits import MEMORY

_BASIC_UI, _EXTENDED = 4, 9  # JobObjectBasicUIRestrictions, JobObjectExtendedLimitInformation
_ACTIVE_PROCESS, _PROCESS_MEMORY, _DIE_ON_EXCEPTION, _KILL_ON_CLOSE = 0x8, 0x100, 0x400, 0x2000
_ALL_UI = 0xFF  # handles, clipboard both ways, parameters, display, atoms, desktop, shutting down
_EXTENSION_POINTS, _IMAGE_LOAD, _CHILD_PROCESS = 6, 10, 13  # PROCESS_MITIGATION_POLICY
_NO_REMOTE_IMAGES, _NO_LOW_LABEL_IMAGES = 1, 2


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def enter_job(processes: int = 1) -> None:
    """Into a job of its own: no further process, so much memory, nothing of the desktop.

    Args:
        processes: that may be alive in the job, this one among them.

    Raises:
        OSError: Windows does not do it.
    """
    kernel = _kernel()
    job = kernel.CreateJobObjectW(None, None)
    if not job:
        raise _failed()
    limits = _Extended()
    limits.basic.flags = _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_EXCEPTION | _KILL_ON_CLOSE
    limits.basic.processes = processes
    limits.process_memory = MEMORY
    ui = ctypes.c_uint32(_ALL_UI)
    for kind, value in ((_EXTENDED, limits), (_BASIC_UI, ui)):
        if not kernel.SetInformationJobObject(job, kind, ctypes.byref(value), ctypes.sizeof(value)):
            raise _failed()
    # The handle stays open for as long as this process lives; the job ends with it.
    if not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
        raise _failed()


def set_policies() -> None:
    """No child process, no library from a share or from what came off the network, no foreign hooks.

    Raises:
        OSError: this Windows does not know one of them.
    """
    kernel = _kernel()
    policies = ((_CHILD_PROCESS, 1), (_IMAGE_LOAD, _NO_REMOTE_IMAGES | _NO_LOW_LABEL_IMAGES), (_EXTENSION_POINTS, 1))
    for policy, flags in policies:
        value = ctypes.c_uint32(flags)
        if not kernel.SetProcessMitigationPolicy(policy, ctypes.byref(value), ctypes.sizeof(value)):
            raise _failed()


def _kernel() -> Any:
    if sys.platform != "win32":
        raise OSError("not Windows")
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    handle = ctypes.c_void_p
    kernel.CreateJobObjectW.restype = handle
    kernel.CreateJobObjectW.argtypes = (handle, ctypes.c_wchar_p)
    kernel.GetCurrentProcess.restype = handle
    kernel.SetInformationJobObject.argtypes = (handle, ctypes.c_int, handle, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (handle, handle)
    kernel.SetProcessMitigationPolicy.argtypes = (ctypes.c_int, handle, ctypes.c_size_t)
    return kernel


def _failed() -> OSError:
    if sys.platform != "win32":
        return OSError("not Windows")
    return ctypes.WinError(ctypes.get_last_error())
