"""Moves of the papers of a meeting: add one, early or late, and put a newer one in the place of another."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.documents import workflow as documents
from sightline.partnership.documents.models import Document
from sightline.partnership.meetings import access, pack
from sightline.partnership.meetings.models import AgendaItem, Meeting, Paper
from sightline.partnership.meetings.workflow import letters_to
from sightline.partnership.meetings.workflow.planning import lock, save
from sightline.procedures.errors import NotAllowedNow

MOST_PAGES = 500


def add_paper(
    meeting: Meeting, *, title: str, by: Account, item: AgendaItem | None = None, file: UploadedFile | None = None, text: str = "",
    pages: int | None = None, part: str = "restricted", late_because: str = "", at: datetime | None = None, **cover: Any,
) -> Paper:  # fmt: skip
    """Add a paper at the end of the pack. After the papers were sent it is a late supplement, and everybody asked is told."""
    access.check_can_run(by, meeting)
    _check(meeting, item, title, file, text, pages)
    if meeting.papers_sent_at is not None and not late_because.strip():
        raise NotAllowedNow("The papers have been sent. Say why this one comes late.")
    document = _keep(meeting, file, title, by)
    with transaction.atomic():
        meeting = lock(meeting)
        access.check_can_run(by, meeting)
        paper = _place(meeting, title, item, document, text, pages, part, by, at, late_because, 1, cover)
        trail.record("meeting.paper_added", paper, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return paper


def replace_paper(
    paper: Paper, *, because: str, by: Account, file: UploadedFile | None = None, text: str = "", pages: int | None = None,
    at: datetime | None = None,
) -> Paper:  # fmt: skip
    """Put a newer paper in place of one. It takes new pages at the end; the old one keeps its own, so no other page moves."""
    meeting = paper.meeting
    access.check_can_run(by, meeting)
    _check(meeting, None, paper.title, file, text, pages)
    if not because.strip():
        raise NotAllowedNow("Say why the paper is replaced and what is new in it.")
    document = _keep(meeting, file, paper.title, by)
    with transaction.atomic():
        meeting = lock(meeting)
        access.check_can_run(by, meeting)
        paper = Paper.objects.select_for_update(of=("self",)).select_related("item").get(pk=paper.pk)
        if paper.replaced_by_id is not None:
            raise NotAllowedNow("This paper was replaced already. Replace the newest one.")
        cover = {name: getattr(paper, name) for name in ("purpose", "decision_wanted", "impact_on_children", "equality")}
        newer = _place(
            meeting, paper.title, paper.item, document, text, pages, paper.part, by, at, because if meeting.papers_sent_at else "",
            paper.version + 1, cover,
        )  # fmt: skip
        paper.replaced_by, paper.replaced_because = newer, because.strip()
        paper.save(update_fields=["replaced_by", "replaced_because"])
        trail.record("meeting.paper_replaced", newer, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return newer


def _place(
    meeting: Meeting, title: str, item: AgendaItem | None, document: Document | None, text: str, pages: int | None, part: str,
    by: Account, at: datetime | None, late_because: str, version: int, cover: dict[str, Any],
) -> Paper:  # fmt: skip
    is_late = meeting.papers_sent_at is not None
    paper = Paper.objects.create(
        meeting=meeting, item=item, title=title.strip(), document=document, text="" if document else text.strip(),
        number=(meeting.papers.aggregate(last=Max("number"))["last"] or 0) + 1, first_page=pack.next_page(meeting),
        pages=pages if document and pages else len(pack.sheets(text.strip())), part=part, is_late=is_late,
        late_because=late_because.strip() if is_late else "", added_by=by, added_at=at or timezone.now(), version=version, **cover,
    )  # fmt: skip
    save(meeting)
    if is_late:
        letters_to.everybody_asked(meeting, "meetings.late_paper")
    return paper


def _check(meeting: Meeting, item: AgendaItem | None, title: str, file: UploadedFile | None, text: str, pages: int | None) -> None:
    if meeting.is_over:
        raise NotAllowedNow("This meeting is over. Its pack is closed.")
    if not title.strip():
        raise NotAllowedNow("Give the paper a title.")
    if item is not None and item.meeting_id != meeting.pk:
        raise NotAllowedNow("Choose an item of this meeting's agenda.")
    if (file is None) == (not text.strip()):
        raise NotAllowedNow("Choose a file, or write the text of the paper: one of the two.")
    if file is not None and not (pages and 1 <= pages <= MOST_PAGES):
        raise NotAllowedNow(f"Say how many pages the file has, from 1 to {MOST_PAGES}, so that the pages of the pack can be numbered.")


def _keep(meeting: Meeting, file: UploadedFile | None, title: str, by: Account) -> Document | None:
    if file is None:
        return None
    if meeting.matter is None:
        # Who may read the files of a body is decided by its seats, which no page asks yet.
        raise NotAllowedNow("A file is kept with a review, and this meeting belongs to none. Write the text of the paper instead.")
    return documents.keep(file, matter=meeting.matter, title=title, by=by, kind="meeting")
