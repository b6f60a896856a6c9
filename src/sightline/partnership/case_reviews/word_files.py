"""What every Word file that leaves this room has in common."""

import io
import zipfile
from datetime import date


def as_of(target: io.BytesIO, day: date) -> bytes:
    """The same parts without the second in which each was written, so that one file of one day is the same file."""
    result = io.BytesIO()
    with zipfile.ZipFile(target) as written_now, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as same:
        for part in written_now.infolist():
            undated = zipfile.ZipInfo(part.filename, (day.year, day.month, day.day, 0, 0, 0))
            same.writestr(undated, written_now.read(part), zipfile.ZIP_DEFLATED)
    return result.getvalue()
