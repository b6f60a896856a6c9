"""The pages on which an agency answers, whichever way its people came in: with an account, or by a link and its code."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sightline.partnership.case_reviews import answers_shown, request_people, review_access, routes
from sightline.partnership.case_reviews.answer_form import SectionForm, nobody_known
from sightline.partnership.case_reviews.answer_forms import ChooseTextForm, MarksForm, PassOnForm, SayForm
from sightline.partnership.case_reviews.models import AgencyRequest, ReturnDraft
from sightline.partnership.case_reviews.request_log import log_of
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.workflow import answering, thread
from sightline.procedures import agency_request
from sightline.procedures.agency_request import AgencyRequestStatus as Status
from sightline.procedures.agency_return import PEOPLE_KNOWN, Section, agency_return
from sightline.procedures.errors import NotAllowedNow

SIGNING = "signing"


@dataclass(frozen=True)
class Way:
    """How somebody came to a request: who they are, where each page is for them, and where their typing is kept."""

    writer: Writer
    via: str
    url: Callable[..., str]
    """The address of a page by its name and the parts that come after the request."""
    layout: str
    autosave: Callable[[str], str]
    restore: Callable[[str, Callable[[Any], Any]], Any]
    """A form as it was left: the form's name, and how to build the form."""
    saved: Callable[[HttpRequest, str], None]


def show(request: HttpRequest, asked: AgencyRequest, way: Way) -> HttpResponse:
    """What is asked, about whom, by when and under which law; how far the answer has come; and what to do next."""
    if review_access.can_write(way.writer, asked):
        asked = answering.open_request(asked, by=way.writer)
    draft = _draft(asked)
    today = timezone.localdate()
    context = {
        **about(asked, way),
        "basis": agency_request.lawful_basis(timezone.localdate(asked.asked_at)),
        # Told so that they can be searched for, and to nobody who does not search.
        "people": request_people.told_to(asked) if _searches(way, asked) else (),
        "subjects": asked.subjects.all(),
        "draft": draft,
        "states": _states(asked, draft, way),
        "is_late": agency_request.is_overdue(Status(asked.status), asked.due_on, today),
        "returned": _returned(asked),
        "returns": asked.returns.all(),
        "thread": asked.messages.select_related("by__officer", "by_officer"),
        "questions": {field.code: field.label for field in agency_return().fields()},
        "can_say": not asked.is_over and asked.status != Status.WITHDRAWN,
        "log": log_of(asked),
    }
    return render(request, "case_reviews/own_request.html", context)


def section(request: HttpRequest, asked: AgencyRequest, way: Way, code: str) -> HttpResponse:
    """One section of the questions, kept while it is typed."""
    part = _section(code)
    draft, people = _draft(asked), list(asked.subjects.all())
    answers = draft.answers if draft else {}
    if code == "search" and "nobody" in request.GET and not answers.get(PEOPLE_KNOWN):
        answers = {**answers, PEOPLE_KNOWN: {subject.pk: {"known": "not_known"} for subject in people}}

    def build(data: Any) -> SectionForm:
        return SectionForm(data, section=part, answers=answers, is_nil=bool(draft and draft.is_nil), people=people)

    seen = _seen_version(request, draft)
    if request.method != "POST":
        form = way.restore(_form_name(part), build)
        return _section_page(request, asked, way, part, form, seen)
    form = build(request.POST)
    form.draft_page = request.POST.get("draft_page", "")
    if not form.is_valid():
        return _section_page(request, asked, way, part, form, seen)
    return _save(request, asked, way, part, form, seen)


def _save(request: HttpRequest, asked: AgencyRequest, way: Way, part: Section, form: Any, seen: int) -> HttpResponse:
    values = form.values()
    is_nil = nobody_known(values, form.people) if part.code == "search" else None
    chosen = {field: request.POST.get(f"keep-{field}", "") for field in values if f"keep-{field}" in request.POST}
    try:
        if chosen:
            recorded = _draft(asked)
            theirs = recorded.answers if recorded else {}
            values = {code: theirs.get(code) if chosen.get(code) == "theirs" else value for code, value in values.items()}
        answering.save_section(asked, section=part.code, values=values, is_nil=is_nil, seen_version=seen, by=way.writer)
    except answering.ChangedMeanwhile as changed:
        context = {
            **about(asked, way), "section": part, "form": form, "changed": changed, "seen_version": changed.draft.version,
            "choices": ChooseTextForm.pairs(part, changed.theirs, changed.yours, form.people),
        }  # fmt: skip
        return render(request, "case_reviews/answer_conflict.html", context, status=409)
    except NotAllowedNow as refusal:
        form.add_error(None, str(refusal))
        return _section_page(request, asked, way, part, form, seen)
    way.saved(request, _form_name(part))
    if values.get("immediate_concern") == "yes":
        messages.warning(request, "The duty person of the partnership has been told of the danger now. If you have not rung 999 yet, ring.")
    if "add_row" in request.POST:
        return redirect(f"{way.url('answer_section', part.code)}#{request.POST['add_row']}")
    return redirect(_next(asked, way, part, stop="secondary" in request.POST))


def _section_page(request: HttpRequest, asked: AgencyRequest, way: Way, part: Section, form: Any, seen: int) -> HttpResponse:
    sections = _sections(asked)
    codes = [each.code for each in sections]
    context = {
        **about(asked, way), "section": part, "form": form, "groups": list(form.groups()), "seen_version": seen,
        "autosave": way.autosave(_form_name(part)), "number": codes.index(part.code) + 1 if part.code in codes else 0, "count": len(codes),
        "has_files": any(field.kind == "files" for field in part.fields),
    }  # fmt: skip
    return render(request, "case_reviews/answer_section.html", context)


def check(request: HttpRequest, asked: AgencyRequest, way: Way) -> HttpResponse:
    """Read everything once more, mark what is not for everybody, then submit it or give it to be signed off."""
    draft = _draft(asked)
    rows = answers_shown.as_written(asked, draft) if draft else []
    if request.method == "POST" and "marks" in request.POST:
        form = MarksForm(request.POST, places=answers_shown.places_to_mark(rows), marks=draft.answers.get("marks", {}) if draft else {})
        if form.is_valid():
            return _step(
                request, way, lambda: answering.set_marks(asked, marks=form.marks(), by=way.writer), "The marks are kept.", "answer_check"
            )
    return _check_page(request, asked, way)


def _check_page(request: HttpRequest, asked: AgencyRequest, way: Way, missing: Any = None) -> HttpResponse:
    draft = _draft(asked)
    rows = answers_shown.as_written(asked, draft) if draft else []
    marks = draft.answers.get("marks", {}) if draft else {}
    context = {
        **about(asked, way),
        "sections": rows,
        "draft": draft,
        "missing": [(each, way.url("answer_section", _section_of(each.field.code))) for each in _missing(asked, draft, way)],
        "marks_form": MarksForm(places=answers_shown.places_to_mark(rows), marks=marks),
        "files": asked.files.select_related("document"),
        "tried": missing is not None,
    }
    return render(request, "case_reviews/answer_check.html", context)


def submit(request: HttpRequest, asked: AgencyRequest, way: Way) -> HttpResponse:
    """Give the answer to the partnership."""
    try:
        answering.submit(asked, by=way.writer, via=way.via)
    except answering.Incomplete as refusal:
        return _check_page(request, asked, way, missing=refusal.missing)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
        return redirect(way.url("own_request"))
    return redirect(way.url("answer_sent"))


def sent(request: HttpRequest, asked: AgencyRequest, way: Way) -> HttpResponse:
    """The receipt: what was submitted when, to print and keep."""
    last = asked.returns.last()
    if last is None:
        raise Http404
    return render(request, "case_reviews/answer_sent.html", {**about(asked, way), "submitted": last})


def sign_off(request: HttpRequest, asked: AgencyRequest, way: Way) -> HttpResponse:
    """Give the finished answer to the agency's lead and alternate."""
    try:
        answering.for_sign_off(asked, by=way.writer)
    except answering.Incomplete as refusal:
        return _check_page(request, asked, way, missing=refusal.missing)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The answer waits for sign-off. The safeguarding lead and the alternate officer have been written to.")
    return redirect(way.url("own_request"))


def take_back(request: HttpRequest, asked: AgencyRequest, way: Way) -> HttpResponse:
    return _step(request, way, lambda: answering.take_back(asked, by=way.writer), "You can go on writing.", "own_request")


def pass_on(request: HttpRequest, asked: AgencyRequest, way: Way) -> HttpResponse:
    """Choose the colleague who is to write."""
    connected = routes.Connected.with_matter(asked.matter)
    found = [route for route in routes.routes_to(asked.agency, connected, on=timezone.localdate()) if route.officer != asked.who_answers]
    form = PassOnForm(request.POST or None, routes=found)
    if request.method == "POST" and form.is_valid():
        try:
            answering.pass_on(asked, officer=form.officer(), by=way.writer)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{form.officer().name} has been asked to write. You still see the request.")
            return redirect(way.url("own_request"))
    return render(request, "case_reviews/pass_on.html", {**about(asked, way), "form": form, "has_colleagues": bool(found)})


def say(request: HttpRequest, asked: AgencyRequest, way: Way) -> HttpResponse:
    """A question to the business unit, a reply, or the name of another agency that should be asked."""

    def build(data: Any) -> BaseForm:
        return SayForm(data)

    form = way.restore("say", build) if request.method != "POST" else build(request.POST)
    if request.method == "POST":
        form.draft_page = request.POST.get("draft_page", "")
        if form.is_valid():
            try:
                thread.say(asked, text=form.cleaned_data["text"], question=form.cleaned_data["question"], by=way.writer)
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
            else:
                way.saved(request, "say")
                messages.success(request, "The business unit has been told that there is a message.")
                return redirect(way.url("own_request"))
    return render(request, "case_reviews/say_to_unit.html", {**about(asked, way), "form": form, "autosave": way.autosave("say")})


def _step(request: HttpRequest, way: Way, move: Callable[[], Any], said: str, then: str) -> HttpResponse:
    try:
        move()
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(way.url(then))


def about(asked: AgencyRequest, way: Way) -> dict[str, Any]:
    """What every page of an answer needs: the request, where its pages are for this person, and what they may do."""
    status = Status(asked.status)
    may_write = review_access.can_write(way.writer, asked)
    return {
        "asked": asked,
        "way": way,
        "layout": way.layout,
        "urls": {name: way.url(name) for name in PAGES},
        "may_write": may_write and status.waits_for_agency,
        "may_sign": may_write
        and status in (Status.IN_PROGRESS, Status.AWAITING_SIGN_OFF)
        and review_access.can_sign_off(way.writer, asked),
        "may_hand_over": may_write and status == Status.IN_PROGRESS,
        "is_waiting_for_sign_off": may_write and status == Status.AWAITING_SIGN_OFF,
    }


PAGES = (
    "own_request", "answer_check", "answer_submit", "answer_sent", "for_sign_off", "take_back", "pass_on", "say_to_unit", "add_answer_file",
    "offline_form", "receive_form", "own_chronology",
)  # fmt: skip


def _searches(way: Way, asked: AgencyRequest) -> bool:
    return review_access.can_write(way.writer, asked) and Status(asked.status).waits_for_agency


def _draft(asked: AgencyRequest) -> ReturnDraft | None:
    return ReturnDraft.objects.select_related("saved_by__officer", "saved_by_officer").filter(request=asked).first()


def _sections(asked: AgencyRequest) -> list[Section]:
    """The sections that are put to this agency: fewer for one that knows nobody."""
    draft = _draft(asked)
    is_nil = bool(draft and draft.is_nil)
    return [part for part in agency_return().sections if any(field.is_for_nil or not is_nil for field in part.fields)]


def _section(code: str) -> Section:
    found = next((part for part in agency_return().sections if part.code == code), None)
    if found is None:
        raise Http404
    return found


def _section_of(field_code: str) -> str:
    return next(part.code for part in agency_return().sections if any(field.code == field_code for field in part.fields))


def _states(asked: AgencyRequest, draft: ReturnDraft | None, way: Way) -> list[dict[str, str]]:
    """Each section, and whether anything in it is still to be answered."""
    lacking = {_section_of(each.field.code) for each in answering.missing(asked, draft)}
    saved = (draft.answers if draft else {}).get(answering.SAVED_AS, {})
    rows = []
    for part in _sections(asked):
        status, tone = (
            ("To do", "blue") if part.code not in saved else ("Not complete", "yellow") if part.code in lacking else ("Complete", "green")
        )
        rows.append({"title": part.title, "url": way.url("answer_section", part.code), "status": status, "tone": tone})
    return rows


def _missing(asked: AgencyRequest, draft: ReturnDraft | None, way: Way) -> list[Any]:
    """What the person at hand can be asked for: whoever does not sign off need not fill in who does."""
    found = answering.missing(asked, draft)
    if review_access.can_sign_off(way.writer, asked):
        return list(found)
    return [each for each in found if not each.field.code.startswith("signed_off")]


def _next(asked: AgencyRequest, way: Way, part: Section, *, stop: bool) -> str:
    codes = [each.code for each in _sections(asked)]
    following = codes[codes.index(part.code) + 1 :] if part.code in codes else []
    if stop:
        return way.url("own_request")
    return way.url("answer_section", following[0]) if following else way.url("answer_check")


def _returned(asked: AgencyRequest) -> dict[str, Any] | None:
    last = asked.returns.last()
    is_back = last is not None and last.correction and Status(asked.status).waits_for_agency
    return {"why": agency_return().corrections[last.correction], "note": last.correction_note} if is_back and last else None


def _seen_version(request: HttpRequest, draft: ReturnDraft | None) -> int:
    typed = request.POST.get("seen_version", "")
    return int(typed) if typed.isdecimal() else draft.version if draft else 1


def _form_name(part: Section) -> str:
    return f"answer-{part.code}"
