from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    """An exclusion constraint over a fund and its days needs btree_gist."""

    initial = True
    dependencies = []
    operations = [BtreeGistExtension()]
