"""The page of a recording over HTTP, and who sees what of it."""

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import (
    MediaFactory,
    RecordingPageFactory,
    SessionPageFactory,
    restrict_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def recording() -> Any:
    session = SessionPageFactory(title="The session of the recording")
    return RecordingPageFactory(
        title="The first night", session=session, media=MediaFactory()
    )


def words(client: Any, page: Any) -> str:
    return " ".join(client.get(page.url).content.decode().split())


@pytest.mark.parametrize(
    ("role", "status"),
    [("visitor", 404), ("stranger", 404), ("member", 200), ("owner", 200)],
)
def test_a_recording_of_a_group_is_found_by_its_members(
    request: Any,
    client_of: Any,
    role: str,
    status: int,
    recording: Any,
    working_group: Any,
) -> None:
    restrict_page(recording, working_group.group)
    client = client_of(request.getfixturevalue(role))

    assert client.get(recording.url).status_code == status


def test_it_shows_player_chapters_transcript_and_session(
    client: Any, recording: Any
) -> None:
    html = words(client, recording)
    track = recording.caption_tracks.get()

    for said in (
        recording.media.url,
        "Arriving",
        "We begin with the kettle.",
        "The session of the recording",
    ):
        assert said in html
    if recording.media.type == "video":
        assert reverse("recordings:captions", args=[track.pk]) in html


def test_it_names_its_session_only_to_those_who_may_see_it(
    client: Any, client_of: Any, member: Any, recording: Any, working_group: Any
) -> None:
    restrict_page(recording.session, working_group.group)

    assert "The session of the recording" not in words(client, recording)
    assert "The session of the recording" in words(client_of(member), recording)


def test_without_captions_it_says_so(client: Any, recording: Any) -> None:
    recording.caption_tracks.all().delete()
    recording.save()

    assert "No transcript yet" in words(client, recording)


def test_a_transcript_costs_the_same_for_two_cues_and_for_two_hundred(
    client: Any, count_queries: Any
) -> None:
    def cost(number: int) -> int:
        cues = [(n * 1000, n * 1000 + 900, "Host", f"Line {n}") for n in range(number)]
        page = RecordingPageFactory(cues=cues)
        client.get(page.url)
        with count_queries() as asked:
            client.get(page.url)
        return len(asked)

    assert cost(2) == cost(200)


def test_its_plate_is_its_length_in_minutes(recording: Any) -> None:
    assert (recording.plate.top, recording.plate.figure) == ("min", 13)
