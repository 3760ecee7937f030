"""compose.yaml and the Dockerfile agree with the settings and with each other."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from operations.registry import Queue

from .test_docs import listed

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
# Read by Django, Python or uv, not by our settings.
FOREIGN = {
    "DJANGO_SETTINGS_MODULE",
    "PATH",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED",
    "UV_COMPILE_BYTECODE",
    "UV_LINK_MODE",
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    composed: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return composed


def test_compose_has_the_services_and_volumes_of_the_site(
    compose: dict[str, Any],
) -> None:
    services = {
        *("web", "urgent-worker", "bulk-worker", "migrate"),
        *("database", "cache", "search", "mail", "proxy"),
    }
    assert set(compose["services"]) == services
    assert set(compose["volumes"]) == {"database", "media", "search", "tls"}


def test_each_queue_has_a_worker_that_web_starts_after(compose: dict[str, Any]) -> None:
    for queue in Queue:
        worker = compose["services"][f"{queue}-worker"]
        assert worker["environment"]["Q_CLUSTER_NAME"] == queue
        assert worker["command"] == ["python", "manage.py", "qcluster"]
        assert worker["volumes"] == compose["services"]["web"]["volumes"]
        assert f"{queue}-worker" in compose["services"]["web"]["depends_on"]


@pytest.mark.parametrize("name", ["web", "urgent-worker", "bulk-worker", "migrate"])
def test_the_site_gets_only_variables_that_the_settings_read(
    compose: dict[str, Any], name: str
) -> None:
    given = set(compose["services"][name]["environment"])
    assert given <= set(listed("environment.md"))
    required = {"SECRET_KEY", "DATABASE_URL", "SITE_URL", "ALLOWED_HOSTS"}
    required |= {"SECOND_FACTOR_KEYS"}
    assert required <= given


def test_urls_name_services_that_exist(compose: dict[str, Any]) -> None:
    environment = compose["services"]["web"]["environment"]
    named = {
        urlsplit(environment[key]).hostname for key in ("DATABASE_URL", "REDIS_URL")
    }
    assert named | {environment["SMTP_HOST"]} == {"database", "cache", "mail"}
    for service in compose["services"].values():
        assert set(service.get("depends_on", {})) <= set(compose["services"])


def test_the_site_uses_the_password_of_the_database(compose: dict[str, Any]) -> None:
    database = compose["services"]["database"]["environment"]
    url = compose["services"]["web"]["environment"]["DATABASE_URL"]
    assert url == (
        f"postgres://{database['POSTGRES_USER']}:{database['POSTGRES_PASSWORD']}"
        f"@database/{database['POSTGRES_DB']}"
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECOND_FACTOR_KEYS"])
def test_the_keys_come_from_the_environment(compose: dict[str, Any], name: str) -> None:
    key = compose["services"]["web"]["environment"][name]
    assert key.startswith(f"${{{name}:?")


def test_the_image_sets_only_variables_that_are_read() -> None:
    variables = set(re.findall(r"\b([A-Z][A-Z_]+)=", DOCKERFILE))
    assert variables <= set(listed("environment.md")) | FOREIGN


def test_the_image_runs_without_root_and_has_a_health_check() -> None:
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert "\nUSER everydoor\n" in last_stage
    assert "/readyz" in last_stage
    assert "collectstatic" in DOCKERFILE


def test_the_media_volume_is_where_the_image_stores_files(
    compose: dict[str, Any],
) -> None:
    (volume,) = compose["services"]["web"]["volumes"]
    place = volume.partition(":")[2]
    assert f"MEDIA_ROOT={place}" in DOCKERFILE
    assert f"VOLUME {place}" in DOCKERFILE


def test_files_that_the_image_needs_are_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    for needed in ("requirements", "site", "templates", "manage.py", "pyproject.toml"):
        assert needed not in ignored
    assert {".git", ".env", "var", ".venv"} <= set(ignored)


def test_only_the_proxy_can_be_reached_and_it_is_the_one_that_is_trusted(
    compose: dict[str, Any],
) -> None:
    services = compose["services"]
    published = {name for name, service in services.items() if "ports" in service}
    assert published == {"proxy", "mail"}
    environment = services["web"]["environment"]
    assert environment["TRUSTED_PROXIES"] == "1"
    assert environment["FILES_SEND_BY"] == "x-accel-redirect"
    (web,) = services["web"]["volumes"]
    assert f"{web}:ro" in services["proxy"]["volumes"]
