"""Attack: read at /readyz how many hidden things there are, and when one is added."""

import json
import re

import pytest
from django.test import Client

from search import actions
from tests.factories import StandardPageFactory, Tree, restrict_page

pytestmark = pytest.mark.django_db


def told() -> str:
    response = Client().get("/readyz", headers={"Accept": "application/json"})
    probes = json.loads(response.content)["probes"]
    return json.dumps({name: probes[name] for name in probes if "queue" not in name})


def test_readiness_tells_no_numbers(site_tree: Tree) -> None:
    actions.apply_changes()
    assert not re.search(r"\d", told())


def test_a_hidden_page_changes_nothing_at_readyz(site_tree: Tree) -> None:
    actions.apply_changes()
    before = told()
    restrict_page(StandardPageFactory(parent=site_tree.home), site_tree.group.group)
    assert told() == before
    actions.apply_changes()
    assert told() == before
