"""Audio for the recordings: a soft chime at the start of each chapter."""

import io
import math
import wave
from collections.abc import Iterable

RATE = 8000
_SILENCE = 128
_SECONDS = 3
_LOUDNESS = 26


def chime(*, tone: float, seconds: int, at: Iterable[int]) -> bytes:
    """Return a WAV file (mono, 8 bits, 8 kHz) with a chime at each given second."""
    sound = bytearray([_SILENCE]) * (seconds * RATE)
    struck = _struck(tone)
    for second in at:
        start = second * RATE
        sound[start : start + len(struck)] = struck[: len(sound) - start]
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(bytes(sound))
    return out.getvalue()


def _struck(tone: float) -> bytes:
    """Return the samples of one chime: a tone and its fifth, fading."""
    made = bytearray()
    for step in range(_SECONDS * RATE):
        time = step / RATE
        turn = math.tau * tone * time
        both = math.sin(turn) + 0.5 * math.sin(1.5 * turn)
        fade = min(1.0, time * 40) * math.exp(-1.8 * time)
        made.append(_SILENCE + round(_LOUDNESS * fade * both))
    return bytes(made)
