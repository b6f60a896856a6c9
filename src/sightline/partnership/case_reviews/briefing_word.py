"""A seven-minute briefing as a Word file: the same seven boxes each time, and nothing of any child."""

from datetime import date

from sightline.partnership.case_reviews.models import Briefing
from sightline.partnership.documents.word_files import blank, clean, same_bytes
from sightline.procedures.learning import BOXES


def written(briefing: Briefing, *, on: date) -> bytes:
    document = blank(title=clean(briefing.title), footer="Seven-minute briefing", by="Sightline", on=on, marking="OFFICIAL")
    document.add_paragraph(clean(briefing.title), style="Title")
    document.add_paragraph("OFFICIAL. Seven-minute briefing. Read it together, then agree what the team will do.")
    for code, label in BOXES:
        document.add_heading(label, level=1)
        for paragraph in (briefing.boxes.get(code) or "To be written.").split("\n\n"):
            document.add_paragraph(clean(paragraph))
    return same_bytes(document, on)
