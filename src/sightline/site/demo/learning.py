"""What Arden learnt from two of its rapid reviews: points, actions at each of their stages, and a briefing that teams heard."""

import tomllib
from datetime import date, datetime, time
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions.workflow import actions
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.case_reviews.workflow import learning
from sightline.partnership.notices.models import Notice
from sightline.site.demo.partnership import AGENCIES

LONDON = ZoneInfo("Europe/London")


def load_learning(reviews: dict[str, RapidReview]) -> None:
    """Play what was learnt from reviews of the past, each by its key in the demonstration."""
    told, unit = tomllib.loads((files(__package__) / "learning.toml").read_text(encoding="utf-8")), access.business_managers()[0]
    for facts in told["point"]:
        _point(reviews[facts["review"]], facts, unit)
    _briefing(reviews[told["briefing"]["review"]], told["briefing"], unit)
    # What owners were told of their actions was read years ago.
    Notice.objects.filter(template__startswith="actions.", matter_id__in=[review.matter_id for review in reviews.values()]).delete()


def _point(review: RapidReview, facts: dict[str, Any], unit: Account) -> None:
    point = learning.write_point(
        review.incident, source="rapid_review", text=facts["text"], is_good_practice=facts.get("good_practice", False),
        why_it_made_sense=facts.get("why", ""), what_changes=facts.get("changes", ""), themes=facts["themes"], by=unit, at=_at(facts["on"]),
    )  # fmt: skip
    for row in facts.get("action", ()):
        owner = Officer.objects.get(name=row["owner"])
        action = learning.raise_action(
            point, text=row["text"], outcome=row["outcome"], owner_agency=owner.agency, owner_officer=owner, due_on=row["due_on"], by=unit,
            at=_at(facts["on"]),
        )  # fmt: skip
        if "done_on" not in row:
            continue
        by, done_at = Account.objects.get(officer=owner), _at(row["done_on"])
        actions.add_evidence(action, kind="completion", text=row["evidence"], dated_on=row["done_on"], by=by, at=done_at)
        actions.say_done(action, done_on=row["done_on"], by=by, at=done_at)
        if "assured_on" in row:
            on = row["assured_on"]
            actions.assure(action, assured_on=on, because=row["assured_because"], by=unit, at=_at(on))


def _briefing(review: RapidReview, facts: dict[str, Any], unit: Account) -> None:
    briefing = learning.write_briefing(review.incident, title=facts["title"], boxes=facts["boxes"], by=unit, at=_at(facts["on"]))
    briefing = learning.issue_briefing(briefing, by=unit, at=_at(facts["issued_on"]))
    for row in facts["delivery"]:
        heard = learning.record_delivery(
            briefing, agency=Agency.objects.get(short_name=AGENCIES[row["agency"]]), team=row["team"], held_on=row["held_on"],
            headcount=row["headcount"], led_by=row["led_by"], agreed=row["agreed"], by=unit, at=_at(row["held_on"]),
        )  # fmt: skip
        if "effect" in row:
            learning.record_effect(heard, effect=row["effect"], effect_on=row["effect_on"], by=unit)


def _at(on: date) -> datetime:
    return datetime.combine(on, time(14, 10), LONDON)
