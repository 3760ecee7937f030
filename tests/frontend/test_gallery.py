"""The gallery shows every component, and each component documents its variables."""

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import NoReverseMatch, clear_url_caches, reverse

from pages.templatetags.specimens import component_list

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPONENTS = component_list()
TEMPLATES = settings.ROOT / "templates"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def names() -> list[str]:
    return [each.name for each in COMPONENTS]


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda each: each.name)
def test_a_component_has_a_header_comment(component: Any) -> None:
    assert component.says.startswith(f"{component.name}: ")


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda each: each.name)
def test_a_component_is_in_the_gallery(component: Any) -> None:
    specimen = (TEMPLATES / component.specimen).read_text()
    drawn = {f"components/{component.name}.html", f'part "{component.name}"'}
    assert any(each in specimen for each in drawn)


def test_every_specimen_belongs_to_a_component(names: list[str]) -> None:
    specimens = {path.stem for path in (TEMPLATES / "gallery").glob("*.html")}
    assert specimens - {"index"} == set(names)


def test_the_gallery_shows_them_all(names: list[str]) -> None:
    page = Client().get(reverse("gallery"))
    assert page.status_code == 200
    shown = re.findall(
        r'<section class="specimen" id="([^"]+)">', page.content.decode()
    )
    assert shown == names


def test_the_gallery_has_no_id_twice() -> None:
    page = Client().get(reverse("gallery")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.fixture
def _reloaded_urls() -> "Iterator[None]":
    import importlib  # noqa: PLC0415

    from everydoor import urls  # noqa: PLC0415

    with override_settings(GALLERY=False):
        importlib.reload(urls)
        clear_url_caches()
        yield
    importlib.reload(urls)
    clear_url_caches()


@pytest.mark.usefixtures("_reloaded_urls")
def test_there_is_no_gallery_when_the_setting_is_off() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("gallery")
