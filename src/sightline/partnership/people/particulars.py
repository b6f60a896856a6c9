"""Everything written of one person, in the order in which it is asked: for pages on which an identity is revealed."""

from sightline.partnership.people import identifiers
from sightline.partnership.people.models import Address, Person
from sightline.procedures import code_lists

WITHHELD = "A protected address is recorded. You have not been cleared to see it."
ASKED_OF_CHILDREN = frozenset(
    {"Expected date of birth", "Gender identity", "Disability", "Religion", "Unique pupil number", "School, college or nursery"}
)
ASKED_OF_ADULTS = frozenset({"Looked after as a child"})

Rows = list[tuple[str, str]]


def particulars(person: Person, *, may_see_protected: bool) -> Rows:
    """Pairs of label and words; empty words where something is asked of such a person and nobody has written it down."""
    never_asked = ASKED_OF_ADULTS if person.is_child else ASKED_OF_CHILDREN
    rows = [*_names(person), *_facts(person)]
    addresses = list(person.addresses.select_related("ward"))
    if all(address.to_on for address in addresses):  # nobody has written where the person lives now
        rows += [("Address", ""), ("Postcode", ""), ("Ward", "")]
    for address in addresses:
        rows += _address(address, may_see_protected=may_see_protected)
    return [(label, words) for label, words in rows if words or label not in never_asked]


def day(value: object) -> str:
    return f"{value:%-d %B %Y}" if value else ""


def _names(person: Person) -> Rows:
    if not (person.given_name or person.family_name):
        return [("Name", person.full_name), ("Other names", person.also_known_as)]
    return [("Given names", person.given_name), ("Family name", person.family_name), ("Other names", person.also_known_as)]


def _facts(person: Person) -> Rows:
    disabilities = ", ".join(code_lists.label("disability", code) for code in person.disabilities)
    rows = [
        ("Date of birth", day(person.born_on)), ("Expected date of birth", day(person.expected_on)), ("Sex", person.get_sex_display()),
        ("Gender identity", person.gender_identity), ("Ethnicity", person.get_ethnicity_display()), ("Disability", disabilities),
        ("Religion", person.religion), ("First language", person.first_language),
        ("Interpreter needed", person.get_interpreter_display()), ("NHS number", identifiers.grouped_nhs_number(person.nhs_number)),
        ("Unique pupil number", person.upn), ("Number in the social care system", person.social_care_id),
        ("School, college or nursery", person.school), ("Looked after as a child", person.get_care_experienced_display()),
    ]  # fmt: skip
    # A child is either born or expected: the other date is no gap in what is known.
    if person.is_unborn:
        rows.remove(("Date of birth", ""))
    elif not person.expected_on:
        rows.remove(("Expected date of birth", ""))
    return rows


def _address(address: Address, *, may_see_protected: bool) -> Rows:
    until = f" until {day(address.to_on)}" if address.to_on else ""
    if address.is_protected and not may_see_protected:
        return [(f"Address{until}", WITHHELD)]
    # The mark goes with each line, so that none of them is copied without it.
    mark = " (protected)" if address.is_protected else ""
    ward = str(address.ward or "")
    if address.to_on:
        words = [address.lines, address.postcode, ward, f"from {day(address.from_on)}" if address.from_on else ""]
        return [(f"Address{until}{mark}", ", ".join(word for word in words if word))]
    rows = [("Address", address.lines), ("Postcode", address.postcode), ("Ward", ward), ("Lived there since", day(address.from_on))]
    return [(f"{label}{mark}", words) for label, words in rows]
