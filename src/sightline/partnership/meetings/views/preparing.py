"""Pages that prepare a meeting: its agenda, its papers and the pack."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.documents.views import as_attachment
from sightline.partnership.meetings import abilities, access, pack
from sightline.partnership.meetings.abilities import PartOfMeeting
from sightline.partnership.meetings.forms import ItemForm, PaperForm, ReplacePaperForm
from sightline.partnership.meetings.models import Meeting
from sightline.partnership.meetings.views import steps
from sightline.partnership.meetings.views.people import to_declare
from sightline.partnership.meetings.workflow import papers, planning


def _presenters(meeting: Meeting) -> list[Any]:
    return [each.officer for each in meeting.attendances.filter(taken_off_at__isnull=True).select_related("officer__agency")]


@abilities.runs(abilities.meeting)
@require_http_methods(["GET", "POST"])
def add_item(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Put an item on the agenda."""
    initial = {"purpose": "discussion", "part": "restricted"}
    form = ItemForm(request.POST or None, officers=_presenters(meeting), is_new=True, initial=initial)
    return steps.take(
        request, meeting, form, lambda sent: planning.add_item(meeting, by=request.user, **sent.cleaned_data), title="Add an item",
        submit="Add", done="The item is on the agenda.",
    )  # fmt: skip


@abilities.runs(abilities.item)
@require_http_methods(["GET", "POST"])
def change_item(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """Change an item, or move it."""
    item = found.part
    form = ItemForm(request.POST or None, officers=_presenters(found.meeting), initial=ItemForm.initial_of(item))
    kept: dict[str, Any] = {}

    def move(form: ItemForm) -> None:
        seen = form.cleaned_data.pop("version") or 0
        if seen != item.version:
            kept["kept_item"] = item
            steps.seen_again(form, item.version)
        planning.change_item(item, by=request.user, version=seen, **form.cleaned_data)

    return steps.take(request, found.meeting, form, move, title="Change an item", submit="Save", kept=kept)


@abilities.chairs(abilities.meeting)
@require_POST
def lock_agenda(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return steps.press(request, meeting, lambda: planning.lock_agenda(meeting, by=request.user), done="The agenda is fixed.")


@abilities.runs(abilities.meeting)
@require_http_methods(["GET", "POST"])
def add_paper(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Add a paper at the end of the pack."""
    is_late = meeting.papers_sent_at is not None
    form = PaperForm(request.POST or None, request.FILES or None, items=meeting.agenda.all(), is_late=is_late)

    def move(form: PaperForm) -> None:
        papers.add_paper(meeting, by=request.user, **form.cleaned_data)

    title = "Add a late paper" if is_late else "Add a paper"
    return steps.take(request, meeting, form, move, title=title, submit="Add to the pack", done="The paper is in the pack.")


@abilities.runs(abilities.paper)
@require_http_methods(["GET", "POST"])
def replace_paper(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """Put a newer paper in place of one."""
    form = ReplacePaperForm(request.POST or None, request.FILES or None)

    def move(form: ReplacePaperForm) -> None:
        papers.replace_paper(found.part, by=request.user, **form.cleaned_data)

    return steps.take(
        request, found.meeting, form, move, title="Replace a paper", submit="Replace", done="The newer paper is in the pack.",
        paper=found.part,
    )  # fmt: skip


@abilities.runs(abilities.meeting)
@require_POST
def send_papers(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return steps.press(request, meeting, lambda: planning.send_papers(meeting, by=request.user), done="The papers are sent.")


@abilities.opens_paper
@require_safe
def paper(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """A paper that was written here, page by page; a file is downloaded."""
    if found.part.document is not None:
        return redirect("meetings:paper_file", part_id=found.part.pk)
    context = {**steps.about(found.meeting), "paper": found.part, "sheets": pack.numbered_sheets(found.part)}
    return render(request, "meetings/paper.html", context)


@abilities.opens_paper
@require_safe
def paper_file(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    if found.part.document is None:
        return redirect("meetings:paper", part_id=found.part.pk)
    return as_attachment(found.part.document)


@abilities.reads(abilities.meeting)
@require_safe
def whole_pack(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The pack to print: front page, contents, agenda, and the papers with the pages they keep."""
    how = access.reading(request.user, meeting)
    if not how.opens:
        return to_declare(request, meeting) if not how.has_declared else redirect("meetings:meeting", meeting_id=meeting.pk)
    shown = access.papers_shown(request.user, meeting)
    context = {
        **steps.about(meeting),
        "papers": [{"paper": each, "sheets": pack.numbered_sheets(each) if each.text else []} for each in shown],
        "agenda": access.agenda_shown(request.user, meeting),
        "kept_items": how.kept_items,
        "people": meeting.attendances.filter(taken_off_at__isnull=True).select_related("officer__agency", "seat"),
        "printed_at": timezone.now(),
    }
    return render(request, "meetings/pack.html", context)
