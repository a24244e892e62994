"""Where the web server begins."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from . import services

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

services.ensure_running()
application = get_wsgi_application()

# What is read at the start stays for good.  Collecting garbage need not look through it again and
# again, which would stop some page for a tenth of a second every now and then.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
