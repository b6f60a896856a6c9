"""Forms of learning: a point, the themes of a case, an action from a point, a briefing and its delivery."""

from typing import Any

from django import forms
from django.utils import timezone

from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.case_reviews.models import LearningPoint
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, ManyChoices
from sightline.procedures import themes
from sightline.procedures.learning import BOXES, METHODS


def _themes() -> list[tuple[str, str]]:
    return [(theme.code, f"{theme.label} ({theme.level})") for theme in themes.offered(timezone.localdate())]


class ThemesForm(forms.Form):
    """The themes that a case belongs to."""

    codes = ManyChoices("Themes", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"] = ManyChoices("Themes", _themes(), required=False)


class PointForm(forms.Form):
    """One thing learnt."""

    source = ChoiceRadio("From", LearningPoint.SOURCES)
    text = LongText("What was learnt", rows=4, required=True, hint="Without names, places or dates that tell of one child.")
    is_good_practice = forms.BooleanField(label="It is good practice, to be kept", required=False)
    why_it_made_sense = LongText("Why it made sense at the time", rows=3, hint="To those who did it. Not needed for good practice.")
    what_changes = LongText("What is to be different for children", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"] = ManyChoices("Themes", _themes(), required=False)


class ChangePointForm(PointForm):
    """A point written anew; where it came from stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["source"]

    @staticmethod
    def initial_of(point: LearningPoint) -> dict[str, Any]:
        return {name: getattr(point, name) for name in ("text", "is_good_practice", "why_it_made_sense", "what_changes", "themes")}


class BecauseForm(forms.Form):
    because = LongText("Why", rows=3, required=True)


class EffectForm(forms.Form):
    """What a team says has changed since."""

    effect = LongText(
        "What has changed for children, and how it is known", rows=4, required=True, hint="That nothing has changed is an answer."
    )
    effect_on = DayField("Said on", required=True)


class PointActionForm(forms.Form):
    """An action from a learning point."""

    text = LongText("What is to be done", rows=4, required=True, hint="Without names of children or families.")
    outcome = LongText("What will be different for children, and how it will be known", rows=3, required=True)
    owner_agency = forms.ModelChoiceField(Agency.objects.all(), label="Agency that owns it")
    owner_officer = forms.ModelChoiceField(Officer.objects.select_related("agency"), label="Person who owns it")
    due_on = DayField("Due", required=True)


class LearningReviewForm(forms.Form):
    """How a case below the threshold is learnt from."""

    method = ChoiceRadio("Method", METHODS)
    why_this_method = LongText("Why this method", rows=3, required=True)
    lead = forms.ModelChoiceField(Officer.objects.select_related("agency"), label="Who leads it")
    questions = LongText("What it is to find out", rows=4)
    due_on = DayField("By", required=True)


class FinishForm(forms.Form):
    """What a review below the threshold found."""

    summary = LongText("What it found", rows=6, required=True)
    finished_on = DayField("Finished on", required=True)


class BriefingForm(forms.Form):
    """The seven boxes."""

    title = forms.CharField(label="Title", max_length=120, help_text="It tells of no child.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in BOXES:
            self.fields[code] = LongText(label, rows=4)

    @property
    def boxes(self) -> dict[str, str]:
        return {code: self.cleaned_data[code].strip() for code, _ in BOXES}


class DeliveryForm(forms.Form):
    """A team heard a briefing."""

    agency = forms.ModelChoiceField(Agency.objects.all(), label="Agency")
    team = forms.CharField(label="Team", max_length=200)
    held_on = DayField("Held on", required=True)
    led_by = forms.CharField(label="Manager who led it, by post", max_length=200, required=False)
    headcount = forms.IntegerField(label="How many took part", min_value=1)
    discussed = LongText("What was discussed", rows=3)
    agreed = LongText("What the team will do", rows=3)
    look_again_on = DayField("Effect to be looked at on", required=False, hint="Three to six months later.")
