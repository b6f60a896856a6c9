"""The trail does not give away to a refused person whether there was anything to be refused."""

import pytest
from django.urls import reverse

from sightline.partnership.need_to_know.workflow import conflicts
from sightline.procedures.references import new_ulid


@pytest.mark.parametrize("role", ["IG", "AL", "AC"])
@pytest.mark.parametrize("blocked", [True, False])
def test_own_refusals_look_the_same_whether_or_not_the_matter_exists(world, client, role, blocked):
    reader = world.person(role, agency=world.school)
    matter = world.matter()
    if blocked:
        conflicts.declare(matter, account=reader, reason="A relative", by=world.person("IG"))
    client.force_login(reader)
    pages = []

    for target in (matter.pk, new_ulid()):
        assert client.get(reverse("need_to_know:add_member", args=[target])).status_code == 404
        pages.append(client.get(reverse("audit_trail")).content.decode())

    assert all("add member" not in page for page in pages)
    if blocked:
        assert matter.reference not in "".join(pages)
