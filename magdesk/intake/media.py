"""Duration and frame size of audio and video."""

from __future__ import annotations

from typing import BinaryIO

import pymediainfo

from magdesk.intake.facts import FileFacts


def read_media(stream: BinaryIO, media_type: str) -> FileFacts:
    """What a recording says of itself; read through the stream, so nothing is copied to the disk."""
    stream.seek(0)
    try:
        tracks = pymediainfo.MediaInfo.parse(stream).tracks
    except (OSError, RuntimeError, ValueError) as error:
        return FileFacts(media_type, note=f"The recording cannot be read ({type(error).__name__}).")
    milliseconds = width = height = None
    for track in tracks:
        if track.track_type == "General":
            milliseconds = track.duration
        elif track.track_type == "Video":
            width, height = track.width, track.height
    note = "" if milliseconds else "The recording does not say how long it is."
    duration = float(milliseconds) / 1000 if milliseconds else None
    return FileFacts(media_type, width=width, height=height, duration=duration, note=note)
