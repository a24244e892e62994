"""The settings refuse to guess, and what they choose is safe."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.test import RequestFactory
from django.utils.csp import CSP

from .fresh import PRODUCTION, settings_in


def test_production_starts_with_all_it_needs():
    made = settings_in(PRODUCTION)

    assert made.PRODUCTION
    assert not any([made.DEMO, made.DEBUG, made.EMBEDDED_POSTGRESQL, made.EMBEDDED_VALKEY])


@pytest.mark.parametrize("name", PRODUCTION)
def test_production_does_not_start_without(name):
    with pytest.raises(ImproperlyConfigured, match=f"must set {name}"):
        settings_in({other: value for other, value in PRODUCTION.items() if other != name})


@pytest.mark.parametrize("name", ["DEMO", "DEBUG", "TESTING"])
def test_production_is_combined_with_nothing_else(name):
    with pytest.raises(ImproperlyConfigured, match="cannot be combined"):
        settings_in(PRODUCTION | {"PRODUCTION": "yes", name: "yes"})


def test_it_must_be_something():
    with pytest.raises(ImproperlyConfigured, match="set DEMO=yes"):
        settings_in({"PRODUCTION": "no"})


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECRET_KEY", "short"), ("ALLOWED_HOSTS", "*"), ("DATABASE_URL", "sqlite:///db"),
     ("DATABASE_URL", "postgresql://host"), ("REDIS_URL", "amqp://rabbit")],
)  # fmt: skip
def test_production_refuses_an_unsafe_or_unusable(name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        settings_in(PRODUCTION | {name: value})


def test_the_demo_needs_nothing_and_has_services_of_its_own(tmp_path):
    made = settings_in({"DEMO": "yes", "VAR_DIR": str(tmp_path)})

    assert made.EMBEDDED_POSTGRESQL
    assert made.EMBEDDED_VALKEY
    assert made.CELERY_BROKER_URL.startswith("redis+socket:///tmp/")


def test_tests_keep_away_from_the_demos_data(tmp_path):
    made = settings_in({"TESTING": "yes", "VAR_DIR": str(tmp_path)})

    assert tmp_path / "test" == made.VAR_DIR


def test_a_database_address_is_read_in_full():
    url = "postgresql://hj%40:h%2Fm@db.example.se:6432/hj%C3%B6?sslmode=verify-full"
    entry = settings_in(PRODUCTION | {"DATABASE_URL": url}).DATABASES["default"]

    assert (entry["USER"], entry["PASSWORD"], entry["NAME"]) == ("hj@", "h/m", "hjö")
    assert (entry["HOST"], entry["PORT"]) == ("db.example.se", "6432")
    assert entry["OPTIONS"]["sslmode"] == "verify-full"
    assert "lock_timeout=3s" in entry["OPTIONS"]["options"]
    assert entry["CONN_HEALTH_CHECKS"]


def test_a_proxy_is_believed_only_when_it_is_there():
    assert not hasattr(settings_in(PRODUCTION), "SECURE_PROXY_SSL_HEADER")
    assert settings_in(PRODUCTION | {"BEHIND_PROXY": "yes"}).SECURE_PROXY_SSL_HEADER


def test_pages_may_load_nothing_from_elsewhere():
    ours = {CSP.SELF, CSP.NONE, CSP.NONCE, "data:"}

    assert {source for sources in settings.SECURE_CSP.values() for source in sources} <= ours
    assert "data:" not in settings.SECURE_CSP["script-src"]


def test_the_policy_is_in_the_answer():
    middleware = ContentSecurityPolicyMiddleware(lambda request: HttpResponse())

    header = middleware(RequestFactory().get("/"))["Content-Security-Policy"]

    assert "default-src 'self'" in header
    assert "unsafe" not in header
    assert "//" not in header


def test_pages_travel_compressed(client, db):
    page = client.get("/", headers={"Accept-Encoding": "gzip"}, follow=True)
    assert page.headers["Content-Encoding"] == "gzip"
