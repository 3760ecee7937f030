"""Timestamps in a recording."""


def timestamp(milliseconds: int) -> str:
    """Return a time in a recording as people write it: 0:07, 12:34, 1:02:03."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
