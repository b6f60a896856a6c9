from django.apps import AppConfig


class CaseReviewsConfig(AppConfig):
    """Serious incidents, rapid reviews, practice reviews and their learning."""

    name = "sightline.partnership.case_reviews"
    label = "case_reviews"
    verbose_name = "Case reviews"
