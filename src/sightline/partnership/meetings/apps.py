from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings of the partnership's bodies and of its reviews."""

    name = "sightline.partnership.meetings"
    label = "meetings"
    verbose_name = "Meetings"
