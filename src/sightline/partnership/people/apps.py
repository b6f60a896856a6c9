from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The identity vault: the only room that holds names, dates of birth and addresses."""

    name = "sightline.partnership.people"
    label = "people"
    verbose_name = "People"
