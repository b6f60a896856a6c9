"""What is planted in a world, and beside it what only looks like it."""

from datetime import date
from typing import Any, Final

from benchmarks.chronology_worlds.banks import Shared
from benchmarks.chronology_worlds.entries import AGENCIES, Planned, later
from benchmarks.chronology_worlds.world import World

NAMES: Final = {"police": "Police", "csc": "Children's Social Care", "health": "Community and Hospital Health", "school": "Schools"}
RAISERS: Final = ("MGM", "MA", "N1", "FA", "SIB1")


def plant(world: World) -> None:
    """Everything, in an order that keeps later plants out of the way of earlier ones."""
    for kind in (
        "same_event",
        "gaps",
        "conflicts",
        "late_knowledge",
        "never_shared",
        "unanswered_concerns",
        "missed_appointments",
        "untested_framing",
    ):
        world.planted[kind], world.distractors[kind] = [], []
    _identity(world)
    _moves(world)
    _same_events(world)
    _conflicts(world)
    _violence(world)
    _views(world)
    _concerns(world)
    _missed(world)


def _row(
    world: World,
    agency: str,
    day: date,
    template: str,
    action: str = "",
    *,
    seen: str | None = None,
    significant: bool = False,
    **given: str,
) -> Planned:
    voice = world.voice
    said, done = voice.say(agency, template, **given), voice.say(agency, action, **given) if action else ""
    return world.add(Planned(agency, day, said, done, seen, significant))


def _item(world: World, where: dict[str, list[dict[str, Any]]], kind: str, **facts: Any) -> dict[str, Any]:
    where[kind].append(facts)
    return facts


def _identity(world: World) -> None:
    """Rows that only hold names and numbers."""
    rng, cast = world.rng, world.cast
    for _ in range(world.number(8, 24)):
        agency = rng.choice(AGENCIES)
        person = cast.people[rng.choice(("CH", "CH", "SIB1", "SIB2"))]
        born = person.born or date(2010, 1, 1)
        facts = {
            "name": person.name, "surname": person.surname, "school": rng.choice(cast.schools), "phone": cast.phone,
            "alias": person.short or person.forename, "nhs": rng.choice((person.nhs,
            f"{person.nhs[:3]} {person.nhs[3:6]} {person.nhs[6:]}")),
            "dob": rng.choice((f"{born:%d/%m/%Y}", f"{born:%d.%m.%y}", f"{born.day} {born:%B %Y}")), "address": cast.homes[0],
        }  # fmt: skip
        templates = [text for text in world.bank.identity if "{alias}" not in text or person.short]
        templates = [text for text in templates if "{address}" not in text]
        _row(world, agency, world.day(), rng.choice(templates), **facts)


def _moves(world: World) -> None:
    """Two house moves; what an agency says before and after is no contradiction."""
    rng, homes = world.rng, world.cast.homes
    total = (world.ends - world.begins).days
    days = [later(world.begins, total // 3), later(world.begins, 2 * total // 3)]
    for at, day in enumerate(days):
        before = _row(
            world, rng.choice(AGENCIES), later(day, -rng.randrange(60, 120)), rng.choice(world.bank.address_said), address=homes[at]
        )
        agency = rng.choice([name for name in AGENCIES if name != before.agency])
        moved = _row(world, agency, day, rng.choice(world.bank.moved), address=homes[at + 1])
        _item(world, world.distractors, "conflicts", about="address", rows=[before, moved], why="the family moved between the two")
    # A wrong address beside the right one, away from the moves.
    for _ in range(world.number(1, 2)):
        for _ in range(200):
            day = world.day(first=later(world.begins, 30), last=later(world.ends, -30))
            if all(abs((day - move).days) > 40 for move in days) and all(
                abs((day - row.day).days) > 40 for item in world.planted["conflicts"] for row in item["rows"]
            ):
                break
        home = homes[sum(day >= move for move in days)]
        one, other = rng.sample(AGENCIES, 2)
        first = _row(world, one, day, rng.choice(world.bank.address_said), address=home)
        second = _row(world, other, later(day, rng.randrange(0, 9)), rng.choice(world.bank.address_said), address=homes[3])
        _item(world, world.planted, "conflicts", about="address", rows=[first, second], values=[home, homes[3]])


def _same_events(world: World) -> None:
    """Events of several agencies, and for some the same kind of event on another day."""
    rng, number = world.rng, world.number(5, 14)
    events = [rng.choice(world.bank.events) for _ in range(number)]
    clash = [event for event in world.bank.events if event.clash]
    if clash and not any(event.clash for event in events):
        events[0] = rng.choice(clash)
    taken: list[tuple[str, date]] = []
    for at, event in enumerate(events):
        day = _free_day(world, event, taken)
        rows = _shared(world, event, day)
        _item(world, world.planted, "same_event", what=event.what, rows=rows)
        if event.clash:
            sides = [row for row in rows if row.seen in ("Y", "N")][:2]
            _item(world, world.planted, "conflicts", about="child_seen", rows=sides, values=[row.seen for row in sides])
        elif at % 3 == 1:
            again = later(day, rng.randrange(6, 25))
            agency = rng.choice(list(event.by))
            if again < world.ends and not (event.seen.get(agency) == "Y" and world.is_in_gap(again)):
                row = _shared(world, event, again, only=agency)[0]
                _item(
                    world,
                    world.distractors,
                    "same_event",
                    rows=[row, *(each for each in rows if each.agency != agency)],
                    why="same kind of event on another day",
                )
                taken.append((event.what, again))


def _free_day(world: World, event: Shared, taken: list[tuple[str, date]]) -> date:
    sees = "Y" in event.seen.values()
    for _ in range(500):
        day = world.day(sees=sees)
        if all(what != event.what or abs((day - other).days) > 30 for what, other in taken):
            taken.append((event.what, day))
            return day
    return day


def _shared(world: World, event: Shared, day: date, only: str = "") -> list[Planned]:
    rows = [
        _row(world, agency, day, text, world.rng.choice(("", *world.bank.no_action)), seen=event.seen.get(agency))
        for agency, text in event.by.items()
        if only in ("", agency)
    ]
    for row in rows:
        row.shown["says_sight"] = True
    return rows


def _conflicts(world: World) -> None:
    """Who lived there, and when an injury happened."""
    rng = world.rng
    for _ in range(world.number(1, 2)):
        one, other = rng.sample(AGENCIES, 2)
        day = world.day(last=later(world.ends, -20))
        rows = [
            _row(world, one, day, rng.choice(world.bank.out_of_home)),
            _row(world, other, later(day, rng.randrange(1, 9)), rng.choice(world.bank.in_home)),
        ]
        if any(
            abs((row.day - each.day).days) < 40
            for row in rows
            for item in world.planted["conflicts"]
            if item["about"] == "household"
            for each in item["rows"]
        ):
            for row in rows:
                world.rows.remove(row)
            continue
        _item(world, world.planted, "conflicts", about="household", rows=rows, values=["not in the household", "in the household"])
    for wordings in rng.sample(world.bank.injuries, 1):
        one, other = rng.sample(AGENCIES, 2)
        day = world.day(sees=True, first=later(world.begins, 30), last=later(world.ends, -20))
        hurt = [later(day, -rng.randrange(4, 7)), later(day, -rng.randrange(1, 3))]
        rows = [
            _row(
                world,
                agency,
                day,
                rng.choice(world.bank.injury_said),
                seen="Y",
                injury=rng.choice(wordings),
                cause="hurt",
                date=_written(world, when),
            )
            for agency, when in zip((one, other), hurt, strict=True)
        ]
        _item(world, world.planted, "conflicts", about="injury_date", rows=rows, values=[when.isoformat() for when in hurt])


def _written(world: World, day: date) -> str:
    return world.rng.choice((f"{day:%d/%m/%Y}", f"{day.day} {day:%B %Y}"))


def _violence(world: World) -> None:
    """Serious events: learnt late, never shared, or told at once."""
    rng, bank = world.rng, world.bank
    weapons, places = rng.sample(bank.weapons, len(bank.weapons)), rng.sample(bank.places, len(bank.places))
    late, never, told = world.number(3, 6), world.number(3, 5), world.number(2, 3)
    for at in range(late + never + told):
        weapon, place = weapons[at % len(weapons)], places[at % len(places)]
        adult = rng.choice(("MP", "MP", "FA", "FA", "MU"))
        agency = rng.choice(
            ("police", "police", "csc", "health", "school") if at < late or at >= late + never else ("csc", "health", "school")
        )
        day = world.day(last=later(world.ends, -130))
        other = rng.choice([name for name in AGENCIES if name != agency])
        said = rng.choice(bank.told_names[agency])
        facts = {"weapon": weapon, "place": place, "adult": adult, "told_by": said, "date": _written(world, day)}
        action = rng.choice(bank.no_action)
        if at >= late + never:
            action = rng.choice(bank.told_same_day).format(told_to=rng.choice(bank.told_names[other]).capitalize())
        first = _row(world, agency, day, rng.choice(bank.significant[agency]), action, significant=True, **facts)
        world.serious.append((first, adult))
        if late <= at < late + never:
            _item(world, world.planted, "never_shared", row=first, terms=[weapon, place])
            continue
        days = rng.randrange(9, 120) if at < late else rng.randrange(0, 3)
        learnt = _row(world, other, later(day, days), rng.choice(bank.told), rng.choice(bank.no_action), **facts)
        where = world.planted if at < late else world.distractors
        _item(world, where, "late_knowledge", first_known=first, learnt=learnt, days=days)
        _item(world, world.distractors, "never_shared", row=first, why="another agency's row tells of it")


def _views(world: World) -> None:
    """A view that nobody looked at again, one that somebody did, and one against which nothing speaks."""
    rng, bank = world.rng, world.bank
    third = (world.ends - world.begins).days // 3
    adults = rng.sample(("MP", "FA", "MU"), world.number(1, 2))
    for adult in adults:
        day = later(world.begins, rng.randrange(20, third))
        view = _row(world, rng.choice(("csc", "school", "health")), day, rng.choice(bank.framing), rng.choice(bank.no_action), adult=adult)
        against = [_against(world, adult, later(day, third)) for _ in range(2)]
        others = [row for row, who in world.serious if who == adult and row.day > day]
        tells = [
            item["learnt"]
            for kind in (world.planted, world.distractors)
            for item in kind["late_knowledge"]
            if item["first_known"] in others
        ]
        _item(world, world.planted, "untested_framing", adult=adult, framing=view, contrary=[*against, *others, *tells])
    day = later(world.begins, rng.randrange(20, third))
    view = _row(world, rng.choice(("csc", "school", "health")), day, rng.choice(bank.framing), adult="MA")
    against = [_against(world, "MA", later(day, 60)) for _ in range(2)]
    last = max(row.day for row in against)
    again = _row(
        world,
        rng.choice(("csc", "school", "health")),
        min(later(last, rng.randrange(10, 40)), world.ends),
        rng.choice(bank.retest),
        adult="MA",
    )
    _item(world, world.distractors, "untested_framing", adult="MA", framing=view, contrary=against, retested=again)
    view = _row(world, rng.choice(("csc", "school", "health")), world.day(), rng.choice(bank.framing), adult="MGM")
    _item(world, world.distractors, "untested_framing", adult="MGM", framing=view, contrary=[])


def _against(world: World, adult: str, first: date) -> Planned:
    agency = world.rng.choice(AGENCIES)
    day = world.day(first=first, last=later(first, 200))
    return _row(
        world,
        agency,
        min(day, later(world.ends, -45)),
        world.rng.choice(world.bank.contrary[agency]),
        world.rng.choice(("", *world.bank.no_action)),
        significant=True,
        adult=adult,
    )


def _concerns(world: World) -> None:
    """Worries without an answer, answered late, and answered in time."""
    rng, bank = world.rng, world.bank
    topics = rng.sample(bank.topics, len(bank.topics))
    without, answered = world.number(4, 6), world.number(3, 4)
    for at in range(min(without + answered, len(topics))):
        topic, clause = topics[at]
        who = rng.choice(RAISERS)
        agency = rng.choice(AGENCIES)
        day = world.day(last=later(world.ends, -75))
        given = {"who": who, "topic": topic, "clause": _clause(world, agency, clause)}
        is_in_cell = at >= without and at % 2 == 0
        action = rng.choice(bank.answered_in_action) if is_in_cell else rng.choice(("", *bank.no_action))
        row = _row(world, agency, day, rng.choice(bank.raised), action, **given)
        answer = None
        if (at < without and at == without - 1) or (at >= without and not is_in_cell):
            days = rng.randrange(35, 70) if at < without else rng.randrange(2, 20)
            answer = _row(world, rng.choice(("csc", agency)), later(day, days), rng.choice(bank.answered_row), **given)
        if at < without:
            _item(world, world.planted, "unanswered_concerns", row=row, raised_by=who, topic=topic, answered_later=answer)
        else:
            _item(world, world.distractors, "unanswered_concerns", row=row, raised_by=who, topic=topic, answered_by=answer or row)


def _clause(world: World, agency: str, clause: str) -> str:
    said = world.voice.say(agency, clause)
    return said[0].lower() + said[1:] if not clause.startswith("{") else said


def _missed(world: World) -> None:
    """Runs of one service, and one or two misses with a clinic's own cancellation."""
    rng, bank = world.rng, world.bank
    services = rng.sample(bank.services, len(bank.services))
    for at in range(world.number(1, 2)):
        service, day, rows = services.pop(), world.day(last=later(world.ends, -150)), []
        for _ in range(rng.randrange(3, 5)):
            rows.append(_row(world, "health", day, rng.choice(bank.missed), rng.choice(bank.no_action), seen="N", service=service))
            day = later(day, rng.randrange(14, 42))
        _item(world, world.planted, "missed_appointments", agency=NAMES["health"], service=service, rows=rows)
        service, day, rows = services.pop(), world.day(last=later(world.ends, -100)), []
        for _ in range(at + 1):
            rows.append(_row(world, "health", day, rng.choice(bank.missed), rng.choice(bank.no_action), seen="N", service=service))
            day = later(day, rng.randrange(14, 30))
        rows.append(_row(world, "health", day, rng.choice(bank.cancelled), service=service))
        _item(world, world.distractors, "missed_appointments", agency=NAMES["health"], service=service, rows=rows)
