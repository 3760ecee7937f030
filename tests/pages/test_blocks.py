"""Blocks: anchors, players, validation, and bodies that stay out of migrations."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter
from wagtail.fields import StreamField as WagtailStreamField

from pages.blocks import BODY_BLOCKS, BodyBlock, StreamField, anchor_of
from pages.blocks.media import Player, RelatedBlock, player_of
from pages.models import StandardPage
from tests.factories import (
    HomePageFactory,
    StandardPageFactory,
    body,
    callout,
    heading,
    recommendation,
    table,
    text,
)

BLOCK_ID = "0f3a9c1e-7d5b-4f9b-a1b2-c3d4e5f60718"


@pytest.mark.parametrize(
    ("block_type", "anchor"),
    [("heading", "s-0f3a9c1e"), ("recommendation", "rec-0f3a9c1e"), ("text", "")],
)
def test_headings_and_recommendations_have_anchors(
    block_type: str, anchor: str
) -> None:
    assert anchor_of(block_type, BLOCK_ID) == anchor


def test_a_block_without_an_id_has_no_anchor() -> None:
    assert anchor_of("heading", None) == ""


@pytest.mark.django_db
def test_an_anchor_survives_rewording_and_moving(client: Any) -> None:
    page = StandardPageFactory(
        parent=HomePageFactory(),
        body=[heading("Before", block_id=BLOCK_ID), text("One.")],
    )
    assert 'id="s-0f3a9c1e"' in client.get(page.url).content.decode()
    blocks = [text("One."), heading("Long before", block_id=BLOCK_ID)]
    page.body = page.body.stream_block.to_python(blocks)
    page.save()
    assert 'id="s-0f3a9c1e"' in client.get(page.url).content.decode()


YOUTUBE = Player("YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")
VIMEO = Player("Vimeo", "https://player.vimeo.com/video/76979871?dnt=1")


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube.com/watch?t=10&v=dQw4w9WgXcQ", YOUTUBE),
        ("https://m.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", YOUTUBE),
        ("https://www.youtube.com/live/dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", YOUTUBE),
        ("https://vimeo.com/76979871", VIMEO),
        ("https://player.vimeo.com/video/76979871", VIMEO),
        ("https://example.org/watch?v=dQw4w9WgXcQ", None),
        ("https://vimeo.com.example.org/76979871", None),
        ("https://youtube.com/playlist?list=x", None),
        ("javascript:alert(1)//youtu.be/dQw4w9WgXcQ", None),
        ("", None),
    ],
)
def test_players_are_known_by_the_url_of_the_video(
    url: str, player: Player | None
) -> None:
    assert player_of(url) == player


@pytest.mark.django_db
def test_a_page_is_chosen_only_once_as_related() -> None:
    page = StandardPageFactory(parent=HomePageFactory())
    block = RelatedBlock()
    value = block.to_python({"title": "", "pages": [page.pk]})
    assert [each.pk for each in block.clean(value)["pages"]] == [page.pk]
    twice = block.to_python({"title": "", "pages": [page.pk, page.pk]})
    with pytest.raises(ValidationError, match="Choose each page once"):
        block.clean(twice)


def clean(*blocks: dict[str, Any]) -> Any:
    stream = BodyBlock()
    return stream.clean(stream.to_python(list(blocks)))


def test_every_column_of_a_table_needs_a_heading() -> None:
    assert len(clean(table(["House", "Beds"], ["North", "12"]))) == 1
    with pytest.raises(ValidationError):
        clean(table(["House", " "], ["North", "12"]))


def test_a_body_may_be_empty() -> None:
    assert list(clean()) == []


@pytest.mark.parametrize("name", [name for name, _block in BODY_BLOCKS])
def test_a_block_is_described_in_the_chooser(name: str) -> None:
    block = dict(BODY_BLOCKS)[name]
    assert block.meta.description
    assert block.meta.group
    assert block.meta.icon


# --- migrations -----------------------------------------------------------------------


def stream_fields() -> list[StreamField]:
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    ]


def test_every_body_uses_the_field_that_stays_out_of_migrations() -> None:
    plain = [
        str(field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, WagtailStreamField) and not isinstance(field, StreamField)
    ]
    assert plain == []
    assert stream_fields()


@pytest.mark.parametrize("field", stream_fields(), ids=str)
def test_a_migration_sees_a_plain_json_column(field: StreamField) -> None:
    _name, path, args, kwargs = field.deconstruct()
    assert (path, args) == ("django.db.models.JSONField", [])
    assert set(kwargs) <= {"blank", "verbose_name", "default", "help_text"}
    assert "blocks" not in MigrationWriter.serialize(field)[0]


def migrations_of_ours() -> list[Any]:
    ours = {
        app.label for app in apps.get_app_configs() if "site-packages" not in app.path
    }
    loader = MigrationLoader(None, ignore_no_migrations=True)
    found = loader.disk_migrations
    return [each for (label, _name), each in sorted(found.items()) if label in ours]


@pytest.mark.parametrize("migration", migrations_of_ours(), ids=str)
def test_no_migration_holds_definitions_of_blocks(migration: Any) -> None:
    source = MigrationWriter(migration).as_string()
    assert "block" not in source.lower().replace("blocked", "")


class _Editor:
    """Runs a data migration on the stored bodies, as RunPython would."""

    def __init__(self, page: StandardPage) -> None:
        self.model = (
            MigrationLoader(connection)
            .project_state()
            .apps.get_model("pages", "StandardPage")
        )
        self.row = self.model.objects.get(pk=page.pk)


@pytest.mark.django_db
def test_a_data_migration_reads_and_writes_all_of_a_body() -> None:
    blocks = [
        heading("Before"),
        text("One.", "Two."),
        callout("Take care."),
        recommendation("Keep the bed."),
        table(["House", "Beds"], ["North", "12"]),
    ]
    page = StandardPageFactory(parent=HomePageFactory(), body=blocks)
    stored = page.body.raw_data
    row = _Editor(page).row
    assert type(row._meta.get_field("body")) is models.JSONField
    assert row.body == list(stored)
    row.body = [*row.body, {"type": "text", "value": "<p>More.</p>", "id": BLOCK_ID}]
    row.save()
    page = StandardPage.objects.get(pk=page.pk)
    assert [block.block_type for block in page.body][-1] == "text"
    assert page.body[0].value["text"] == "Before"
    assert page.body[5].id == BLOCK_ID


@pytest.mark.django_db
def test_a_block_that_no_longer_exists_is_kept_in_a_data_migration() -> None:
    page = StandardPageFactory(parent=HomePageFactory(), body=body())
    gone = {"type": "gone", "value": {"words": "old"}, "id": BLOCK_ID}
    rows = StandardPage.objects.filter(pk=page.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pages_standardpage SET body = %s WHERE basepage_ptr_id = %s",
            [json.dumps([gone]), page.pk],
        )
    row = _Editor(page).row
    assert row.body == [gone]
    row.body[0]["type"] = "text"
    row.body[0]["value"] = "<p>old</p>"
    row.save()
    assert rows.get().body[0].value.source == "<p>old</p>"


@pytest.mark.django_db
def test_a_body_survives_a_revision_unchanged() -> None:
    page = StandardPageFactory(parent=HomePageFactory(), body=body("Tea."))
    before = list(page.body.raw_data)
    page.save_revision().publish()
    page.refresh_from_db()
    assert list(page.body.raw_data) == before
