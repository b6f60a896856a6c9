"""Pages on conflicts of interest: the statement, one's own list, and the blocks in a matter."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.abilities import guarded_by, needs, states_position, was_sent_to_state
from sightline.partnership.need_to_know.forms import ConflictForm, ExclusionForm, ReasonForm, StatementForm
from sightline.partnership.need_to_know.models import Conflict, ConflictStatement, ExclusionEntry, Matter
from sightline.partnership.need_to_know.views import parts
from sightline.partnership.need_to_know.workflow import conflicts as moves
from sightline.partnership.need_to_know.workflow import lifting, registers
from sightline.procedures.access.matrix import MATRIX
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@states_position(of=parts.matter)
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, matter: Matter) -> HttpResponse:
    """What everybody says once before first opening a matter."""
    onwards = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onwards, allowed_hosts=None):
        onwards = ""
    if ConflictStatement.objects.filter(matter=matter, account=request.user).exists():
        return redirect(onwards or "need_to_know:matter", *([] if onwards else [matter.pk]))
    form = StatementForm(parts.typed(request), reference=matter.reference)
    if request.method == "POST" and form.is_valid():
        is_connected = form.cleaned_data["position"] == "connected"
        moves.state_position(matter, is_connected=is_connected, by=request.user, was_let_in=was_sent_to_state(request, matter))
        if is_connected:
            messages.success(request, "Thank you. What you said has been recorded. You will not be asked to work on this matter.")
            return redirect("need_to_know:my_conflicts")
        return redirect(onwards or "need_to_know:matter", *([] if onwards else [matter.pk]))
    return render(request, "need_to_know/statement.html", {"matter": matter, "form": form, "onwards": onwards})


@signed_in
@require_safe
def my_conflicts(request: HttpRequest) -> HttpResponse:
    """One's own private list and one's own statements."""
    account = request.user
    # A statement about a matter that one may no longer know of would say that it exists.
    statements = ConflictStatement.objects.filter(account=account, matter__in=access.visible_matters(account)).select_related("matter")
    entries = ExclusionEntry.objects.current().filter(account=account)
    return render(request, "need_to_know/my_conflicts.html", {"entries": entries, "statements": statements})


@signed_in
@require_http_methods(["GET", "POST"])
def add_entry(request: HttpRequest) -> HttpResponse:
    """Put a person or an address on one's own list; the answer is the same whether or not it matches anything."""
    form = ExclusionForm(parts.typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            registers.write_down(by=request.user, **form.cleaned_data)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "This has been put on your list.")
            return redirect("need_to_know:my_conflicts")
    return render(request, "need_to_know/add_entry.html", {"form": form})


@signed_in
@require_POST
def remove_entry(request: HttpRequest, entry_id: str) -> HttpResponse:
    entry = ExclusionEntry.objects.current().filter(pk=entry_id, account=request.user).first()
    if entry is None:
        messages.info(request, "This is not on your list.")
    else:
        registers.remove(entry, by=request.user)
        messages.success(request, "This has been taken off your list.")
    return redirect("need_to_know:my_conflicts")


@needs("K18", "R", of=parts.matter)
@require_safe
def conflicts(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Who is kept out of this matter; never a row about the reader."""
    account = request.user
    about_reader = Q(account=account.pk)
    if account.officer_id:
        about_reader |= Q(officer=account.officer_id)
    found = matter.conflicts.exclude(pk__in=Conflict.objects.filter(about_reader).values("pk")).select_related(
        "matter", "account__officer__agency", "officer__agency", "declared_by__officer", "lift_proposed_by__officer", "lifted_by__officer"
    )
    rows = [_dressed(conflict, request) for conflict in found]
    may_declare = parts.may_declare(access.standing(account, matter), matter)
    context = {"live": [c for c in rows if not c.is_lifted], "lifted": [c for c in rows if c.is_lifted], "may_declare": may_declare}
    return parts.page(request, "conflicts", matter, **context)


@guarded_by("K18", "C", parts.matter, parts.may_declare)
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Say that somebody is connected with the matter."""
    by = request.user
    only_own = not (parts.can(request, "C", "K18", matter) or parts.can(request, "M", "K18", matter))
    form = ConflictForm(parts.typed(request), by=by, agency=by.agency if only_own else None)
    return parts.ask(
        request, matter, form, lambda typed: moves.declare(matter, reason=typed["reason"], by=by, **typed["person"]),
        then="conflicts" if parts.can(request, "R", "K18", matter) else "matter", heading="Keep somebody out",
        submit="Keep this person out", done="This person is now kept out of the matter.",
        lead="They will not see that this matter exists, and are not told. Two people together can lift it again: "
        "the information governance officer and the panel chair.",
    )  # fmt: skip


@needs("K18", "M", of=parts.part_of(Conflict, "account__officer", "officer"))
@require_http_methods(["GET", "POST"])
def propose_lift(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    _check_may_speak(conflict, request)
    form = ReasonForm(parts.typed(request), label="Why this person need not be kept out")
    return parts.ask(
        request, conflict.matter, form, lambda typed: moves.propose_lift(conflict, by=request.user, **typed),
        then="conflicts", heading="Propose to lift", submit="Propose to lift", about=who(conflict),
        done="Your proposal has been recorded. The person stays kept out until the second person confirms.",
        lead="The person stays kept out until somebody in the other role confirms.",
    )  # fmt: skip


@needs("K18", "M", of=parts.part_of(Conflict, "account__officer", "officer"))
@require_http_methods(["GET", "POST"])
def confirm_lift(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    _check_may_speak(conflict, request)
    form = ReasonForm(parts.typed(request), label="Why you agree")
    return parts.ask(
        request, conflict.matter, form, lambda typed: moves.confirm_lift(conflict, by=request.user, **typed),
        then="conflicts", heading="Confirm lifting", submit="Lift", about=who(conflict), done="The person is no longer kept out.",
        lead=f"Proposed by {conflict.lift_proposed_by}: {conflict.lift_reason}" if conflict.is_lift_proposed else "",
        warning="The person will be able to see this matter wherever their role and membership allow it.",
    )  # fmt: skip


@needs("K18", "M", of=parts.part_of(Conflict, "account__officer", "officer"))
@require_POST
def withdraw_lift(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    return parts.make(
        request,
        conflict.matter,
        lambda: moves.withdraw_lift(conflict, by=request.user),
        then="conflicts",
        done="The person stays kept out.",
    )


def who(conflict: Conflict) -> str:
    return conflict.officer.name if conflict.officer else conflict.account.name


def _check_may_speak(conflict: Conflict, request: HttpRequest) -> None:
    if moves.is_about(request.user, conflict.account, conflict.officer) or not lifting.lifting_roles(conflict, request.user):
        raise NotPermitted


def _dressed(conflict: Conflict, request: HttpRequest) -> Conflict:
    roles = [] if conflict.is_lifted else lifting.lifting_roles(conflict, request.user)
    conflict.can_propose = bool(roles) and not conflict.is_lift_proposed
    conflict.can_confirm = conflict.is_lift_proposed and conflict.other_lifting_role in roles and conflict.lift_proposed_by != request.user
    conflict.can_withdraw = conflict.is_lift_proposed and bool(roles)
    conflict.waits_for = MATRIX.role_by_code[conflict.other_lifting_role].name if conflict.is_lift_proposed else ""
    conflict.who = who(conflict)
    conflict.agency_of = conflict.officer.agency if conflict.officer else None
    return conflict
