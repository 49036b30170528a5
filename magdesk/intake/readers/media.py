"""Duration, frame size, codecs, date and place of audio and video."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pymediainfo

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.source import Source

# The library is looked for once, here: later a worker cannot ask whether a file exists.
_NAME = {"win32": "MediaInfo.dll", "darwin": "libmediainfo.0.dylib"}.get(sys.platform, "libmediainfo.so.0")
_BESIDE = Path(pymediainfo.__file__).parent / _NAME
_LIBRARY = str(_BESIDE) if _BESIDE.is_file() else None
_GENERAL = (
    ("format", "Format"),
    ("performer", "Performer"),
    ("title", "Title"),
    ("recorded_date", "Recorded"),
    ("comapplequicktimecreationdate", "Recorded"),
    ("encoded_date", "Encoded"),
    ("tagged_date", "Tagged"),
    ("comapplequicktimemake", "Maker"),
    ("comapplequicktimemodel", "Model"),
    ("comapplequicktimesoftware", "Software"),
    ("comandroidversion", "Android version"),
    ("writing_application", "Written by"),
    ("writing_library", "Library"),
    ("comment", "Comment"),
    ("description", "Description"),
)
_PLACES = ("comapplequicktimelocationiso6709", "xyz", "recorded_location", "location")
_ISO6709 = re.compile(r"([+-]\d{1,3}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?")
_NOT_SET = ("1904-01-01", "1970-01-01", "0000-")


def read_media(source: Source, findings: FileReading) -> None:
    """What a recording says of itself; read through the stream, so nothing is copied to the disk."""
    source.stream.seek(0)
    try:
        tracks = pymediainfo.MediaInfo.parse(source.stream, library_file=_LIBRARY).tracks
    except (OSError, RuntimeError, ValueError) as error:
        findings.note(_("The recording cannot be read ({reason}).").format(reason=type(error).__name__))
        return
    counts: dict[str, int] = {}
    for track in tracks:
        values = {name: value for name, value in track.to_data().items() if value not in (None, "")}
        kind = track.track_type
        counts[kind] = counts.get(kind, 0) + 1
        if kind == "General":
            _read_general(values, findings)
        elif kind == "Video":
            _read_video(values, findings)
        elif kind == "Audio":
            findings.detail("media", "Sound", _join(values, "format", "channel_s", "sampling_rate", "language"))
        elif kind == "Text":
            findings.detail("media", "Subtitles", _join(values, "format", "language"))
    if not findings.duration:
        findings.note(_("The recording does not say how long it is."))
    if not counts.get("Video") and not counts.get("Audio"):
        findings.note(_("No sound or picture was found in it; the file may be damaged or cut off."))


def _read_general(values: dict[str, object], findings: FileReading) -> None:
    duration = values.get("duration")
    if duration:
        findings.duration = float(str(duration)) / 1000
    for key, name in _GENERAL:
        text = str(values.get(key, ""))
        if not text.startswith(_NOT_SET):
            findings.detail("media", name, text)
    for key in ("comapplequicktimecreationdate", "recorded_date", "encoded_date"):
        stamp = str(values.get(key, "")).removeprefix("UTC ")[:10]
        if findings.created is None and not stamp.startswith(_NOT_SET):
            findings.made_on(stamp)
    for key in _PLACES:
        text = str(values.get(key, ""))
        match = _ISO6709.search(text)
        if match:
            latitude, longitude = float(match[1]), float(match[2])
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                findings.detail("position", "GPS position", f"{latitude:.6f}, {longitude:.6f}")
                if match[3]:
                    findings.detail("position", "Altitude", f"{float(match[3]):.0f} m")
                return


def _read_video(values: dict[str, object], findings: FileReading) -> None:
    if findings.width is None and values.get("width") and values.get("height"):
        findings.width, findings.height = int(str(values["width"])), int(str(values["height"]))
    findings.detail("media", "Picture", _join(values, "format", "width", "height", "frame_rate"))
    if str(values.get("rotation", "0")).partition(".")[0] not in ("0", ""):
        findings.detail("media", "Turned by", f"{str(values['rotation']).partition('.')[0]}°")


def _join(values: dict[str, object], *names: str) -> str:
    labels = {"channel_s": "{} channels", "sampling_rate": "{} Hz", "width": "{} wide", "height": "{} high",
              "frame_rate": "{} frames/s"}  # fmt: skip
    return ", ".join(labels.get(name, "{}").format(values[name]) for name in names if name in values)
