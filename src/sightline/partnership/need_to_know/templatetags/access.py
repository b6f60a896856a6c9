"""What templates may ask about access."""

from typing import Any

from django import template
from django.utils import timezone

from sightline.partnership.need_to_know.abilities import facts_of, matter_of
from sightline.partnership.need_to_know.access import standing
from sightline.partnership.need_to_know.models import BreakGlass, Matter

register = template.Library()


@register.simple_tag(takes_context=True)
def can(context: template.Context, kind: str, action: str, thing: Any = None) -> bool:
    """Whether the reader may do this, once they have confirmed who they are if that is asked: `{% can "K3" "E" incident as can_edit %}`."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return False
    how = standing(request.user, matter_of(thing), stepped_up=True)
    return bool(how.decide(action, kind, **facts_of(thing, request.user)))


@register.simple_tag(takes_context=True)
def emergency_opening(context: template.Context, matter: Matter) -> BreakGlass | None:
    """The reader's own emergency opening of a matter while it lasts, so that every page can say so."""
    request = context.get("request")
    if request is None or matter is None or not request.user.is_authenticated:
        return None
    return BreakGlass.objects.open_at(timezone.now()).filter(matter=matter, account=request.user).first()
