"""The only way in."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sightline.partnership.accounts import tokens
from sightline.partnership.accounts.models import Account, Invitation
from sightline.partnership.accounts.workflow import accept_invitation, invite, invite_first_administrator, reissue, revoke
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.notices.models import Notice
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db

PASSWORD = "a long invented sentence"


@pytest.fixture
def agency():
    made = agencies.agency("Invented Trust")
    accounts.terms(made)
    return made


@pytest.fixture
def manager() -> Account:
    return accounts.account("BM")


@pytest.fixture
def invitation(agency, manager) -> Invitation:
    return invite(agencies.officer("Example Newcomer", of=agency), email="New.Comer@Hartshire.example", role_codes=["AC"], by=manager)


def test_invitation_keeps_only_the_fingerprint_of_its_link(invitation: Invitation) -> None:
    token = tokens.token_of(invitation)

    stored = " ".join(str(value) for value in Invitation.objects.filter(pk=invitation.pk).values_list()[0])

    assert token not in stored
    assert token.partition(":")[2] not in stored
    assert tokens.invitation_of(token, at=timezone.now()) == invitation


def test_invitation_is_queued_by_id_alone(invitation: Invitation) -> None:
    notice = Notice.objects.get(template="account.invitation")

    assert notice.to == f"invitation:{invitation.pk}"


def test_accepting_makes_the_account_with_its_roles(invitation: Invitation, manager: Account) -> None:
    account = accept_invitation(invitation, token=tokens.token_of(invitation), password=PASSWORD, accepts_terms=True)

    assert (account.email, account.name, account.role_codes(timezone.localdate())) == (
        "new.comer@hartshire.example",
        "Example Newcomer",
        {"AC"},
    )
    assert account.check_password(PASSWORD)
    assert account.role_holdings.get().granted_by == manager
    assert account.terms_accepted.count() == 1
    assert AuditEvent.objects.order_by("-seq").first().action == "invitation.accepted"


def test_link_works_once(invitation: Invitation) -> None:
    token = tokens.token_of(invitation)
    accept_invitation(invitation, token=token, password=PASSWORD, accepts_terms=True)

    assert tokens.invitation_of(token, at=timezone.now()) is None
    with pytest.raises(NotAllowedNow):
        accept_invitation(invitation, token=token, password=PASSWORD, accepts_terms=True)


def test_link_expires_after_seven_days(invitation: Invitation) -> None:
    token = tokens.token_of(invitation)
    end = invitation.invited_at + timedelta(days=7)

    assert tokens.invitation_of(token, at=end - timedelta(seconds=1)) == invitation
    assert tokens.invitation_of(token, at=end) is None
    with pytest.raises(NotAllowedNow):
        accept_invitation(invitation, token=token, password=PASSWORD, accepts_terms=True, at=end)


@pytest.mark.parametrize("position", [0, 5, 25, 27, 30, -1])
def test_altered_link_is_no_link(invitation: Invitation, position: int) -> None:
    token = list(tokens.token_of(invitation))
    token[position] = "A" if token[position] != "A" else "B"

    assert tokens.invitation_of("".join(token), at=timezone.now()) is None


def test_link_of_another_invitation_does_not_open_this_one(invitation: Invitation, agency, manager) -> None:
    other = invite(agencies.officer(of=agency), email="other@hartshire.example", role_codes=["AC"], by=manager)

    with pytest.raises(NotAllowedNow):
        accept_invitation(invitation, token=tokens.token_of(other), password=PASSWORD, accepts_terms=True)


def test_reissue_makes_the_earlier_link_useless(invitation: Invitation, manager: Account) -> None:
    first = tokens.token_of(invitation)

    again = reissue(invitation, by=manager)

    assert tokens.invitation_of(first, at=timezone.now()) is None
    assert tokens.invitation_of(tokens.token_of(again), at=timezone.now()) == again


def test_revoked_link_is_no_link(invitation: Invitation, manager: Account) -> None:
    revoke(invitation, by=manager)

    assert tokens.invitation_of(tokens.token_of(invitation), at=timezone.now()) is None
    with pytest.raises(NotAllowedNow):
        reissue(invitation, by=manager)


def test_terms_must_exist_before_an_agencys_people_are_invited(manager: Account) -> None:
    with pytest.raises(NotAllowedNow, match="no terms of use"):
        invite(agencies.officer(), email="early@hartshire.example", role_codes=["AC"], by=manager)


def test_terms_must_be_accepted(invitation: Invitation) -> None:
    with pytest.raises(NotAllowedNow):
        accept_invitation(invitation, token=tokens.token_of(invitation), password=PASSWORD, accepts_terms=False)

    assert not Account.objects.filter(email=invitation.email).exists()


@pytest.mark.parametrize(
    ("roles", "codes", "is_allowed"),
    [
        (["BM"], ["AL"], True),
        (["SA"], ["BM"], True),
        (["AL"], ["AC"], True),
        (["AL"], ["PM"], False),
        (["AL"], ["BM"], False),
        (["AC"], ["AC"], False),
        (["IG"], ["AC"], False),
        (["PC"], ["AC"], False),
        ([], ["AC"], False),
    ],
)
def test_who_may_invite_to_which_role(agency, roles: list[str], codes: list[str], is_allowed: bool) -> None:
    by = accounts.account(*roles, of=agency)
    officer = agencies.officer(of=agency)

    if is_allowed:
        assert invite(officer, email="one@hartshire.example", role_codes=codes, by=by).roles == codes
    else:
        with pytest.raises(NotPermitted):
            invite(officer, email="one@hartshire.example", role_codes=codes, by=by)


def test_lead_invites_only_for_their_own_agency(agency) -> None:
    lead = accounts.account("AL")

    with pytest.raises(NotPermitted):
        invite(agencies.officer(of=agency), email="one@hartshire.example", role_codes=["AC"], by=lead)


@pytest.mark.parametrize(("codes", "reason"), [([], "at least one"), (["IR"], "last day"), (["SA", "PM"], "cannot be held together")])
def test_roles_that_cannot_be_invited_to(agency, manager, codes: list[str], reason: str) -> None:
    with pytest.raises(NotAllowedNow, match=reason):
        invite(agencies.officer(of=agency), email="one@hartshire.example", role_codes=codes, by=manager)


def test_delegates_roles_end_on_the_day_given(agency, manager) -> None:
    ends = timezone.localdate() + timedelta(days=60)
    invitation = invite(agencies.officer(of=agency), email="one@hartshire.example", role_codes=["IR"], ends_on=ends, by=manager)

    account = accept_invitation(invitation, token=tokens.token_of(invitation), password=PASSWORD, accepts_terms=True)

    assert account.role_holdings.get().valid_to == ends


def test_one_address_has_one_open_invitation_or_account(invitation: Invitation, agency, manager) -> None:
    with pytest.raises(NotAllowedNow, match="already an invitation"):
        invite(agencies.officer(of=agency), email="NEW.comer@hartshire.example", role_codes=["AC"], by=manager)
    with pytest.raises(NotAllowedNow, match="already an account"):
        invite(agencies.officer(of=agency), email=manager.email.upper(), role_codes=["AC"], by=manager)


def test_person_who_has_left_is_not_invited(agency, manager) -> None:
    gone = agencies.officer(of=agency, valid_to=date(2020, 1, 1))

    with pytest.raises(NotAllowedNow, match="no longer works"):
        invite(gone, email="gone@hartshire.example", role_codes=["AC"], by=manager)


def test_first_administrator_comes_in_without_anybody() -> None:
    invitation = invite_first_administrator(email="First@hartshire.example", name="Example Administrator")

    account = accept_invitation(invitation, token=tokens.token_of(invitation), password=PASSWORD, accepts_terms=False)

    assert account.role_codes(timezone.localdate()) == {"SA"}
    with pytest.raises(NotAllowedNow, match="already has an administrator"):
        invite_first_administrator(email="second@hartshire.example", name="Example Second")


def test_first_administrator_asked_for_again_gets_a_new_link() -> None:
    first = invite_first_administrator(email="first@hartshire.example", name="Example Administrator")
    earlier = tokens.token_of(first)

    again = invite_first_administrator(email="first@hartshire.example", name="Example Administrator")

    assert again.pk == first.pk
    assert tokens.invitation_of(earlier, at=timezone.now()) is None
