"""The page that lets a leaver go: the account and every way in to every matter, in one move."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.partnership.accounts.forms import CloseForm
from sightline.partnership.accounts.models import Account
from sightline.partnership.accounts.views.managing import find_account
from sightline.partnership.agencies.abilities import entitled
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import Matter, Membership
from sightline.partnership.need_to_know.views.parts import typed
from sightline.partnership.need_to_know.workflow import leavers
from sightline.procedures.errors import NotAllowedNow


@entitled("K17", "M", of=find_account)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, account: Account, **_: str) -> HttpResponse:
    """Close a leaver's account, and end what the room of accounts cannot know of."""
    form = CloseForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            leavers.leave(account, by=request.user, **form.cleaned_data)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The account of {account.name} is closed. Everything they could open is closed to them now.")
            return redirect("accounts:show", account_id=account.pk)
    context = {"form": form, "subject": account, "matters": matters_that_end(account, reader=request.user)}
    return render(request, "accounts/close.html", context)


def matters_that_end(account: Account, *, reader: Account) -> list[Matter]:
    """Matters that the leaver is a member of, as far as the reader may know of each and read who its members are."""
    memberships = Membership.objects.not_over(timezone.localdate()).filter(account=account)
    known = access.visible_matters(reader).filter(pk__in=memberships.values("matter")).order_by("reference")
    how = access.standings(reader, known)
    return [matter for matter in known if how[matter.pk].decide("R", "K17m")]
