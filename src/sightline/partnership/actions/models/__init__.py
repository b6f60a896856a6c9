from sightline.partnership.actions.models.action import Action
from sightline.partnership.actions.models.evidence import ActionEvidence
from sightline.partnership.actions.models.recommendation import Recommendation
from sightline.partnership.actions.models.update import ActionUpdate

__all__ = ["Action", "ActionEvidence", "ActionUpdate", "Recommendation"]
