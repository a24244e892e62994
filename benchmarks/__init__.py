"""How fast is it?  Each module measures one thing: `uv run python -m benchmarks.works`.

They speak to a database of their own that looks like the tests' own, never to that of the demo; and
say only figures.  A machine that does something else at the same time gives other figures.
"""

import logging
import os

import django

os.environ.setdefault("TESTING", "yes")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
logging.disable(logging.WARNING)
