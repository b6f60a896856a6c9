"""Rule sets: what the guidance in force on a day requires, kept as dated files and pinned to each case by their content.

Which date chooses the rules: for a serious incident the day the local authority became aware; for a rapid review or a practice review
the rules pinned to its notification; for a yearly report the end of its period; for an agency's duty the day of the act.
"""

from sightline.procedures.rule_sets.easements import Easement, easements_for
from sightline.procedures.rule_sets.loading import all_rule_sets, in_force, pinned, read_rule_set
from sightline.procedures.rule_sets.panel_guidance import PanelGuidance, panel_guidance_editions, panel_guidance_in_force
from sightline.procedures.rule_sets.rule_set import CountingRule, NotifiableType, Partner, RapidReviewAnchor, RuleSet, SignRole

KEY_DATES = {
    "serious_incident": "aware_on",
    "rapid_review": "rule set pinned to its notification",
    "practice_review": "rule set pinned to its notification",
    "yearly_report": "period_end_on",
    "agency_duty": "acted_on",
}

__all__ = [
    "KEY_DATES", "CountingRule", "Easement", "NotifiableType", "PanelGuidance", "Partner", "RapidReviewAnchor", "RuleSet", "SignRole",
    "all_rule_sets", "easements_for", "in_force", "panel_guidance_editions", "panel_guidance_in_force", "pinned", "read_rule_set",
]  # fmt: skip
