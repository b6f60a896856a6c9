from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Letters and e-mail, kept in an outbox until they have gone."""

    name = "sightline.partnership.notices"
    label = "notices"
    verbose_name = "Notices"
