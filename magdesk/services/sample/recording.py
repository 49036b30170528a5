"""A telephone recording whose voices were replaced by tones of the same length, as witness protection has it."""

from __future__ import annotations

import array
import io
import math
import sys
import wave

_RATE = 8000
_SECONDS = 14
# start and end in seconds, pitches in hertz, beats of speech in a second (0 for a steady signal)
_PARTS = (
    (0.4, 1.2, (660, 880), 0.0),
    (1.4, 2.2, (660, 880), 0.0),
    (3.0, 5.6, (210, 420), 4.5),
    (6.0, 8.6, (205, 410), 4.2),
    (9.0, 11.6, (215, 430), 4.8),
    (12.0, 12.8, (660, 880), 0.0),
    (13.0, 13.8, (660, 880), 0.0),
)


def loudspeaker() -> bytes:
    """The recording as WAV: 14 seconds, one channel."""
    samples = array.array("h", bytes(2 * _RATE * _SECONDS))
    for start, end, pitches, beats in _PARTS:
        for index in range(round(start * _RATE), round(end * _RATE)):
            moment = index / _RATE
            level = 0.35 * abs(math.sin(math.pi * beats * moment)) if beats else 0.25
            edge = min(1.0, (moment - start) * 40, (end - moment) * 40)
            tone = sum(math.sin(2 * math.pi * pitch * moment) for pitch in pitches) / len(pitches)
            samples[index] = round(32767 * level * edge * tone)
    if sys.byteorder == "big":
        samples.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE)
        sound.writeframes(samples.tobytes())
    return out.getvalue()
