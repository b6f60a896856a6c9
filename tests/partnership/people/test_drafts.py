"""What somebody was typing comes back, to them alone."""

import time

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.people import drafts
from sightline.partnership.people.models import Draft
from sightline.procedures.errors import NotAllowedNow
from tests.partnership.accounts.signing_in import sign_in

pytestmark = pytest.mark.django_db


def typed(**values: str) -> QueryDict:
    posted = QueryDict(mutable=True)
    posted.update(values)
    return posted


class TwoQuestions(forms.Form):
    story = forms.CharField()
    seen = forms.DateField(required=False)
    kinds = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    sure = forms.BooleanField(required=False)


def test_draft_brings_back_what_was_typed_right_or_wrong(author: Account) -> None:
    posted = typed(story="half a sent", seen="31 Febru", csrfmiddlewaretoken="secret", password="secret")
    posted.setlist("kinds", ["a", "b"])
    drafts.keep(author, "two-questions", "new", posted)

    form = drafts.restore(TwoQuestions(), drafts.kept(author, "two-questions", "new"))

    assert not form.is_bound
    assert (form["story"].value(), form["seen"].value(), form["kinds"].value()) == ("half a sent", "31 Febru", ["a", "b"])
    assert "secret" not in str(Draft.objects.get().data)


def test_draft_is_its_authors_alone(author: Account, colleague: Account) -> None:
    drafts.keep(author, "two-questions", "new", typed(story="mine"))

    assert drafts.kept(colleague, "two-questions", "new") is None
    assert drafts.kept(author, "two-questions", "other") is None


def test_draft_is_gone_once_the_form_is_saved(author: Account) -> None:
    drafts.keep(author, "two-questions", "new", typed(story="mine"))

    drafts.discard(author, "two-questions", "new")

    assert drafts.kept(author, "two-questions", "new") is None
    assert not Draft.objects.exists()


def test_late_echo_of_a_saved_page_does_not_bring_its_draft_back(author: Account) -> None:
    page = drafts.new_page()
    drafts.keep(author, "two-questions", "new", typed(story="one", draft_page=page))
    drafts.discard(author, "two-questions", "new", page=page)

    assert drafts.keep(author, "two-questions", "new", typed(story="one, again", draft_page=page)) is None
    assert drafts.kept(author, "two-questions", "new") is None


def test_saving_one_window_leaves_what_another_went_on_typing(author: Account) -> None:
    left_over = drafts.new_page()
    drafts.keep(author, "two-questions", "new", typed(story="from the train", draft_page=left_over))
    time.sleep(0.002)
    window, other = drafts.new_page(), drafts.new_page()
    drafts.keep(author, "two-questions", "new", typed(story="here", draft_page=window))
    drafts.keep(author, "two-questions", "new", typed(story="there", draft_page=other))

    drafts.discard(author, "two-questions", "new", page=window)

    assert drafts.kept(author, "two-questions", "new").data == {"story": ["there"]}
    assert Draft.objects.filter(is_discarded=False).count() == 1


def test_keystrokes_that_arrive_out_of_order_do_not_undo_later_ones(author: Account) -> None:
    page = drafts.new_page()
    drafts.keep(author, "two-questions", "new", typed(story="one two", draft_page=page, draft_turn="2"))
    drafts.keep(author, "two-questions", "new", typed(story="one", draft_page=page, draft_turn="1"))

    assert drafts.kept(author, "two-questions", "new").data == {"story": ["one two"]}


def test_draft_that_is_too_large_is_refused_in_words(author: Account) -> None:
    with pytest.raises(NotAllowedNow, match="Press save"):
        drafts.keep(author, "two-questions", "new", typed(story="x" * (drafts.LARGEST_DRAFT + 1)))


def test_number_of_drafts_has_an_end(author: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 10)
    for n in range(15):
        drafts.keep(author, "two-questions", f"thing-{n}", typed(story=str(n)))

    assert Draft.objects.count() == 10
    assert drafts.kept(author, "two-questions", "thing-14") is not None


def test_page_keeps_a_draft_and_says_when(client: Client, author: Account) -> None:
    sign_in(client, author)

    answer = client.post(reverse("people:keep_draft", args=["two-questions", "new"]), {"story": "typed"})

    assert answer.status_code == 200
    assert len(answer.json()["saved_at"]) == 5
    assert drafts.kept(author, "two-questions", "new").data == {"story": ["typed"]}


def test_page_refuses_a_draft_that_is_too_large(client: Client, author: Account) -> None:
    sign_in(client, author)

    answer = client.post(reverse("people:keep_draft", args=["two-questions", "new"]), {"story": "x" * (drafts.LARGEST_DRAFT + 1)})

    assert answer.status_code == 413
    assert "Press save" in answer.json()["problem"]


def test_page_keeps_nothing_for_a_stranger(client: Client) -> None:
    answer = client.post(reverse("people:keep_draft", args=["two-questions", "new"]), {"story": "typed"})

    assert answer.status_code == 302
    assert not Draft.objects.exists()
