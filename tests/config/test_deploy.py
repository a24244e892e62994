"""`check --deploy` has nothing to say about production, on a PostgreSQL that is really there."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from config import services

from .fresh import PRODUCTION


@pytest.mark.slow
def test_check_deploy_is_silent():
    name, folder = services.DATABASE_NAME, services.sockets(settings.VAR_DIR)
    ours = {
        "DATABASE_URL": f"postgresql://{name}@/{name}?host={folder}",
        "PATH": os.environ["PATH"],
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=PRODUCTION | ours,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
