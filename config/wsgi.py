import os

from django.core.wsgi import get_wsgi_application

from . import services

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

services.ensure_running()
application = get_wsgi_application()
