from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """btree_gist for the exclusion of overlapping periods, pg_trgm for parts of words."""

    initial = True
    dependencies = []
    operations = [BtreeGistExtension(), TrigramExtension()]
