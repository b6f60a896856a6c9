"""The minutes of a meeting as a Word file: what its reader may read of them, and nothing else."""

from typing import Final

from django.utils import timezone
from docx.document import Document as WordDocument

from sightline.partnership.accounts.models import Account
from sightline.partnership.documents.word_files import MARKING, blank, clean, same_bytes, write_row
from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import Meeting, MeetingAction, MeetingDecision

MADE_BY: Final = "Sightline"


def written(meeting: Meeting, account: Account) -> bytes:
    """The approved minutes, item by item, with decisions, dissent and actions. Whoever left for an item finds it said that it is kept."""
    on = timezone.localdate(meeting.minutes_approved_at or meeting.minutes_locked_at or meeting.starts_at)
    reference = meeting.matter.reference if meeting.matter else ""
    document = blank(title=f"Minutes {reference}", footer=f"{reference} {meeting.held_on:%-d %B %Y}", by=MADE_BY, on=on)
    document.add_paragraph("Minutes", style="Title")
    document.add_paragraph(clean(f"{meeting.title}, {meeting.held_on:%-d %B %Y}. {reference}. {MARKING}. {_state(meeting)}"))
    _write_people(document, meeting)
    interests = meeting.declarations.filter(has_interest=True).exclude(outcome="").select_related("officer", "item")
    if interests:
        document.add_heading("Interests declared", level=1)
    for each in interests:
        said = f"left for item {each.item.position}" if each.item else each.get_outcome_display().lower()
        document.add_paragraph(clean(f"{each.officer.name} declared an interest: {said}."))
    opened, decisions, actions = (f(account, meeting) for f in (access.items_open, access.decisions_shown, access.actions_shown))
    for item in access.agenda_shown(account, meeting):
        document.add_heading(clean(f"{item.position}. {item.title}"), level=1)
        if item.pk not in opened:
            document.add_paragraph("Kept from the reader of this copy.")
            continue
        _write_text(document, item.notes or "Nothing was noted.")
        of_item = [each for each in decisions if each.item_id == item.pk]
        _write_outcome(document, of_item, [each for each in actions if each.item_id == item.pk])
    whole = [each for each in decisions if each.item_id is None], [each for each in actions if each.item_id is None]
    if any(whole):
        document.add_heading("The meeting as a whole", level=1)
        _write_outcome(document, *whole)
    if access.may_read_whole_minutes(account, meeting):
        if meeting.minutes:
            document.add_heading("What else was said", level=1)
            _write_text(document, meeting.minutes)
        if meeting.minutes_corrections:
            document.add_heading("Matters of accuracy", level=1)
            _write_text(document, meeting.minutes_corrections)
    return same_bytes(document, on)


def _state(meeting: Meeting) -> str:
    if meeting.minutes_approved_at:
        return f"Approved on {timezone.localtime(meeting.minutes_approved_at):%-d %B %Y}."
    return "A draft that has not been approved."


def _write_people(document: WordDocument, meeting: Meeting) -> None:
    document.add_heading("Who was there", level=1)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    if meeting.chair:
        write_row(table.add_row(), "Chair", meeting.chair.name)
    people = meeting.attendances.filter(taken_off_at__isnull=True).select_related("officer__agency", "seat", "deputy_for")
    for each in people.prefetch_related("presences"):
        spans = [f"{_clock(span.arrived_at)} to {_clock(span.left_at) if span.left_at else 'the end'}" for span in each.presences.all()]
        there = ", ".join(spans) or ("Apologies" if each.answer == "apologies" else "Not there")
        for_whom = f", in place of {each.deputy_for.name}" if each.deputy_for else ""
        write_row(table.add_row(), f"{each.officer.name}, {each.officer.agency}{for_whom}", there)


def _write_outcome(document: WordDocument, decisions: list[MeetingDecision], actions: list[MeetingAction]) -> None:
    for each in decisions:
        document.add_heading(f"Decision {each.number}: {each.get_status_display().lower()}", level=2)
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        write_row(table.add_row(), "What was decided", each.text)
        if each.options:
            chosen = [f"{option} (chosen)" if option == each.chosen else option for option in each.options]
            write_row(table.add_row(), "Options", "\n".join(chosen))
        for row in each.criteria:
            write_row(table.add_row(), row["criterion"], row["found"])
        write_row(table.add_row(), "Why", each.reasons)
        write_row(table.add_row(), "Quorum", each.quorum_in_words)
        for dissent in each.dissents.all():
            write_row(table.add_row(), "Did not agree", f"{dissent.officer.name}: {dissent.reasons}")
        if each.review_on:
            write_row(table.add_row(), "Looked at again", f"{each.review_on:%-d %B %Y}")
    for each in actions:
        document.add_heading(f"Action {each.number}", level=2)
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        write_row(table.add_row(), "What is to be done", each.action.text)
        write_row(table.add_row(), "What will be different for children", each.action.outcome)
        write_row(table.add_row(), "Owner", f"{each.action.owner_officer.name}, {each.action.owner_agency}")
        write_row(table.add_row(), "Due", f"{each.action.first_due_on:%-d %B %Y}")


def _write_text(document: WordDocument, text: str) -> None:
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        document.add_paragraph(clean(paragraph))


def _clock(moment: object) -> str:
    return f"{timezone.localtime(moment):%H:%M}"  # type: ignore[arg-type]
