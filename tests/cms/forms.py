"""Fill and send the forms of the CMS as a browser would, without its scripts."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField


def fields_of(html: bytes, form_id: str = "page-edit-form") -> dict[str, Any]:
    """Return what a browser would send for a form, without its buttons."""
    form = BeautifulSoup(html, "html.parser").find(id=form_id)
    assert isinstance(form, Tag)
    sent: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, value = field.get("name"), _value(field)
        if not name or value is None or "__prefix__" in name:
            continue
        if field.get("type") == "checkbox" and name in sent:
            sent[name] = [*_many(sent[name]), value]
        else:
            sent[name] = value
    return sent


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _value(field: Tag) -> Any:
    if field.name == "textarea":
        return field.get_text().removeprefix("\n")
    if field.name == "select":
        chosen = [each["value"] for each in field.find_all("option", selected=True)]
        return chosen if field.has_attr("multiple") else (chosen or [""])[0]
    if field.get("type") in {"submit", "button", "file"} or field.has_attr("disabled"):
        return None
    if field.get("type") in {"checkbox", "radio"}:
        return field.get("value", "on") if field.has_attr("checked") else None
    return field.get("value", "")


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def open_form(client: Client, page: Any) -> dict[str, Any]:
    """Load the edit form of a page; bodies, which scripts build, come empty."""
    response = client.get(edit_url(page))
    assert response.status_code == 200, response.status_code
    return empty_streams(page.specific_class) | fields_of(response.content)


def empty_streams(model: Any) -> dict[str, str]:
    """Return empty values for every body of a page type."""
    streams = [each for each in model._meta.fields if isinstance(each, StreamField)]
    return {f"{each.name}-count": "0" for each in streams}
