from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The page parts every room uses; nothing about the partnership's work."""

    name = "sightline.partnership.pages"
    label = "pages"
    verbose_name = "Page parts"
