"""What a person is called on every page until somebody with the right to do so reveals who it is."""

from collections.abc import Sequence

from sightline.procedures import code_lists

CHILD_ROLE = "child"
# Where the label of a relationship does not read as a name.
SAID_OTHERWISE = {
    "child": "Child",
    "own_partner": "Own partner",
    "own_child": "Own child",
    "other": "Other person",
    "not_known": "Person, relationship not known",
}


def code_for(role: str, n: int = 1) -> str:
    """A short name that says the part somebody plays and nothing else: 'Child 1', 'Mother', 'Brother or sister 2'.

    `role` is 'child' or a code of the list of relationships. A child always has a number; others from the second on.
    """
    words = SAID_OTHERWISE.get(role) or code_lists.label("relationships", role)
    return f"{words} {n}" if role == CHILD_ROLE or n > 1 else words


def codes_for(roles: Sequence[str]) -> list[str]:
    """The short names of several people in the order given; where a part is played more than once, each has its number."""
    counted: dict[str, int] = {}
    codes = []
    for role in roles:
        counted[role] = counted.get(role, 0) + 1
        words = SAID_OTHERWISE.get(role) or code_lists.label("relationships", role)
        codes.append(f"{words} {counted[role]}" if role == CHILD_ROLE or roles.count(role) > 1 else words)
    return codes
