from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Recommendations from every source and the actions that answer them."""

    name = "sightline.partnership.actions"
    label = "actions"
    verbose_name = "Actions"
