from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """An index for parts of words: without it a search reads all 55,000 people of a region.

    Not among the model's own, because the extension must be there before it.
    """

    dependencies = [("organisation", "0001_initial")]
    operations = [
        TrigramExtension(),
        migrations.RunSQL(
            "CREATE INDEX person_by_part_of_name ON organisation_person "
            "USING gin (sought gin_trgm_ops)",
            "DROP INDEX person_by_part_of_name",
        ),
    ]
