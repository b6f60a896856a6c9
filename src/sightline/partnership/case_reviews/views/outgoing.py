"""Pages of the check before something is sent: what was looked for, what was found, and who cleared it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.abilities import outgoing_check as find_check
from sightline.partnership.case_reviews.abilities import raised_incident
from sightline.partnership.case_reviews.models import OutgoingCheck, SeriousIncident
from sightline.partnership.case_reviews.outgoing_forms import CheckForm, ClearForm
from sightline.partnership.case_reviews.workflow import outgoing
from sightline.partnership.documents.access import papers_of
from sightline.partnership.documents.inspection.findings import LARGEST_FILE
from sightline.partnership.documents.models import Document
from sightline.partnership.documents.workflow import content_of, read_at_most
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.outgoing.audiences import audiences
from sightline.procedures.outgoing.facts import KINDS

HOW = {"exact": "as it is recorded", "normalised": "in another writing", "similar": "nearly so: look at it"}


@needs("K5", "R", of=raised_incident)
@require_safe
def checks(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Every check of a file before it was sent."""
    rows = incident.outgoing_checks.select_related("checked_by__officer", "cleared_by__officer", "document")
    context = {**_about(incident), "rows": rows, "runs": review_access.can_run_incident(request.user, incident)}
    return render(request, "case_reviews/outgoing_checks.html", context)


@needs("K5", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Have a file looked through for one kind of reader."""
    if not review_access.can_run_incident(request.user, incident):
        raise Http404
    readable = [paper.pk for paper in papers_of(incident.matter, request.user, "review").documents]
    form = CheckForm(request.POST or None, request.FILES or None, papers=Document.objects.filter(pk__in=readable))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if told["kept"]:
            content, extension = content_of(told["kept"]), told["kept"].extension
        else:
            content, extension = read_at_most(told["file"]), (told["file"].name or "").rpartition(".")[2]
        if len(content) > LARGEST_FILE:
            form.add_error("file", "The file is larger than can be looked through")
        else:
            row = outgoing.check(
                incident, content=content, extension=extension, audience=told["audience"], recipient=told["recipient"],
                document=told["kept"], by=request.user,
            )  # fmt: skip
            return redirect("case_reviews:outgoing_check", check_id=row.pk)
    context = {**_about(incident), "form": form, "audiences": audiences().values()}
    return render(request, "case_reviews/check_outgoing.html", context)


@needs("K5", "R", of=find_check)
@require_safe
def show(request: HttpRequest, found: Any) -> HttpResponse:
    """What one check found: kinds and places, and what the case calls the person; never the detail itself."""
    return render(request, "case_reviews/outgoing_check.html", _shown(request, found.part))


@needs("K5", "E", of=find_check)
@require_http_methods(["GET", "POST"])
def clear(request: HttpRequest, found: Any) -> HttpResponse:
    """A second person says why it may go out."""
    row = found.part
    if not review_access.can_run_incident(request.user, row.incident):
        raise Http404
    form = ClearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            outgoing.clear(row, because=form.cleaned_data["because"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Cleared. The file may be sent to this recipient.")
            return redirect("case_reviews:outgoing_check", check_id=row.pk)
    return render(request, "case_reviews/clear_outgoing.html", {**_shown(request, row), "form": form})


def _shown(request: HttpRequest, row: OutgoingCheck) -> dict[str, Any]:
    findings = [{**each, "kind": KINDS.get(each["kind"], each["kind"]), "how": HOW.get(each["how"], each["how"])} for each in row.findings]
    runs = review_access.can_run_incident(request.user, row.incident)
    return {
        **_about(row.incident), "row": row, "findings": findings, "audience": audiences()[row.audience],
        "may_clear": runs and not row.found_nothing and not row.cleared_by_id and row.checked_by_id != request.user.pk,
    }  # fmt: skip


def _about(incident: SeriousIncident) -> dict[str, Any]:
    return {"incident": incident, "matter": incident.matter}
