from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Safeguarding partners, relevant agencies, bodies, seats and appointments."""

    name = "sightline.partnership.agencies"
    label = "agencies"
    verbose_name = "Agencies"
