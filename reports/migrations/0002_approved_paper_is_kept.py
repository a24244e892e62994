from django.db import migrations

# What is final stays as it was; every other paper is made anew as often as one likes.
KEEP = """
CREATE TRIGGER reports_document_is_append_only BEFORE UPDATE OR DELETE ON reports_document
    FOR EACH ROW WHEN (OLD.edition = 'final') EXECUTE FUNCTION is_append_only()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_journal_is_append_only"),
        ("reports", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(KEEP, "DROP TRIGGER reports_document_is_append_only ON reports_document")
    ]
