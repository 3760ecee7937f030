"""Who may fetch a file of each kind, when it is public, for members or for a group."""

import pytest
from django.apps import apps
from django.db.models import FileField
from django.urls import reverse

from .answers import MISSING, OK, ROLES, answer_of
from .closing import close_response
from .guarded import GROUP_WORD, MEMBERS_WORD

# Every field that stores a file, and its URL. No other field may store one.
FETCHED_AT = {
    "files.Document.file": lambda files: files.document.url,
    "files.Image.file": lambda files: files.image.file.url,
    "files.Rendition.file": lambda files: files.image.renditions.first().url,
    "files.Media.file": lambda files: files.media.file.url,
    "files.Media.thumbnail": lambda files: files.media.thumbnail.url,
}
# Generated from rows, and fetched like a file.
MADE = [lambda files: reverse("recordings:captions", args=[files.captions.pk])]
# Tables that ours replace, and uploads that an editor has not finished.
NEVER_SERVED = {
    "wagtaildocs.Document.file",
    "wagtailimages.Image.file",
    "wagtailimages.Rendition.file",
    "wagtailmedia.Media.file",
    "wagtailmedia.Media.thumbnail",
    "wagtailcore.UploadedFile.file",
    "wagtailusers.UserProfile.avatar",
}
OPEN_TO = {
    "": set(ROLES),
    MEMBERS_WORD: set(ROLES) - {"visitor"},
    GROUP_WORD: {"member", "owner"},
}


def _file_fields(models=None):
    for model in apps.get_models() if models is None else models:
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                yield f"{model._meta.app_label}.{model.__name__}.{field.name}"


def _unclassified(found):
    return sorted(set(found) - set(FETCHED_AT) - NEVER_SERVED)


def test_every_field_that_stores_a_file_is_classified():
    assert _unclassified(_file_fields()) == []


def test_a_field_that_nobody_classified_is_found():
    class Attic:
        class _meta:  # noqa: N801
            app_label = "attic"

            @staticmethod
            def get_fields():
                field = FileField()
                field.name = "key"
                return [field]

    assert _unclassified(_file_fields([Attic])) == ["attic.Attic.key"]


@pytest.mark.parametrize("role", ROLES)
def test_a_file_is_fetched_by_those_who_pass_its_restriction(role, guarded, browser_of):
    browser = browser_of(role)
    wrong = []
    for word, files in guarded.files.items():
        expected = OK if role in OPEN_TO[word] else MISSING
        for where in (each(files) for each in (*FETCHED_AT.values(), *MADE)):
            wrong += _asked(browser, where, expected)

    assert not wrong, "\n".join(wrong)


def _asked(browser, where, expected):
    for response in (
        browser.get(where),
        browser.head(where),
        browser.get(where, headers={"Range": "bytes=0-3"}),
    ):
        close_response(response)
        if answer_of(response) != expected:
            yield f"{response.request['REQUEST_METHOD']} {where}: {answer_of(response)}"


def test_a_restricted_file_is_never_stored_by_a_shared_cache(guarded, browser_of):
    member = browser_of("member")
    for where in (each(guarded.files[GROUP_WORD]) for each in FETCHED_AT.values()):
        response = member.get(where)
        assert "private" in response.headers["Cache-Control"]
        close_response(response)


def test_a_file_of_a_private_folder_below_a_private_folder_needs_both(
    guarded, browser_of, working_group
):
    """Restrictions of collections add up, as those of pages do."""
    folder = guarded.files[MEMBERS_WORD].document.collection
    kept = guarded.files[GROUP_WORD].document.collection
    kept.move(folder, pos="sorted-child")

    where = guarded.files[GROUP_WORD].document.url
    assert not list(_asked(browser_of("member"), where, OK))
    assert not list(_asked(browser_of("stranger"), where, MISSING))
