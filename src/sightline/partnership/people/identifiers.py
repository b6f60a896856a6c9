"""Numbers that identify one child: how they are cleaned, and whether they can be right."""

NHS_NUMBER_LENGTH = 10
UPN_LENGTH = 13
# Check letters of the unique pupil number, in order of the remainder by 23 (DfE, UPN guide: I, O and S are not used).
UPN_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN_TEMPORARY_CHARACTER = 12


def clean_number(typed: str) -> str:
    """Capital letters and digits only, as people write these numbers with spaces and dashes."""
    return "".join(character for character in typed.upper() if character.isascii() and character.isalnum())


def nhs_check_digit(first_nine: str) -> int | None:
    """The tenth digit by modulus 11 (NHS Data Dictionary: NHS NUMBER); None where no number may have these nine digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True))
    check = 11 - total % 11
    if check == 10:
        return None
    return 0 if check == 11 else check


def is_nhs_number(typed: str) -> bool:
    number = clean_number(typed)
    if len(number) != NHS_NUMBER_LENGTH or not number.isdigit() or len(set(number)) == 1:
        return False
    return nhs_check_digit(number[:9]) == int(number[9])


def is_upn(typed: str) -> bool:
    """A unique pupil number: check letter, eleven digits, and a last character that is a letter in a temporary number."""
    number = clean_number(typed)
    if len(number) != UPN_LENGTH or not number[1:UPN_TEMPORARY_CHARACTER].isdigit():
        return False
    last = number[UPN_TEMPORARY_CHARACTER]
    if last.isdigit():
        last_value = int(last)
    elif last in UPN_CHECK_LETTERS:
        last_value = UPN_CHECK_LETTERS.index(last)
    else:
        return False
    values = [int(digit) for digit in number[1:UPN_TEMPORARY_CHARACTER]] + [last_value]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return number[0] == UPN_CHECK_LETTERS[total % 23]


def grouped_nhs_number(number: str) -> str:
    """The number as it is printed: three, three and four digits."""
    digits = clean_number(number)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == NHS_NUMBER_LENGTH else number


def clean_postcode(typed: str) -> str:
    """One space before the last three characters, as Royal Mail writes it; anything shorter is left as typed."""
    letters = clean_number(typed)
    return f"{letters[:-3]} {letters[-3:]}" if 5 <= len(letters) <= 7 else typed.strip().upper()


def is_postcode(typed: str) -> bool:
    """The shape of a United Kingdom postcode; whether it exists is not checked, as no list of them is held."""
    letters = clean_number(typed)
    if not 5 <= len(letters) <= 7:
        return False
    outward, inward = letters[:-3], letters[-3:]
    return outward[0].isalpha() and any(c.isdigit() for c in outward) and inward[0].isdigit() and inward[1:].isalpha()
