"""Pages of the end of a practice review: proceedings for which publication waits, signatures, and what becomes of the report."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import PartnerRole
from sightline.partnership.case_reviews import practice_clocks, practice_forms, practice_needs, review_access
from sightline.partnership.case_reviews.decision_forms import SignForm
from sightline.partnership.case_reviews.models import PracticeReview, SignedText
from sightline.partnership.case_reviews.practice_abilities import (
    PartOfPractice,
    pause,
    practice_review,
    practice_text,
    runs_practice,
    signs_text,
)
from sightline.partnership.case_reviews.views.practice_reviews import about, act, letters_of
from sightline.partnership.case_reviews.workflow import practice_publication, practice_sign_off, signing
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.signing import PARTNERS, SignOff


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
@runs_practice
def add_pause(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """Proceedings for which publication waits."""
    form = practice_forms.PauseForm(request.POST or None, letters=letters_of(review), initial={"since": timezone.localdate()})
    intro = "Publication waits; the six months run on, and the learning does not wait. The National Panel is told of the delay by a letter."
    move = partial(practice_publication.pause, review, by=request.user)
    return act(request, review, form, move, title="Publication waits for proceedings", intro=intro)


@needs("K6", "E", of=pause)
@require_http_methods(["GET", "POST"])
@runs_practice
def keep_pause(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """Another day on which to look again, and the letter to the Panel."""
    initial = {"look_again_on": found.part.look_again_on, "letter": found.part.letter_id}
    form = practice_forms.KeepPauseForm(request.POST or None, letters=letters_of(found.review), initial=initial)
    move = partial(practice_publication.keep_pause, found.part, by=request.user)
    return act(request, found.review, form, move, title="Look again later, or record the letter")


@needs("K6", "E", of=pause)
@require_http_methods(["GET", "POST"])
@runs_practice
def end_pause(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """Publication need not wait any longer."""
    form = practice_forms.EndPauseForm(request.POST or None, initial={"on": timezone.localdate()})
    move = partial(practice_publication.end_pause, found.part, by=request.user)
    return act(request, found.review, form, move, title="Publication need not wait any longer")


@needs("K6", "R", of=practice_review)
@require_safe
def sign_off(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """The three texts that partners sign: what each lacks, or who has said what of it."""
    rows = []
    for kind in practice_sign_off.KINDS:
        text = signing.latest(review.rapid_review.incident, kind)
        row: dict[str, Any] = {"kind": kind, "title": dict(SignedText.KINDS)[kind], "text": text}
        if text is None or text.state == "voided":
            row["problems"] = practice_sign_off.problems(review, kind)
        if text is not None:
            row |= {**said_beside(request, text), "state": in_words(text), "rows": partners_of(text),
                    "signs": text.state == "with_partners" and signing.signer_of(text, request.user)}  # fmt: skip
        rows.append(row)
    return render(request, "case_reviews/practice_sign_off.html", {**about(request, review), "texts": rows})


@needs("K6", "E", of=practice_review)
@require_POST
@runs_practice
def put(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """Put one of its texts to the partners, as it stands now."""
    kind = request.POST.get("kind", "")
    if kind in practice_sign_off.KINDS:
        try:
            practice_sign_off.put(review, kind=kind, by=request.user)
        except NotAllowedNow as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The partners have been asked to sign.")
    return redirect("case_reviews:practice_sign_off", practice_id=review.pk)


@signs_text
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """A partner reads the exact text and says whether they agree to it."""
    text, form = found.part, SignForm(request.POST or None)
    form.fields["agrees"].label = "Do you agree to this text"
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if request.POST.get("fingerprint") != text.sha256:
            form.add_error(None, "This page showed an earlier version. Read the text as it is now, then sign.")
        else:
            try:
                practice_sign_off.sign(text, agrees=told["agrees"] == "yes", reasons=told["reasons"], by=request.user)
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Your word is recorded. Thank you.")
                return redirect("case_reviews:practice_sign_off", practice_id=found.review.pk)
    context = {
        **about(request, found.review), "form": form, "text": text, "rows": partners_of(text), "state": in_words(text),
        "signer": signing.signer_of(text, request.user), "draft": practice_needs.last_draft(found.review),
    }  # fmt: skip
    return render(request, "case_reviews/practice_sign.html", context)


@needs("K6", "R", of=practice_text)
@require_safe
def text(request: HttpRequest, found: PartOfPractice) -> HttpResponse:
    """One exact text, with what was said of it."""
    context = {
        **about(request, found.review), **said_beside(request, found.part), "text": found.part, "rows": partners_of(found.part),
        "state": in_words(found.part),
    }  # fmt: skip
    return render(request, "case_reviews/practice_text.html", context)


@needs("K6", "R", of=practice_review)
@require_safe
def publication(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """The countdown to publication: by when the report must have gone, the first day it may be public, and what keeps it back."""
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    row, notice = practice_clocks.publication_of(review), practice_clocks.notice_deadline(review, calendar=calendar)
    context = {
        **about(request, review), "plan": row, "notice": notice,
        "earliest": practice_clocks.earliest_publication(review, calendar=calendar),
        "days_to_notice": calendar.working_days_after(today, notice.due_on) if notice and notice.due_on >= today else None,
        "why_not_yet": practice_publication.why_not_publish(review, row, on=today),
        "is_signed": practice_needs.settled_text(review, "practice_review"),
        "decides": Status(review.status) in practice_publication.DECIDED_AT,
        "may_send": Status(review.status) in (Status.PARTNER_SIGNOFF, *practice_publication.DECIDED_AT),
    }  # fmt: skip
    return render(request, "case_reviews/practice_publication.html", context)


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
@runs_practice
def plan_publication(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """On which day it is to be published and who was asked; or why it is not to be, and what is published instead."""
    row = practice_clocks.publication_of(review)
    names = ("planned_on", "consulted", "reasons", "improvements")
    form = practice_forms.PlanForm(request.POST or None, initial={name: getattr(row, name) for name in names} if row else None)
    move = partial(practice_publication.plan, review, by=request.user)
    return _ending(request, review, form, move, "Plan its publication", "")


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
@runs_practice
def send_notice(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """The full report went to the National Panel and the Secretary of State."""
    form = practice_forms.NoticeForm(request.POST or None, request.FILES or None)
    move = partial(practice_publication.send_notice, review, by=request.user)
    intro = "Sightline sends nothing by itself. Send the final draft, then record here that it went; the file is kept to the byte."
    return _ending(request, review, form, move, "Sent before publication", intro)


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
@runs_practice
def publish(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """The report is public."""
    form = practice_forms.PublishForm(request.POST or None, initial={"published_on": timezone.localdate()})
    intro = practice_publication.why_not_publish(review, practice_clocks.publication_of(review), on=timezone.localdate())
    move = partial(practice_publication.publish, review, by=request.user)
    return _ending(request, review, form, move, "Published", intro)


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
@runs_practice
def defer(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """Publication is put off."""
    form = practice_forms.DeferForm(request.POST or None, letters=letters_of(review), initial={"decided_on": timezone.localdate()})
    intro = "The six months run on, the learning is given all the same, and the review is counted in the yearly report."
    move = partial(practice_publication.defer, review, by=request.user)
    return _ending(request, review, form, move, "Put publication off", intro)


@needs("K6", "E", of=practice_review)
@require_http_methods(["GET", "POST"])
@runs_practice
def not_publish(request: HttpRequest, review: PracticeReview) -> HttpResponse:
    """The report is not published; the improvements are."""
    form = practice_forms.NotPublishForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    intro = "The three partners sign first why it is not published, and the improvements that are published instead."
    move = partial(practice_publication.not_publish, review, by=request.user)
    return _ending(request, review, form, move, "Not published", intro)


def _ending(request: HttpRequest, review: PracticeReview, form: Any, move: Any, title: str, intro: str) -> HttpResponse:
    return act(request, review, form, move, title=title, intro=intro, then="publication", then_part=review.pk, submit="Record it")


def in_words(text: SignedText) -> str:
    """Where the signatures on a text stand, as one would say it."""
    last = {row.partner_role: row for row in text.signatures.all()}
    agreed = sum(row.agrees for row in last.values())
    count = ("No partner has", "One of three partners has", "Two of three partners have", "All three partners have")[agreed]
    if text.state == "voided":
        return "The text was changed after it was put to the partners. What was signed holds for nothing."
    if text.state == "resolved":
        return "The partners did not agree; the recorded resolution was used."
    if signing.stands_at(text) == SignOff.DISSENT:
        not_agreed = ", ".join(str(PartnerRole(role).label) for role in PARTNERS if role in last and not last[role].agrees)
        return f"{count} signed. Does not agree: {not_agreed}."
    return f"{count} signed."


def said_beside(request: HttpRequest, text: SignedText) -> dict[str, Any]:
    """What stands beside a text: the scrutineer's comments, and whether a disagreement is open."""
    return {
        "comments": text.comments.select_related("said_by__officer"),
        "is_open_dissent": text.state == "with_partners" and text.escalations.filter(ended_how="").exists(),
        "may_comment": review_access.is_scrutineer_of(request.user, text.incident, text.record_kind),
    }


def partners_of(text: SignedText) -> list[dict[str, Any]]:
    """Each partner: who may sign, and what was said by whom."""
    may = signing.signers_of(text) if text.state == "with_partners" else {}
    said = list(text.signatures.select_related("agency", "delegation__delegated_by"))
    return [
        {
            "partner": PartnerRole(role).label, "said": [row for row in said if row.partner_role == role],
            "may": [each.account.name for each in may.get(role, ())], "is_open": text.state == "with_partners",
        }
        for role in PARTNERS
    ]  # fmt: skip
