"""Pages on which a pseudonym becomes a person: one person of one matter, and the business unit's question who somebody is.

They belong to the site because they need both the vault and the matters it serves, which do not know each other's order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews.models import IncidentChild, SignificantPerson
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.abilities import guarded_by, needs
from sightline.partnership.need_to_know.models import Matter, MatterPerson, Membership
from sightline.partnership.pages.fields import DayField
from sightline.partnership.people import matching, pseudonyms, workflow
from sightline.partnership.people.comparing import Identity
from sightline.partnership.people.models import Person
from sightline.partnership.people.particulars import particulars
from sightline.procedures.access.allow import Thing, allow

MOST_LISTED = 100


@dataclass(frozen=True)
class NamedPerson:
    """One person of one matter, for the question whether this reader may learn who it is."""

    matter: Matter
    person: Person

    @property
    def pk(self) -> str:
        return self.person.pk

    @property
    def owner_agency_id(self) -> str | None:
        return self.matter.raised_by_agency_id


def named_person(matter_id: str, person_id: str) -> NamedPerson:
    named = MatterPerson.objects.select_related("matter", "person").get(matter=matter_id, person=person_id)
    return NamedPerson(named.matter, named.person)


class SearchForm(forms.Form):
    """Somebody to look for in the vault. It is posted, as what is typed here must not end up in an address."""

    given_name = forms.CharField(label="Given name", max_length=150, required=False)
    family_name = forms.CharField(label="Family name", max_length=150, required=False)
    born_on = DayField("Date of birth", required=False)
    nhs_number = forms.CharField(label="NHS number", max_length=20, required=False)
    postcode = forms.CharField(label="Postcode", max_length=12, required=False)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Write at least a name, a date of birth, a postcode or an NHS number.")
        return cleaned

    def identity(self) -> Identity:
        typed = dict(self.cleaned_data)
        return Identity.of(postcodes=[typed.pop("postcode")], **typed)


def matches_identities(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """For the page that belongs to no one matter: whoever matches identities in the matters they are a member of."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        if not any(allow(asker, "C", "K1", Thing(member=True)) for asker in askers(request.user)):
            trail.record_reading("matching", None, by=request.user, kind="K1", decision="refused")
            raise Http404
        return view(request)

    wrapper.ability = ("K1", "C")  # type: ignore[attr-defined]
    return wrapper


@matches_identities
@require_safe
def to_match(request: HttpRequest) -> HttpResponse:
    """Everybody whom the business unit has still to look at, without a name among them."""
    waiting = matching_queue(request.user)
    rows = [{"named": named, "code": code_of(named)} for named in waiting[:MOST_LISTED]]
    return render(request, "identities/to_match.html", {"rows": rows, "count": waiting.count(), "most": MOST_LISTED})


def may_match(how: access.Standing, named: NamedPerson) -> bool:
    return bool(how.decide("I", "K1") and how.decide("C", "K1"))


@guarded_by("K1", "I", named_person, may_match)
@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, named: NamedPerson) -> HttpResponse:
    """One person beside those who may be the same, with the reasons; the unit says which, or that nobody is."""
    others = people_within_reach(request.user, named)
    search = SearchForm(request.POST if request.POST.get("do") == "search" else None)
    if request.method == "POST" and request.POST.get("do") != "search":
        return say_who_it_is(request, named, others)
    found = matching.candidates(named.person, among=others)
    has_searched = search.is_bound and search.is_valid()
    if has_searched:
        same = matching.records_of(named.person)
        found = matching.look_up(search.identity(), among=others.exclude(pk__in=same))
    written = rows_about(named.person, named.matter, request.user)
    context = {
        "named": named, "matter": named.matter, "code": code_of(named), "written": written,
        "candidates": [candidate_shown(candidate, written, request.user) for candidate in found],
        "search": search, "searched": has_searched,
        "decisions": named.person.matching_decisions.select_related("decided_by__officer"),
    }  # fmt: skip
    return render(request, "identities/match.html", context)


@needs("K1", "I", of=named_person)
@require_safe
def identity(request: HttpRequest, named: NamedPerson) -> HttpResponse:
    """Who a pseudonym stands for."""
    relatives = [
        {"kind": row.get_kind_display(), "name": row.relative.full_name}
        for row in named.person.relatives.select_related("relative")
        if MatterPerson.objects.filter(matter=named.matter, person=row.relative).exists()
    ]
    can_match = bool(access.decide(request.user, "C", "K1", matter=named.matter))
    context = {
        "named": named, "matter": named.matter, "code": code_of(named), "rows": rows_about(named.person, named.matter, request.user),
        "relatives": relatives, "can_match": can_match, "also_in": also_in(named, request.user) if can_match else [],
    }  # fmt: skip
    return render(request, "identities/identity.html", context)


def say_who_it_is(request: HttpRequest, named: NamedPerson, others: QuerySet[Person]) -> HttpResponse:
    """One of the three answers, and back to the queue."""
    facts = {"by": request.user, "matter_id": named.matter.pk}
    do = request.POST.get("do")
    if do == "same":
        known = others.filter(pk=request.POST.get("known", "")).first()
        if known is None:
            raise Http404
        workflow.confirm_same(named.person, known=known, **facts)
        messages.success(request, "Recorded: the two records are the same person. Both stay as they were written.")
    elif do == "new":
        workflow.confirm_new(named.person, **facts)
        messages.success(request, "Recorded: this person was not known before.")
    elif do == "undo":
        workflow.undo_confirm(named.person, **facts)
        messages.success(request, "Undone. This person waits to be matched again.")
        return redirect("match", matter_id=named.matter.pk, person_id=named.person.pk)
    else:
        raise Http404
    return redirect("matching")


def matching_queue(account: Account) -> QuerySet[MatterPerson]:
    """People still to be matched, of the matters in which this account may match."""
    waiting = MatterPerson.objects.filter(matter__in=matters_to_match(account), person__in=Person.objects.to_match())
    return waiting.select_related("matter", "person").order_by("named_at", "id")


def matters_to_match(account: Account) -> QuerySet[Matter]:
    """Matters whose people this account may compare: it is a member, and nothing keeps it out."""
    memberships = Membership.objects.in_force(timezone.localdate()).filter(account=account)
    return access.visible_matters(account).filter(pk__in=memberships.values("matter"))


def people_within_reach(account: Account, named: NamedPerson) -> QuerySet[Person]:
    """Everybody of other matters with whom this account may compare. A matter it must not learn of offers nobody."""
    within = MatterPerson.objects.filter(matter__in=matters_to_match(account)).exclude(matter=named.matter)
    return Person.objects.filter(pk__in=within.values("person")).exclude(pk=named.person.pk)


def candidate_shown(candidate: matching.Candidate, written: list[tuple[str, str]], account: Account) -> dict[str, object]:
    """A candidate with its particulars. That they were shown is recorded in their own matter first."""
    within = MatterPerson.objects.filter(person=candidate.person, matter__in=matters_to_match(account))
    named = within.select_related("matter", "person").first()
    if named is None:
        raise Http404  # a conflict came to be known between the question and the answer
    trail.record_reading("identity.compared", candidate.person, by=account, kind="K1", matter_id=named.matter_id)
    return {
        "person": candidate.person, "reference": named.matter.reference, "code": code_of(named), "reasons": candidate.reasons,
        "differences": candidate.differences, "rows": side_by_side(written, rows_about(candidate.person, named.matter, account)),
    }  # fmt: skip


def side_by_side(ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Two records line by line, in the order of the first; a line that only one of them has stays empty on the other side."""
    mine, other = dict(ours), dict(theirs)
    labels = [label for label, _ in ours] + [label for label, _ in theirs if label not in mine]
    return [(label, mine.get(label, ""), other.get(label, "")) for label in labels]


def also_in(named: NamedPerson, account: Account) -> list[MatterPerson]:
    """Other matters in which this same person has been written down, for the business unit alone."""
    records = matching.records_of(named.person) - {named.person.pk}
    found = MatterPerson.objects.filter(person__in=records, matter__in=matters_to_match(account))
    return list(found.select_related("matter", "person"))


def code_of(named: NamedPerson | MatterPerson) -> str:
    """What pages call this person: by their place in the incident."""
    child = IncidentChild.objects.filter(person=named.person, incident__matter=named.matter).first()
    if child is not None:
        return pseudonyms.code_for(pseudonyms.CHILD_ROLE, child.position)
    around = list(SignificantPerson.objects.filter(incident__matter=named.matter))
    codes = pseudonyms.codes_for([row.relationship for row in around])
    return next((code for code, row in zip(codes, around, strict=True) if row.person_id == named.person.pk), str(named.person))


def rows_about(person: Person, matter: Matter, account: Account) -> list[tuple[str, str]]:
    """Everything written of somebody, in the order in which it is asked; what is not known is left out."""
    may_see_protected = access.may_see_protected_addresses(account, matter)
    return [(label, words) for label, words in particulars(person, may_see_protected=may_see_protected) if words]
