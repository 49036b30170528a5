"""Files that cannot be pages, or not only pages, go into the packet as they are, under neutral names."""

from __future__ import annotations

from magdesk.packet.manifest import NATIVE_FOLDER
from magdesk.packet.plan import BundlePlan
from magdesk.packet.sink import PacketSink
from magdesk.progress import CancelToken, Progress, no_progress


def write_natives(
    plan: BundlePlan, sink: PacketSink, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> None:
    """Copy the originals that the plan delivers beside or instead of pages, and check their digests on the way.

    Raises:
        ExportError: an original's bytes are not those that were recorded, or cannot be written.
        Cancelled: ``cancel`` was set.
    """
    wanted = [exhibit for exhibit in plan.exhibits if exhibit.native]
    for index, exhibit in enumerate(wanted):
        if cancel is not None:
            cancel.check()
        progress(index, len(wanted), exhibit.native)
        with exhibit.item.open() as stream:
            sink.copy(f"{NATIVE_FOLDER}/{exhibit.native}", stream, sha256=exhibit.item.sha256)
    progress(len(wanted), len(wanted))
