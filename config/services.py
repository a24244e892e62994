"""PostgreSQL and Valkey: the ones the environment names, or embedded ones from wheels.

Reading the settings starts nothing: this module only works out *where* the services are.
Whoever is about to use them – manage.py, gunicorn, Celery, pytest, the demo – calls
`ensure_running` first, which does nothing when the environment names both services.
"""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

DATABASE_NAME = "forbattringshjulet"

# Each is there because something once hung for ever without it.
LIMITS = {
    "lock_timeout": "3s",  # a page says "someone else is changing this" rather than waiting
    "idle_in_transaction_session_timeout": "30s",  # a frozen process lets go of its locks
}
# A page asks small questions: to compile one takes longer than to answer it.
AT_ONCE = {"jit": "off"}


class Unavailable(Exception):
    """A service cannot run; the message is for the person at the keyboard."""


def database(url: str, var: Path) -> dict[str, Any]:
    """Return Django's database entry for `url`, or for the embedded PostgreSQL under `var`."""
    if url:
        where = _from_url(url)
    else:
        where = {
            "NAME": DATABASE_NAME,
            "USER": DATABASE_NAME,
            "HOST": str(sockets(var)),
            "OPTIONS": {},
        }
    limits = " ".join(f"-c {name}={value}" for name, value in (LIMITS | AT_ONCE).items())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,  # without: a restarted PostgreSQL means a 500 per connection
        **where,
        "OPTIONS": {"connect_timeout": 3, "options": limits, **where["OPTIONS"]},
    }


def redis_url(url: str, var: Path) -> str:
    """Return the address of Valkey as Celery writes it."""
    if not url:
        return f"redis+socket://{sockets(var) / 'valkey'}"
    if urlsplit(url).scheme not in {"redis", "rediss", "redis+socket"}:
        raise ImproperlyConfigured(
            "REDIS_URL must begin with redis://, rediss:// or redis+socket://."
        )
    return url


def sockets(var: Path) -> Path:
    """Return the folder of the embedded services' sockets.

    Not under `var`: a socket's path may be 107 bytes long, and a checkout can lie deeper.
    """
    name = hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    return Path("/tmp") / f"forbattringshjulet-{name}"


def ensure_running() -> None:
    """Start the embedded services that the settings use and that do not run yet."""
    if not (settings.EMBEDDED_POSTGRESQL or settings.EMBEDDED_VALKEY):
        return
    from . import embedded  # noqa: PLC0415 – production has neither the wheels nor psutil

    embedded.join(
        settings.VAR_DIR,
        sockets(settings.VAR_DIR),
        postgresql=settings.EMBEDDED_POSTGRESQL,
        valkey=settings.EMBEDDED_VALKEY,
        durable=not settings.TESTING,
    )


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
