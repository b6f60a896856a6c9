from django.apps import AppConfig


class NeedToKnowConfig(AppConfig):
    """Protected matters: members, grants, seals and conflicts of interest."""

    name = "sightline.partnership.need_to_know"
    label = "need_to_know"
    verbose_name = "Need to know"
