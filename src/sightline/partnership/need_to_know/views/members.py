"""Pages on who is let in to a matter, and who has looked."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail.queries import readers_of
from sightline.partnership.need_to_know.abilities import needs, needs_to_know
from sightline.partnership.need_to_know.forms import GrantForm, MemberForm, ReasonForm, RenewForm
from sightline.partnership.need_to_know.models import BreakGlass, Grant, Matter, Membership
from sightline.partnership.need_to_know.views import parts
from sightline.partnership.need_to_know.workflow import grants
from sightline.partnership.need_to_know.workflow import members as moves
from sightline.procedures.access.matrix import MATRIX

# Blocks are never shown to readers of a matter, not even by the moves that made them.
NEVER_AMONG_READERS = frozenset({"K18"})


@needs_to_know(of=parts.matter)
@require_safe
def overview(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Where the pages about access to a matter are found."""
    openings = BreakGlass.objects.open_at(timezone.now()).filter(matter=matter, account=request.user)
    return parts.page(request, "overview", matter, opening=openings.first())


@needs("K17m", "R", of=parts.matter)
@require_safe
def members(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Who needs to know, why, and until when."""
    today = timezone.localdate()
    memberships = matter.memberships.select_related("account__officer__agency", "added_by__officer", "ended_by__officer")
    given = list(matter.grants.select_related("account__officer__agency", "added_by__officer"))
    for grant in given:
        grant.kind_names = [MATRIX.kind_by_code[kind].name for kind in grant.kinds]
    context = {
        "current": [_dressed(m, today) for m in memberships if not m.is_over(today)],
        "past": [m for m in memberships if m.is_over(today)],
        "grants": [g for g in given if not g.is_over(today)], "past_grants": [g for g in given if g.is_over(today)],
        "can_manage": parts.can(request, "M", "K17m", matter), "has_lapsed": _has_lapsed(request.user, matter), "today": today,
    }  # fmt: skip
    return parts.page(request, "members", matter, **context)


@needs("K17m", "M", of=parts.matter)
@require_http_methods(["GET", "POST"])
def add_member(request: HttpRequest, matter: Matter) -> HttpResponse:
    return parts.ask(
        request, matter, MemberForm(parts.typed(request)), lambda typed: moves.add(matter, by=request.user, **typed),
        then="members", heading="Add a member", submit="Add this person", done="The person has been added and told by e-mail.",
        lead="A member may open what their role allows in this matter. Add only people who need to know.",
    )  # fmt: skip


@needs("K17m", "M", of=parts.part_of(Membership, "account__officer"))
@require_http_methods(["GET", "POST"])
def end_member(request: HttpRequest, membership: Membership) -> HttpResponse:
    form = ReasonForm(parts.typed(request), label="Why they no longer need to know", max_length=300)
    return parts.ask(
        request, membership.matter, form, lambda typed: moves.end(membership, by=request.user, **typed),
        then="members", heading="Take out of this matter", submit="Take this person out", done="The person has been taken out.",
        about=membership.account.name, warning="They lose access at once. What they wrote stays.",
    )  # fmt: skip


@needs("K17m", "M", of=parts.matter)
@require_http_methods(["GET", "POST"])
def add_grant(request: HttpRequest, matter: Matter) -> HttpResponse:
    return parts.ask(
        request, matter, GrantForm(parts.typed(request)), lambda typed: grants.give(matter, by=request.user, **typed),
        then="members", heading="Give access for a limited time", submit="Give access", done="Access has been given.",
        lead="For people from outside, such as an independent reviewer or an inspector. It ends by itself.",
    )  # fmt: skip


@needs("K17m", "M", of=parts.part_of(Grant, "account__officer"))
@require_http_methods(["GET", "POST"])
def renew_grant(request: HttpRequest, grant: Grant) -> HttpResponse:
    return parts.ask(
        request, grant.matter, RenewForm(parts.typed(request)), lambda typed: grants.renew(grant, by=request.user, **typed),
        then="members", heading="Renew access", submit="Renew", done="The access has been renewed.", about=grant.account.name,
        lead=f"Renewed {grant.renewals} of 2 times.",
    )  # fmt: skip


@needs("K17m", "M", of=parts.part_of(Grant, "account__officer"))
@require_http_methods(["GET", "POST"])
def end_grant(request: HttpRequest, grant: Grant) -> HttpResponse:
    form = ReasonForm(parts.typed(request), label="Why it ends", max_length=300)
    return parts.ask(
        request, grant.matter, form, lambda typed: grants.end(grant, by=request.user, **typed),
        then="members", heading="End access", submit="End access", done="The access has ended.", about=grant.account.name,
        warning="They lose access at once.",
    )  # fmt: skip


@needs("K2", "R", of=parts.matter)
@require_safe
def readers(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Who has looked at this matter: open to every member who may read it."""
    found = [reader for reader in readers_of(matter.pk) if reader.actor_id and reader.kind not in NEVER_AMONG_READERS]
    accounts = Account.objects.select_related("officer__agency").in_bulk({reader.actor_id for reader in found})
    rows = [
        {
            "account": accounts[reader.actor_id], "at": reader.at, "times": reader.times,
            "what": MATRIX.kind_by_code[reader.kind].name if reader.kind in MATRIX.kind_by_code else "",
            "is_emergency": reader.action == "glass.broken",
        }
        for reader in found
        if reader.actor_id in accounts
    ]  # fmt: skip
    return parts.page(request, "readers", matter, rows=rows)


def _dressed(membership: Membership, today: object) -> Membership:
    membership.training_lapsed = not membership.account.training_in_date(today)
    membership.is_to_come = membership.valid_from > today
    return membership


def _has_lapsed(account: Account, matter: Matter) -> bool:
    """Whether the reader's own training or agreement has run out, which stops new sharing but never reading."""
    roles = account.askers()
    return not matter.statutory_live and any(not (asker.training_in_date and asker.sharing_agreement) for asker in roles)
