"""The command that lets the first administrator of a new partnership in."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from sightline.partnership.accounts import tokens
from sightline.partnership.accounts.workflow import invite_first_administrator
from sightline.partnership.agencies.models import Partnership
from sightline.partnership.agencies.workflow import directory
from sightline.procedures.errors import NotAllowedNow
from sightline.site.terminal import complain, say


def run(*, email: str, name: str = "", partnership: str = "") -> int:
    """Print the first administrator's link; with a name, also begin the partnership's record."""
    try:
        validate_email(email)
    except ValidationError:
        complain("Give the first administrator's e-mail address: sightline set-up --email name@organisation.example --name 'Their name'")
        return 2
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        complain("The database is not up to date. Run `sightline migrate` first.")
        return 1
    try:
        invitation = invite_first_administrator(email=email, name=name or "First administrator")
    except NotAllowedNow as refusal:
        complain(refusal.sentence)
        return 1
    if partnership and Partnership.current() is None:
        directory.begin_partnership(name=partnership, by=None)
    say("This link lets the first administrator in. It works once, for seven days; give it to nobody else.")
    say()
    say(f"    {settings.ADDRESS}{reverse('accounts:join', args=[tokens.token_of(invitation)])}")
    say()
    say("Run the command again for a new link; the earlier one then stops working.")
    return 0
