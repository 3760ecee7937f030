"""Each app exports and erases its own part of what the site stores about a person."""

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from wagtail import VERSION as WAGTAIL_VERSION
from wagtail.models import PageSubscription, UploadedFile
from wagtail.users.models import UserProfile

from people import registry
from people.actions import close_account, export_personal_data
from people.checks import personal_data_is_declared
from people.models import User
from people.registry import PersonalData
from tests.factories import DocumentFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


class Shelf(PersonalData):
    """An app of a higher layer, which may fail."""

    relations = ()

    def __init__(self, name: str, calls: list[str], fails: bool = False) -> None:
        self.name, self.calls, self.fails = name, calls, fails

    def export(self, user: User) -> dict[str, Any]:
        self.calls.append(f"export {self.name}")
        return {self.name: [user.email]}

    def erase(self, user: User) -> None:
        self.calls.append(f"erase {self.name} of {user.email}")
        if self.fails:
            msg = "The shelf is stuck."
            raise RuntimeError(msg)


@pytest.fixture
def declared(monkeypatch: Any) -> list[PersonalData]:
    """Return the registry as the apps filled it; undo what a test adds to it."""
    rows = list(registry.personal_data())
    monkeypatch.setattr(registry, "_personal_data", rows)
    return rows


def test_every_foreign_key_to_the_account_is_declared() -> None:
    assert personal_data_is_declared(None) == []


def test_a_foreign_key_that_no_app_declares_is_an_error(
    declared: list[PersonalData],
) -> None:
    files = next(each for each in declared if type(each).__name__ == "FilesData")
    declared.remove(files)
    found = personal_data_is_declared(None)
    assert {each.id for each in found} == {"people.E005"}
    assert any("files.Document.uploaded_by_user" in each.msg for each in found)
    assert len(found) == len(files.relations)


def test_a_relation_is_declared_by_one_app_only(declared: list[PersonalData]) -> None:
    class Second(Shelf):
        relations = ("people.Contributor.user",)

    with pytest.raises(ImproperlyConfigured, match=r"people\.Contributor\.user"):
        registry.register_personal_data(Second("second", []))


def test_permissions_of_a_model_are_declared_by_one_app_only() -> None:
    with pytest.raises(ImproperlyConfigured, match="twice"):
        registry.allow_models(roles=["Editors"], models=["people.Organization"])
    with pytest.raises(ImproperlyConfigured, match="twice"):
        registry.allow_in_collections(models=["files.image"], permissions={})


def test_export_begins_with_the_account_and_erasing_ends_with_it(
    declared: list[PersonalData], member: User
) -> None:
    calls: list[str] = []
    registry.register_personal_data(Shelf("lower", calls))
    registry.register_personal_data(Shelf("higher", calls))
    address = member.email
    exported = export_personal_data(user=member)
    assert next(iter(exported)) == "account"
    assert list(exported)[-2:] == ["lower", "higher"]
    close_account(user=member)
    assert calls == [
        "export lower",
        "export higher",
        f"erase higher of {address}",
        f"erase lower of {address}",
    ]


def test_two_apps_cannot_export_under_one_name(
    declared: list[PersonalData], member: User
) -> None:
    registry.register_personal_data(Shelf("account", []))
    with pytest.raises(ValueError, match="account"):
        export_personal_data(user=member)


def test_nothing_is_erased_when_one_app_fails(
    declared: list[PersonalData], member: User
) -> None:
    registry.register_personal_data(Shelf("higher", []))
    declared.insert(0, Shelf("fails last", [], fails=True))
    with pytest.raises(RuntimeError):
        close_account(user=member)
    member.refresh_from_db()
    assert member.name == "Mika"
    assert member.is_active
    assert member.organization_memberships.exists()


def test_closing_erases_what_other_apps_store_for_the_person_only(
    member: User, stranger: User
) -> None:
    page = StandardPageFactory()
    for person in (member, stranger):
        PageSubscription.objects.create(
            user=person, page=page, comment_notifications=True
        )
        UserProfile.objects.create(user=person, preferred_language="fr")
        UploadedFile.objects.create(uploaded_by_user=person, file="half.pdf")
    close_account(user=member)
    for model, field in (
        (PageSubscription, "user"),
        (UserProfile, "user"),
        (UploadedFile, "uploaded_by_user"),
    ):
        assert not model.objects.filter(**{field: member}).exists()
        assert model.objects.filter(**{field: stranger}).exists()


def test_uploads_and_pages_stay_when_their_author_leaves(member: User) -> None:
    document = DocumentFactory(uploaded_by_user=member)
    page = StandardPageFactory(owner=member)
    close_account(user=member)
    document.refresh_from_db()
    page.refresh_from_db()
    assert (document.uploaded_by_user, page.owner) == (member, member)
    assert str(document.uploaded_by_user) == "A member"


def test_a_closed_account_has_no_way_of_signing_in(
    client_of: Any, editor: User
) -> None:
    client = client_of(editor)
    assert client.get("/account/").status_code == 200
    close_account(user=editor)
    assert not Authenticator.objects.filter(user=editor).exists()
    assert not EmailAddress.objects.filter(user=editor).exists()
    assert client.get("/account/").status_code == 302


@pytest.mark.skipif(WAGTAIL_VERSION < (8,), reason="Wagtail 7 has no API tokens")
def test_api_tokens_are_exported_without_their_secret_and_end_with_the_account(
    editor: User,
) -> None:
    tokens = apps.get_model("wagtailcore.APIToken")
    token, _plain = tokens.create_token(user=editor, name="Reports")
    words = json.dumps(export_personal_data(user=editor))
    assert "Reports" in words
    assert token.key_hash not in words
    close_account(user=editor)
    assert not tokens.objects.exists()


def test_the_export_holds_rows_of_several_apps_and_no_secret(
    client_of: Any, editor: User, member: User
) -> None:
    DocumentFactory(uploaded_by_user=editor, title="Night shift notes")
    DocumentFactory(uploaded_by_user=member, title="Of somebody else")
    StandardPageFactory(owner=editor)
    body = client_of(editor).get("/account/data/download/").content.decode()
    exported = json.loads(body)
    assert exported["account"]["email"] == editor.email
    assert "Editors" in exported["groups"]
    titles = [each["title"] for each in exported["documents_uploaded"]["rows"]]
    assert titles == ["Night shift notes"]
    assert len(exported["pages_owned"]["rows"]) == 1
    assert [each["type"] for each in exported["second_factors"]] == ["totp"]
    secret = Authenticator.objects.get(user=editor).data["secret"]
    assert secret not in body
    assert editor.password not in body
    assert "Of somebody else" not in body
