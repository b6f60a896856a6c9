"""What is written to people about signing and the National Panel: that something waits, never a word of the case."""

from collections.abc import Mapping
from typing import Final

from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Officer
from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.models import RapidReview, SignedText
from sightline.partnership.case_reviews.workflow import signing
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import Matter

OF_TEXTS: Final[Mapping[str, str]] = {
    "case_reviews.sign_asked": "A report and decision wait for your signature.",
    "case_reviews.sign_reminder": "A report and decision still wait for your signature, and its day is near.",
    "case_reviews.text_voided": "A text that you were asked to sign has changed. You will be asked to sign it again.",
    "case_reviews.text_signed": "A text that was with the partners is settled.",
    "case_reviews.partners_disagree": "The safeguarding partners do not agree in a matter. It waits for those who lead them.",
    "case_reviews.scrutineer_asked": "The partners do not agree in a matter. You are asked to help.",
}
OF_REVIEWS: Final[Mapping[str, str]] = {
    "case_reviews.panel_disagrees": "The National Panel disagrees with a decision. It is open again.",
    "case_reviews.panel_question": "The National Panel asks something that you are to find out.",
}
LINES: Final[Mapping[str, str]] = {**OF_TEXTS, **OF_REVIEWS}
# Also told to those who lead a partner and have no account.
TO_LEADERS: Final = frozenset({"case_reviews.partners_disagree", "case_reviews.panel_disagrees"})
OVERTAKEN: Final = frozenset({"case_reviews.sign_asked", "case_reviews.sign_reminder", "case_reviews.scrutineer_asked"})


def line_for(template: str, *, to: Account | Officer, about: str) -> str | None:
    """The line to send; None when this person may no longer hear of it, or when it has been overtaken."""
    if template in OF_TEXTS:
        text = SignedText.objects.select_related("incident__matter").filter(pk=about).first()
        if text is None or template in OVERTAKEN and text.state != "with_partners":
            return None
        if template == "case_reviews.sign_reminder" and _has_signed(text, to):
            return None
        matter, kind = text.incident.matter, text.record_kind
    else:
        review = RapidReview.objects.select_related("incident__matter").filter(pk=about).first()
        if review is None:
            return None
        matter, kind = review.matter, "K5"
    return LINES[template] if _may_hear(template, to, matter, kind) else None


def _has_signed(text: SignedText, to: Account | Officer) -> bool:
    found = signing.signer_of(text, to) if isinstance(to, Account) else None
    return found is None or text.signatures.filter(partner_role=found.partner_role).exists()


def _may_hear(template: str, to: Account | Officer, matter: Matter, kind: str) -> bool:
    if isinstance(to, Account):
        if to.is_active and need_to_know.decide(to, "R", kind, matter=matter):
            return True
        officer = to.officer
    else:
        officer = to
    if template == "case_reviews.panel_question":
        return officer.is_serving(timezone.localdate()) and not need_to_know.is_kept_out(officer, matter)
    leads = {agency.named_executive_id for agency in arrangements.safeguarding_partners(timezone.localdate()).values()}
    return template in TO_LEADERS and officer.pk in leads and not need_to_know.is_kept_out(officer, matter)


def signature_is_awaited(account: Account, review: RapidReview) -> SignedText | None:
    """The text of this review that this person is to sign, if there is one and their partner has not spoken."""
    text = signing.latest(review.incident)
    if text is None or text.state != "with_partners" or not review_access.can(account, "R", review):
        return None
    return None if _has_signed(text, account) else text
