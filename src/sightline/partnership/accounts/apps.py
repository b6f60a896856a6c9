from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, their roles and what they have agreed to."""

    name = "sightline.partnership.accounts"
    label = "accounts"
    verbose_name = "Accounts"
