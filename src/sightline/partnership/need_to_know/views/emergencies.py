"""Pages on emergency openings and legal holds."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.need_to_know.abilities import guarded_by, needs
from sightline.partnership.need_to_know.forms import EmergencyForm, ReasonForm, ReviewForm
from sightline.partnership.need_to_know.models import BreakGlass, LegalHold, Matter
from sightline.partnership.need_to_know.views import parts
from sightline.partnership.need_to_know.workflow import break_glass as glass
from sightline.partnership.need_to_know.workflow import holds
from sightline.procedures.errors import NotPermitted


@guarded_by("K2", "L", parts.matter, parts.may_break_glass)
@require_http_methods(["GET", "POST"])
def break_glass(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Open a matter in an emergency; the page exists only for those who may."""
    form = EmergencyForm(parts.typed(request))
    return parts.ask(
        request, matter, form, lambda typed: glass.use(matter, by=request.user, stepped_up=parts.is_confirmed(request), **typed),
        then="matter", heading="Open in an emergency", submit="Open for four hours",
        done="You can read this matter for the next four hours. The information governance officer has been told.",
        lead="Use this only when somebody may come to harm, or a court or the police need an answer today, and nobody who may open the "
        "matter can be reached. You can read, and change nothing, for at most four hours.",
        warning="The information governance officer and those who manage this matter are told at once. Your reasons are reviewed on "
        "the next working day.",
    )  # fmt: skip


@guarded_by("K2", "L", parts.part_of(BreakGlass), lambda how, opening: how.decide("L", "K2"))
@require_POST
def close_glass(request: HttpRequest, opening: BreakGlass) -> HttpResponse:
    return parts.make(
        request, opening.matter, lambda: glass.close(opening, by=request.user), then="matter", done="The emergency opening has ended."
    )


@needs("K18", "M", of=parts.part_of(BreakGlass, "account__officer__agency", "reviewed_by__officer"))
@require_http_methods(["GET", "POST"])
def review_break_glass(request: HttpRequest, opening: BreakGlass) -> HttpResponse:
    """What the information governance officer finds about an opening by somebody else."""
    if not glass.can_review(request.user, opening):
        raise NotPermitted
    if opening.reviewed_at:
        return parts.page(request, "reviewed", opening.matter, opening=opening)
    return parts.ask(
        request, opening.matter, ReviewForm(parts.typed(request)), lambda typed: glass.review(opening, by=request.user, **typed),
        then="matter", heading="Review an emergency opening", submit="Record the review", done="The review has been recorded.",
        about=f"{opening.account}, {timezone.localtime(opening.used_at):%-d %B %Y, %H:%M} to {timezone.localtime(opening.ends_at):%H:%M}",
        lead=f"{opening.get_category_display()}. Their reason: {opening.reason}",
    )  # fmt: skip


@guarded_by("K21", "C", parts.matter, parts.may_see_holds)
@require_safe
def hold(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Whether anything of the matter may be destroyed."""
    found = matter.holds.select_related("placed_by__officer", "lifted_by__officer")
    context = {
        "live": [hold for hold in found if not hold.lifted_at], "lifted": [hold for hold in found if hold.lifted_at],
        "can_place": holds.can_place(request.user, matter), "can_lift": holds.can_lift(request.user, matter),
    }  # fmt: skip
    return parts.page(request, "hold", matter, **context)


@guarded_by("K21", "C", parts.matter, lambda how, matter: how.may_know and how.decide("C", "K21"))
@require_http_methods(["GET", "POST"])
def place_hold(request: HttpRequest, matter: Matter) -> HttpResponse:
    form = ReasonForm(parts.typed(request), label="Why nothing may be destroyed", hint="For example: inquest, criminal trial, claim.")
    return parts.ask(
        request, matter, form, lambda typed: holds.place(matter, by=request.user, **typed),
        then="hold", heading="Place a legal hold", submit="Place the hold", done="The hold has been placed.",
        lead="While a hold stands, nothing of this matter is removed or disposed of. Somebody else must lift it.",
    )  # fmt: skip


@guarded_by("K21", "V", parts.part_of(LegalHold), lambda how, hold: how.may_know and how.decide("V", "K21"))
@require_http_methods(["GET", "POST"])
def lift_hold(request: HttpRequest, hold: LegalHold) -> HttpResponse:
    form = ReasonForm(parts.typed(request), label="Why the hold is no longer needed")
    return parts.ask(
        request, hold.matter, form, lambda typed: holds.lift(hold, by=request.user, **typed),
        then="hold", heading="Lift a legal hold", submit="Lift the hold", done="The hold has been lifted.",
        lead=f"Placed because: {hold.reason}",
    )  # fmt: skip
