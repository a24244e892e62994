#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

from config import services

# These need no database, and must work where none can be reached (building the image).
ON_THEIR_OWN = {"help", "version", "--help", "--version", "messages", "collectstatic"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not ON_THEIR_OWN.issuperset(sys.argv[1:2]):
        try:
            services.ensure_running()
        except services.Unavailable as reason:
            sys.exit(str(reason))
    execute_from_command_line(sys.argv)
