"""A corrected chronology against the one before it: each row of both has exactly one fate."""

from datetime import date, timedelta

from sightline.procedures.chronology.corrections import Line, compare

FIRST = date(2019, 3, 4)


def line(key: str, event: str, day: date | None = FIRST, **fields: str) -> Line:
    return Line(key, day, {"when": str(day), "event": event, "action": "", **fields})


def test_row_that_says_the_very_same_is_the_same_whatever_its_spaces() -> None:
    found = compare([line("a", "Home visit.  Child seen.")], [line("b", "Home visit. Child seen.")])

    assert found.same == [("a", "b")]
    assert found.is_nothing_new


def test_row_with_other_words_has_changed_and_says_where() -> None:
    found = compare([line("a", "Home visit, child seen at home")], [line("b", "Home visit, child not seen at home", action="Card left")])

    assert [(each.before, each.after, each.fields) for each in found.changed] == [("a", "b", ("event", "action"))]
    assert not (found.added or found.gone or found.same)


def test_row_with_another_day_has_changed() -> None:
    found = compare([line("a", "Letter about the library card")], [line("b", "Letter about the library card", FIRST + timedelta(days=9))])

    assert [each.fields for each in found.changed] == [("when",)]


def test_rows_that_are_nothing_alike_came_and_went() -> None:
    found = compare([line("a", "Telephone call from the landlord")], [line("b", "Swimming lesson, sang a song")])

    assert (found.added, found.gone, found.changed) == (["b"], ["a"], [])


def test_two_rows_of_the_same_words_are_two_rows() -> None:
    found = compare([line("a", "Not brought"), line("b", "Not brought")], [line("c", "Not brought")])

    assert found.same == [("a", "c")]
    assert found.gone == ["b"]


def test_every_row_of_both_files_has_one_fate() -> None:
    before = [line(f"a{number}", f"Visit {number} to the home", FIRST + timedelta(days=number)) for number in range(60)]
    after = [
        line(f"b{n}", f"Visit {n} to the home{'!' * (n % 7 == 0)}", FIRST + timedelta(days=n)) for n in range(5, 70)
    ]

    found = compare(before, after)

    olds = [one for one, _ in found.same] + [each.before for each in found.changed] + found.gone
    news = [one for _, one in found.same] + [each.after for each in found.changed] + found.added
    assert sorted(olds) == sorted(each.key for each in before)
    assert sorted(news) == sorted(each.key for each in after)
