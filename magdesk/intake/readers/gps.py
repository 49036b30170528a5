"""Where a camera says it stood: decimal degrees out of EXIF's degrees, minutes and seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, SupportsFloat


def position_details(tags: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and value of each statement about the place, from EXIF tags.

    Args:
        tags: as exifread gives them.
    """
    latitude = _degrees(tags, "Latitude", "S", 90)
    longitude = _degrees(tags, "Longitude", "W", 180)
    if latitude is not None and longitude is not None and (latitude, longitude) != (0, 0):
        yield "GPS position", f"{latitude:.6f}, {longitude:.6f}"
    heights = _numbers(tags.get("GPS GPSAltitude"))
    if heights:
        below = _numbers(tags.get("GPS GPSAltitudeRef")) == [1]
        yield "Altitude", f"{-heights[0] if below else heights[0]:.0f} m"
    directions = _numbers(tags.get("GPS GPSImgDirection"))
    if directions and 0 <= directions[0] <= 360:
        reference = {"T": "true", "M": "magnetic"}.get(str(tags.get("GPS GPSImgDirectionRef", "")), "")
        yield "Direction", f"{directions[0]:.0f}° {reference}".strip()
    day = str(tags.get("GPS GPSDate", tags.get("GPS GPSDateStamp", ""))).replace(":", "-")
    clock = _numbers(tags.get("GPS GPSTimeStamp"))
    if day and len(clock) == 3:
        yield "GPS time", f"{day} {int(clock[0]):02d}:{int(clock[1]):02d}:{int(clock[2]):02d} UTC"
    errors = _numbers(tags.get("GPS Tag 0x001F", tags.get("GPS GPSHPositioningError")))
    if errors:
        yield "Accuracy claimed", f"{errors[0]:.0f} m"


def _degrees(tags: Mapping[str, Any], axis: str, negative: str, most: int) -> float | None:
    parts = _numbers(tags.get(f"GPS GPS{axis}"))
    if not parts:
        return None
    value = sum((part / 60.0**power for power, part in enumerate(parts[:3])), 0.0)
    if not 0 <= value <= most:
        return None
    return -value if str(tags.get(f"GPS GPS{axis}Ref", "")).strip().upper().startswith(negative) else value


def _numbers(tag: Any) -> list[float]:
    values = getattr(tag, "values", None)
    if not isinstance(values, list):
        return []
    try:
        return [float(value) for value in values if isinstance(value, SupportsFloat)]
    except (ValueError, ArithmeticError):
        return []
