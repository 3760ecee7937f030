"""Asks and endorsements in the CMS: who may change them, and what happens then."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from knowledge.statements.actions import AlreadyEndorsedError, endorse
from knowledge.statements.models import Endorsement
from search.models import IndexChange
from tests.cms.forms import edit_url
from tests.factories import OrganizationFactory, StatementPageFactory, restrict_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(site_tree, organization):
    return StatementPageFactory(
        parent=site_tree.library,
        title="A bed is held",
        asks=["Pay for the empty night.", "Count the nights.", "Publish the number."],
        endorsed_by=[organization],
    )


@pytest.fixture
def desk(client_of, moderator):
    return client_of(moderator)


def url(name, statement, *args):
    return reverse(f"knowledge_statements:{name}", args=[statement.pk, *args])


def texts(statement):
    return [ask.text for ask in statement.asks.all()]


class TestAsks:
    def test_an_ask_is_added_at_the_end(self, desk, statement, client):
        sent = {"text": "Train the relief staff.", "addressee": "The employers"}
        answer = desk.post(url("add_ask", statement), sent, follow=True)
        assert "Saved. Readers see it now." in answer.content.decode()
        assert texts(statement)[-1] == "Train the relief staff."
        assert "Train the relief staff." in client.get(statement.url).content.decode()

    def test_a_reworded_ask_keeps_its_anchor(self, desk, statement):
        ask = statement.asks.first()
        before = ask.anchor
        sent = {"text": "Pay for each empty night.", "addressee": ""}
        desk.post(url("change_ask", statement, ask.public_id), sent)
        ask.refresh_from_db()
        assert (ask.text, ask.addressee) == ("Pay for each empty night.", "")
        assert ask.anchor == before

    def test_asks_move_up_and_down_and_no_further(self, desk, statement):
        first, second, third = statement.asks.all()
        desk.post(url("move_ask", statement, third.public_id), {"by": "-1"})
        assert texts(statement) == [first.text, third.text, second.text]
        desk.post(url("move_ask", statement, first.public_id), {"by": "-1"})
        assert texts(statement) == [first.text, third.text, second.text]
        desk.post(url("move_ask", statement, first.public_id), {"by": "1"})
        assert texts(statement) == [third.text, first.text, second.text]

    def test_an_unknown_direction_moves_nothing(self, desk, statement):
        before = texts(statement)
        ask = statement.asks.first()
        for sent in ({}, {"by": "7"}, {"by": "sideways"}):
            answer = desk.post(url("move_ask", statement, ask.public_id), sent)
            assert answer.status_code == 302
        assert texts(statement) == before

    def test_an_ask_is_removed_and_the_history_keeps_its_words(
        self, desk, statement, moderator
    ):
        ask = statement.asks.first()
        desk.post(url("remove_ask", statement, ask.public_id))
        assert ask.text not in texts(statement)
        entry = PageLogEntry.objects.filter(page=statement.pk).latest("timestamp")
        assert entry.action == "knowledge_statements.ask.remove"
        assert entry.user == moderator
        assert entry.message == "Removed the ask “Pay for the empty night.”"

    def test_a_form_without_words_comes_back_with_what_was_typed(self, desk, statement):
        sent = {"text": "", "addressee": "The employers"}
        answer = desk.post(url("add_ask", statement), sent)
        assert answer.status_code == 200
        assert 'value="The employers"' in answer.content.decode()
        assert len(texts(statement)) == 3

    def test_search_is_told_of_every_change(self, desk, statement):
        IndexChange.objects.all().delete()
        ask = statement.asks.first()
        desk.post(
            url("change_ask", statement, ask.public_id), {"text": "X", "addressee": ""}
        )
        assert IndexChange.objects.filter(object_id=statement.pk).exists()


class TestEndorsements:
    def test_an_endorsement_is_recorded_with_its_day(self, desk, statement):
        other = OrganizationFactory(name="Heron House")
        sent = {"organization": other.pk, "endorsed_on": "2026-03-04"}
        desk.post(url("endorse", statement), sent)
        made = statement.endorsements.get(organization=other)
        assert made.endorsed_on == dt.date(2026, 3, 4)

    def test_an_organization_endorses_once(self, desk, statement, organization):
        sent = {"organization": organization.pk, "endorsed_on": ""}
        answer = desk.post(url("endorse", statement), sent)
        assert answer.status_code == 200
        assert statement.endorsements.count() == 1
        with pytest.raises(AlreadyEndorsedError):
            endorse(statement=statement, organization=organization)

    def test_two_editors_at_once_record_one_endorsement(
        self, desk, statement, monkeypatch
    ):
        """The other editor is faster, after the form was checked."""
        other = OrganizationFactory(name="Heron House")
        create = Endorsement.objects.create

        def after_the_other(**fields):
            create(**fields)
            return create(**fields)

        monkeypatch.setattr(Endorsement.objects, "create", after_the_other)
        sent = {"organization": other.pk, "endorsed_on": ""}
        answer = desk.post(url("endorse", statement), sent)
        assert "It endorses this statement already." in answer.content.decode()

    def test_the_day_is_corrected_but_not_the_organization(self, desk, statement):
        endorsement = statement.endorsements.get()
        other = OrganizationFactory(name="Heron House")
        sent = {"organization": other.pk, "endorsed_on": "2026-01-02"}
        where = url("change_endorsement", statement, endorsement.public_id)
        desk.post(where, sent)
        endorsement.refresh_from_db()
        assert endorsement.endorsed_on == dt.date(2026, 1, 2)
        assert endorsement.organization != other

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "soon"])
    def test_an_impossible_day_is_refused(self, desk, statement, day):
        other = OrganizationFactory(name="Heron House")
        sent = {"organization": other.pk, "endorsed_on": day}
        assert desk.post(url("endorse", statement), sent).status_code == 200
        assert statement.endorsements.count() == 1

    def test_an_endorsement_is_withdrawn(self, desk, statement, client, organization):
        endorsement = statement.endorsements.get()
        desk.post(url("withdraw_endorsement", statement, endorsement.public_id))
        assert not statement.endorsements.exists()
        assert organization.name not in client.get(statement.url).content.decode()
        entry = PageLogEntry.objects.filter(page=statement.pk).latest("timestamp")
        assert entry.message == f"Withdrew the endorsement of {organization.name}"


class TestWhoMay:
    def forms(self, statement):
        ask, endorsement = statement.asks.first(), statement.endorsements.get()
        return [
            url("add_ask", statement),
            url("change_ask", statement, ask.public_id),
            url("endorse", statement),
            url("change_endorsement", statement, endorsement.public_id),
        ]

    def changes(self, statement):
        ask, endorsement = statement.asks.first(), statement.endorsements.get()
        return [
            *self.forms(statement),
            url("move_ask", statement, ask.public_id),
            url("remove_ask", statement, ask.public_id),
            url("withdraw_endorsement", statement, endorsement.public_id),
        ]

    def test_nobody_without_a_role_finds_the_views(
        self, statement, client_of, stranger, member, owner, visitor
    ):
        for person in (stranger, member, owner):
            browser = client_of(person)
            for where in [url("facts", statement), *self.changes(statement)]:
                assert browser.get(where).status_code == 404, (where, person)
                assert browser.post(where, {"text": "X"}).status_code == 404
        answer = client_of(visitor).get(url("facts", statement))
        assert answer["Location"].startswith("/accounts/login/")
        assert len(texts(statement)) == 3

    def test_an_editor_sees_but_does_not_change_what_is_live(
        self, statement, client_of, editor
    ):
        browser = client_of(editor)
        shown = browser.get(url("facts", statement)).content.decode()
        assert "Changes here appear at once" in shown
        assert url("add_ask", statement) not in shown
        before = texts(statement), statement.endorsements.count()
        for where in self.changes(statement):
            sent = {"text": "X", "addressee": "", "by": "1", "endorsed_on": ""}
            assert browser.post(where, sent).status_code == 302, where
        assert (texts(statement), statement.endorsements.count()) == before

    def test_an_editor_changes_those_of_a_draft(self, statement, client_of, editor):
        statement.unpublish()
        browser = client_of(editor)
        browser.post(url("add_ask", statement), {"text": "New", "addressee": ""})
        assert texts(statement)[-1] == "New"

    def test_what_is_kept_for_a_group_is_not_found_by_other_editors(
        self, statement, client_of, moderator, working_group
    ):
        restrict_page(statement, working_group.group)
        browser = client_of(moderator)
        for where in [url("facts", statement), *self.forms(statement)]:
            assert browser.get(where).status_code == 404, where

    def test_rows_of_another_statement_are_not_found(self, desk, statement, site_tree):
        ask = site_tree.statement.asks.get()
        for name in ("change_ask", "remove_ask", "move_ask"):
            answer = desk.post(
                url(name, statement, ask.public_id),
                {"text": "X", "addressee": "", "by": "1"},
            )
            assert answer.status_code == 404, name
        assert site_tree.statement.asks.get().text != "X"

    def test_pages_that_are_no_statements_are_not_found(self, desk, site_tree):
        assert desk.get(url("facts", site_tree.guide)).status_code == 404

    def test_get_changes_nothing(self, desk, statement):
        ask = statement.asks.first()
        assert desk.get(url("remove_ask", statement, ask.public_id)).status_code == 405
        assert len(texts(statement)) == 3


class TestTheFormOfThePage:
    def test_lists_them_and_leads_to_where_they_are_changed(
        self, desk, statement, organization
    ):
        shown = desk.get(edit_url(statement)).content.decode()
        assert "Count the nights." in shown
        assert organization.name in shown
        assert url("facts", statement) in shown

    def test_asks_to_save_a_new_statement_first(self, desk, site_tree):
        where = reverse(
            "wagtailadmin_pages:add",
            args=["knowledge_statements", "statementpage", site_tree.library.pk],
        )
        assert "Save the statement first." in desk.get(where).content.decode()

    def test_every_view_opens(self, desk, statement):
        for where in [url("facts", statement), *TestWhoMay().forms(statement)]:
            assert desk.get(where).status_code == 200, where
