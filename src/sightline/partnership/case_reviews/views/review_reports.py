"""Pages of the rapid review's report: what it holds and lacks, the words of each part, its Word file, and its going out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.agencies.models import Partnership
from sightline.partnership.case_reviews import report_text, report_word, review_access
from sightline.partnership.case_reviews.abilities import rapid_review, report_part, runs_review
from sightline.partnership.case_reviews.decision_forms import GapForm, PartForm, SendForm
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.case_reviews.outgoing import facts_told
from sightline.partnership.case_reviews.views import typing
from sightline.partnership.case_reviews.workflow import deciding, report_texts, signing
from sightline.partnership.documents.workflow import RefusedFile
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.signing import changes

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs("K5", "R", of=rapid_review)
@require_safe
def report(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The report as it stands: what is missing first, then every part with its facts and words."""
    found, text = report_text.assembled(review), signing.latest(review.incident)
    may_write = review_access.can_write_report(request.user, review)
    context = {
        **_about(review), "report": found, "text": text, "may_write": may_write,
        "since": changes(text.text, found.text) if text and text.text != found.text else (),
        "can_begin": may_write and review.status == Status.PANEL_HELD, "runs": review_access.can_run(request.user, review),
        "can_send": review.status == Status.DECIDED and review_access.can_run(request.user, review), "problems": deciding.problems(review),
    }  # fmt: skip
    return render(request, "case_reviews/review_report.html", context)


@needs("K5", "E", of=report_part)
@require_http_methods(["GET", "POST"])
def edit_part(request: HttpRequest, about: Any) -> HttpResponse:
    """Write one part, or say why a gap stays."""
    review, code = about.review, about.code
    found = report_text.assembled(review)
    filled = next((each for each in found.parts if each.part.code == code and each.part.holds_text), None)
    gap = next((each for each in found.gaps if each.code == code), None)
    if filled is None and gap is None:
        raise Http404
    section = review.report_sections.filter(code=code).first()
    initial = {"text": section.text if section else "", "nothing_to_say": section.nothing_to_say if section else ""}
    form_class = PartForm if filled else GapForm
    now_recorded: list[tuple[str, Any]] = []
    name, about_id = f"report-{code.replace('_', '-').lower()}"[:40], review.pk
    if request.method == "POST":
        form, seen = typing.posted(request, form_class(request.POST, initial=initial)), request.POST.get("seen_version", "")
        if form.is_valid():
            told = form.cleaned_data
            try:
                report_texts.save_part(
                    review, code=code, text=told.get("text", ""), nothing_to_say=told["nothing_to_say"], by=request.user,
                    seen_version=int(seen) if seen.isdecimal() else -1,
                )  # fmt: skip
            except report_texts.ChangedMeanwhile as refusal:
                form.add_error(None, str(refusal))
                now_recorded = [(form[each].label, initial[each]) for each in form.fields]
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
            else:
                typing.discard(request, name, about_id)
                messages.success(request, "Kept.")
                return redirect("case_reviews:review_report", review_id=review.pk)
    else:
        form = typing.restore(request.user, name, about_id, lambda data: form_class(data, initial=initial))
    context = {
        **_about(review), "form": form, "filled": filled, "gap": gap, "seen_version": section.version if section else 0,
        "autosave": typing.url(name, about_id), "now_recorded": now_recorded,
        "title": filled.part.title if filled else "Why this gap stays",
    }  # fmt: skip
    return render(request, "case_reviews/edit_report_part.html", context)


@needs("K5", "E", of=rapid_review)
@require_POST
def begin(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The panel has met: the report is drafted."""
    try:
        report_texts.begin_draft(review, by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    return redirect("case_reviews:review_report", review_id=review.pk)


@needs("K5", "R", of=rapid_review)
@require_safe
def word(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The report as Word: the signed version once there is one, else the draft as it stands, which says that it is a draft."""
    text = signing.latest(review.incident)
    if text is not None and text.state in ("signed", "resolved"):
        content, name = report_texts.word_of(text), f"version {text.number}"
    else:
        found = report_text.assembled(review)
        content, name = report_word.draft(found.content["parts"], reference=review.matter.reference, on=timezone.localdate()), "draft"
    return _file(content, f"OFFICIAL-SENSITIVE {review.matter.reference} rapid review {name}.docx")


@needs("K5", "R", of=rapid_review)
@require_safe
def learning_extract(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """What was learnt, as Word, without anything that tells of the case; a person reads it before it is spread."""
    partnership = Partnership.current()
    points = list(review.incident.learning_points.filter(withdrawn_because="", source="rapid_review"))
    content = report_word.learning_extract(points, partnership=partnership.name if partnership else "", on=timezone.localdate())
    if facts_told(review.incident, content, extension="docx", audience="public"):
        messages.error(request, "Something in these learning points may tell of a person. Take it out, then take the file again.")
        return redirect("case_reviews:review_report", review_id=review.pk)
    return _file(content, "OFFICIAL learning from a review.docx")


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
@runs_review
def send(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Keep the one file that goes out, have it checked, and record that it was sent."""
    text = signing.latest(review.incident)
    form = SendForm(request.POST if "to_whom" in request.POST else None, request.FILES or None)
    if request.method == "POST" and "keep" in request.POST:
        try:
            report_texts.file_to_send(review, by=request.user)
        except NotAllowedNow as refusal:
            messages.error(request, str(refusal))
        return redirect("case_reviews:send_report", review_id=review.pk)
    if request.method == "POST" and form.is_valid():
        try:
            report_texts.mark_sent(review, **form.cleaned_data, by=request.user)
        except RefusedFile as refusal:
            form.add_error("proof", str(refusal))
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded: the report is with the National Panel, and its clock has stopped.")
            return redirect("case_reviews:panel_thread", review_id=review.pk)
    found = report_text.assembled(review)
    is_ready = review.status == Status.DECIDED and text is not None and text.state in ("signed", "resolved")
    context = {**_about(review), "form": form, "text": text, "gaps": found.open_gaps, "is_ready": is_ready}
    return render(request, "case_reviews/send_report.html", context)


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _about(review: RapidReview) -> dict[str, Any]:
    return {"review": review, "incident": review.incident, "matter": review.matter}
