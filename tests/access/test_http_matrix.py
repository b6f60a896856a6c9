"""Every address of the site, asked for by every role in every relation to a matter, against an independent reading of the access model."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

from tests.access import oracle
from tests.access.asking import LEDGERS, NEVER, Answer, Asking, Tally, address, address_in
from tests.access.pages import (
    ABOUT_ONESELF,
    DRAFT_PAGES,
    MATTER_PAGES,
    OF_NO_MATTER,
    PLAIN_PAGES,
    SEALED_PAPERS,
    Asked,
    Page,
    is_asked,
    is_asked_still,
    may_raise,
)
from tests.access.world import RELATIONS, Case, Who, World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]

Record = Callable[[str, object], None]
OFTEN, SELDOM, RARELY, FEW = 4, 11, 17, 3
ASK_WHO_IT_IS = (
    "identity", "match", "need_to_know:break_glass", "case_reviews:notification_pack", "case_reviews:notification_pack_word",
    "case_reviews:combined_chronology_named", "case_reviews:correct_chronology_row", "case_reviews:chronology_row_named",
    "case_reviews:finding_named", "case_reviews:chronology_story_named", "case_reviews:childs_day_named",
    "case_reviews:chronology_known_named", "case_reviews:chronology_timeline_named", "case_reviews:chronology_timeline_print_named",
    "case_reviews:glossary", "case_reviews:add_to_glossary", "case_reviews:change_glossary", "case_reviews:remove_from_glossary",
)  # fmt: skip
REPORTS = ("case_reviews:review_report", "case_reviews:review_report_word", "case_reviews:edit_report_part")
CHRONOLOGIES_BY_LINK = ("chronology_preview", "keep_chronology", "discard_chronology", "type_chronology_row")
SPOKEN_OF = {"K1": "K1 I", "K3": "K3 R", "K5": "K5 R", "K6": "K6 R", "K13": "K13 R", "K17m": "K17m R"}


def all_names() -> Iterator[str]:
    def walk(patterns: list, space: str = "") -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{space}:{pattern.name}" if space else str(pattern.name)
            else:
                yield from walk(pattern.url_patterns, pattern.namespace or space)

    yield from walk(get_resolver().url_patterns)


def test_every_address_has_a_row() -> None:
    known = {*MATTER_PAGES, *PLAIN_PAGES, *OF_NO_MATTER, *ABOUT_ONESELF}

    assert sorted(set(all_names()) - known) == [], "an address without a row in tests/access/pages.py"
    assert sorted(known - set(all_names())) == [], "a row whose address is gone"


def pages_of_a_matter() -> Iterator[tuple[str, Page, tuple[str, ...], str]]:
    for name, page in [*MATTER_PAGES.items(), *SEALED_PAPERS]:
        for parts in page.about:
            for method in page.methods:
                yield name, page, parts, method


def judge(
    tally: Tally, world: World, asking: Asking, asked: Asked, name: str, page: Page, parts: tuple[str, ...], method: str
) -> None:  # fmt: skip
    """One case: the answer is as the second reading says, shows nothing else, and a refusal is like what never was."""
    who, case = asked.who, asked.case
    tally.cases += 1
    told = f"{method} {name} {parts} · {who} · {case.relation}"
    answer = asking.ask(who, method, address_in(case, name, parts))
    if not page.expected(asked):
        for what in faults_of_refusal(answer, asking.nothing(who, method, name, parts)):
            tally.leak(f"{told}: {what}")
        return
    if not answer.is_there or answer.way:
        tally.over_block(f"{told}: {answer.status} {answer.way}")
    for relation, kind in answer.marks:
        # Comparing people, or choosing the action in another's place, shows others: each as far as its reader may see it.
        beside = (name, kind) in (("match", "K1"), ("actions:supersede", "K13"))
        about = next(case for case in world.cases.values() if plain(case.relation) == relation) if beside else case
        if kind == "K3" and name in REPORTS and asked.may("K5 R"):
            continue  # a report is written from the incident's own facts
        if kind == "K1" and tells_whom_to_search_for(name, parts, asked):
            continue
        if relation != plain(about.relation) or not may_be_shown(Asked(who, about), kind):
            tally.leak(f"{told}: shows {kind} of {relation}")


def faults_of_refusal(answer: Answer, nothing: Answer) -> Iterator[str]:
    if answer.status != 404:
        yield f"answered {answer.status}, not 404"
    elif not answer.same_as(nothing):
        yield "differs from what never was"
    if answer.marks:
        yield f"shows {sorted(answer.marks)}"
    if answer.written - LEDGERS:
        yield f"wrote to {sorted(answer.written - LEDGERS)}"


def may_be_shown(asked: Asked, kind: str) -> bool:
    """Whether words of this kind may stand on a page that this person may open."""
    if kind.startswith("Sealed"):
        seal = next(seal for seal in oracle_seals() if seal.replace("_", "") == kind.removeprefix("Sealed"))
        return asked.may("K3 R", seals=frozenset({seal}))
    if kind == "K18":
        return asked.may("K18 R", own=False)
    if kind == "K21":
        return asked.may("K21 R") or asked.may("K21 C") or asked.may("K21 V")
    if kind == "K40":  # what is asked of an agency: for those who run the review, and for the agency
        return asked.may("K5 R") or asked.may("K4 R", state="draft")
    if kind == "K41":  # what an agency has not submitted yet
        return asked.may("K4 R", state="draft")
    if kind == "K4":  # what an agency has submitted
        return asked.may("K4 R", state="submitted")
    return asked.may(SPOKEN_OF[kind])


def tells_whom_to_search_for(name: str, parts: tuple[str, ...], asked: Asked) -> bool:
    """An agency is told of the people whom it is to find, as long as it is to find them; nobody else reads that on its page."""
    return name == "case_reviews:own_request" and parts == ("request",) and is_asked_still(asked) and asked.may("K4 E", state="draft")


def oracle_seals() -> set[str]:
    return set().union(*oracle.SEALS)


def plain(relation: str) -> str:
    return "".join(word.title() for word in relation.split())


def people_of(world: World, agency: str, case: Case) -> list[Who]:
    people = [who for who in world.people if who.agency == agency]
    return people + [who for who in world.lapsed if case.with_lapsed and agency == who.agency]


class EveryPageOfAMatter:
    """Run for the people of each agency by itself, so that two processes can share the work."""

    agency = ""
    offset = 0

    @pytest.mark.parametrize("relation", RELATIONS)
    def test_each_page_answers_as_the_access_model_says(self, world: World, asking: Asking, relation: str, record_property: Record) -> None:
        tally, case = Tally(), world.cases[relation]
        turn = list(RELATIONS).index(relation)
        often = OFTEN if relation in ("stranger", "member") else SELDOM
        for number, (name, page, parts, method) in enumerate(pages_of_a_matter()):
            for place, who in enumerate(people_of(world, self.agency, case)):
                asked = Asked(who, case)
                # A post asks the same question again, and so do the many sections of an incident: each person in each relation
                # is asked about a part of them, all of them being asked about over the people and the relations. So with refusals.
                many = method == "POST" or len(page.about) > FEW
                one_in = RARELY if many else often if page.expected(asked) else SELDOM
                if settings.DATABASE_URL:
                    one_in = 3 * len(RELATIONS)  # each page with each role, relation by relation in turn: every pair once
                if (number + place + turn + self.offset) % one_in:
                    continue
                judge(tally, world, asking, asked, name, page, parts, method)

        tally.check(record_property)

    def test_what_belongs_to_no_matter_answers_by_role_and_shows_only_known_matters(
        self, world: World, asking: Asking, record_property: Record
    ) -> None:
        tally = Tally()
        for number, (name, page) in enumerate(PLAIN_PAGES.items()):
            for thing in page.about:
                for place, who in enumerate(who for who in world.people if who.agency == self.agency):
                    for method in page.methods:
                        if method == "POST" and "GET" in page.methods and (number + place) % RARELY:
                            continue
                        judge_plain(tally, world, asking, who, name, thing, method)

        tally.check(record_property)

    def test_the_list_shows_every_matter_that_may_be_known_and_no_other(
        self, world: World, asking: Asking, record_property: Record
    ) -> None:
        tally = Tally()
        for who in people_of(world, self.agency, world.cases["member"]):
            body = asking.ask(who, "GET", address("case_reviews:incidents", (), str)).body.decode()
            for case in world.cases.values():
                if who.lapsed and not case.with_lapsed:
                    continue
                tally.cases += 1
                # An emergency opens a matter that was found another way; it puts none into a list.
                asked = Asked(who, case)
                known = asked.may("K2 L", break_glass=False) or asked.may("K3 R", break_glass=False)
                shown = case.matter.reference in body
                if shown and not known:
                    tally.leak(f"the list shows {case.relation} to {who}")
                if known and not shown:
                    tally.over_block(f"the list does not show {case.relation} to {who}")

        tally.check(record_property)

    def test_a_draft_is_its_authors_alone(self, world: World, asking: Asking, record_property: Record) -> None:
        tally = Tally()
        people = [who for who in world.people if who.agency == self.agency]
        incident_pages = [(name, page) for name, page in MATTER_PAGES.items() if page.about[0][0] == "incident"]
        for number, who in enumerate(people):
            for author in (who, people[number - 1], world.people[number], world.people[number - len(people)]):
                for turn, (name, page) in enumerate(incident_pages):
                    parts = page.about[-1][:2]
                    if len(page.about[-1]) > 2:
                        continue
                    for method in page.methods:
                        if author is not who and (number + turn) % RARELY:
                            continue
                        judge_draft(tally, world, asking, who, author, name, parts, method)

        tally.check(record_property)

    def test_what_asks_for_confirmation_asks_only_whom_it_would_then_let_in(
        self, world: World, asking: Asking, record_property: Record
    ) -> None:
        tally = Tally()
        for name in ASK_WHO_IT_IS:
            page = MATTER_PAGES[name]
            for case in world.cases.values():
                for who in people_of(world, self.agency, case):
                    tally.cases += 1
                    answer = asking.ask(who, "GET", address_in(case, name, page.about[0]), stepped_up=False)
                    told = f"{name} · {who} · {case.relation}, not confirmed"
                    if page.expected(Asked(who, case)):
                        if answer.way != "/accounts/reauthenticate":
                            tally.over_block(f"{told}: {answer.status} {answer.way}")
                        continue
                    for what in faults_of_refusal(answer, asking.nothing(who, "GET", name, page.about[0])):
                        tally.leak(f"{told}: {what}")

        tally.check(record_property)


class TestPeopleOfTheAgencyThatRaisedIt(EveryPageOfAMatter):
    agency = "own"


class TestPeopleOfAnotherAgency(EveryPageOfAMatter):
    agency = "other"
    offset = len(RELATIONS)


def judge_plain(tally: Tally, world: World, asking: Asking, who: Who, name: str, thing: str, method: str) -> None:
    tally.cases += 1
    page, told = PLAIN_PAGES[name], f"{method} {name} {thing} · {who}"
    answer = asking.ask(who, method, address(name, (thing,), world.ids.__getitem__))
    if not page.expected(who, thing):
        for what in faults_of_refusal(answer, asking.nothing(who, method, name, (thing,))):
            tally.leak(f"{told}: {what}")
        return
    if not answer.is_there or answer.way:
        tally.over_block(f"{told}: {answer.status} {answer.way}")
    body = answer.body.decode(errors="replace")
    for case in world.cases.values():
        asked = Asked(who, case)
        if case.matter.reference in body and not (asked.knows or is_asked(asked) and asked.may("K4 R", state="draft")):
            tally.leak(f"{told}: shows the reference of {case.relation}")
        for relation, kind in answer.marks:
            # An action stands by itself: it is read without its matter by whoever may read the log and is not kept from it.
            knows = asked.knows or kind == "K13"
            if relation == plain(case.relation) and not (knows and may_be_shown(asked, kind)):
                tally.leak(f"{told}: shows {kind} of {case.relation}")


def judge_draft(
    tally: Tally, world: World, asking: Asking, who: Who, author: Who, name: str, parts: tuple[str, ...], method: str
) -> None:  # fmt: skip
    tally.cases += 1
    draft = world.drafts[author.account.pk]
    answer = asking.ask(who, method, address(name, parts, lambda _: draft.pk))
    told = f"{method} {name} · {who} · draft of {author}"
    if who.account == author.account and name in DRAFT_PAGES and may_raise(who.role):
        if not answer.is_there or answer.way:
            tally.over_block(f"{told}: {answer.status} {answer.way}")
        return
    for what in faults_of_refusal(answer, asking.nothing(who, method, name, parts)):
        tally.leak(f"{told}: {what}")


def test_nobody_signed_in_is_sent_to_sign_in_whether_or_not_it_exists(world: World, asking: Asking, record_property: Record) -> None:
    tally, case = Tally(), world.cases["member"]
    for name, _page, parts, method in pages_of_a_matter():
        tally.cases += 1
        real, never = address_in(case, name, parts), address(name, parts, lambda _: NEVER)
        answer, nothing = asking.ask(None, method, real), asking.ask(None, method, never)
        told = f"{method} {name} · nobody"
        if answer.way != "/accounts/login" or answer.marks or answer.written - LEDGERS:
            tally.leak(f"{told}: {answer.status}, {answer.marks}, {answer.written}")
        if answer.headers["Location"].replace(real, "") != nothing.headers["Location"].replace(never, ""):
            tally.leak(f"{told}: differs from what never was")

    tally.check(record_property)


def test_pages_open_to_all_show_nothing_of_any_matter(world: World, asking: Asking, record_property: Record) -> None:
    tally = Tally()
    references = [case.matter.reference for case in world.cases.values()]
    arguments = {"openid_connect_login": ["x"], "openid_connect_callback": ["x"], "accounts:join": ["x"], "message": [NEVER]}
    arguments |= {"any_message": [NEVER], "account_reset_password_from_key": ["1", "x-y"]}
    arguments |= {"mfa_remove_webauthn": [1], "mfa_edit_webauthn": [1]}
    arguments |= {
        "case_reviews:answer": ["x:y"],
        "case_reviews:link_section": ["search"],
        "case_reviews:link_file": [NEVER],
        "case_reviews:link_remove_file": [NEVER],
        **{f"case_reviews:link_{name}": [NEVER] for name in CHRONOLOGIES_BY_LINK},
        "case_reviews:link_take_own_chronology": [NEVER, "csv"],
        "case_reviews:link_keep_draft": ["answer-search"],
    }
    for name in sorted(OF_NO_MATTER):
        url = address(name, [f"={part}" for part in arguments.get(name, [])], str)
        for who in [None, *world.people]:
            tally.cases += 1
            answer = asking.ask(who, "GET", url)
            body = answer.body.decode(errors="replace")
            if answer.marks or any(reference in body for reference in references):
                tally.leak(f"{name} · {who}: {answer.marks}")
            if answer.status >= 500:
                tally.over_block(f"{name} · {who}: {answer.status}")

    tally.check(record_property)


def _but_for_the_clock(answer: Answer) -> Answer:
    """The answer tells when it was kept, and a minute may turn between two questions."""
    return replace(answer, body=re.sub(rb'"saved_at": "\d\d:\d\d"', b'"saved_at": "now"', answer.body))


def test_a_draft_of_typing_is_kept_the_same_whatever_it_is_about(world: World, asking: Asking, record_property: Record) -> None:
    tally, incident = Tally(), world.cases["in conflict"].ids["incident"]
    for who in world.people:
        tally.cases += 1
        url = address("people:keep_draft", ("=incident-context", "about"), lambda _: incident)
        answer = asking.ask(who, "POST", url)
        nothing = asking.nothing(who, "POST", "people:keep_draft", ("=incident-context", "about"))
        if not _but_for_the_clock(answer).same_as(_but_for_the_clock(nothing)):
            tally.leak(f"typing about an incident differs for {who}")
        if answer.status != 200:
            tally.over_block(f"typing is not kept for {who}: {answer.status}")

    tally.check(record_property)
