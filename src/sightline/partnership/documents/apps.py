from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files held with a matter, each with its sensitivity."""

    name = "sightline.partnership.documents"
    label = "documents"
    verbose_name = "Documents"
