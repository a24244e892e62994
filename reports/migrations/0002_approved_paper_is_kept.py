from django.db import migrations

# A draft is made anew as often as one likes; the paper of an approved report stays as it was.
KEEP = """
CREATE TRIGGER reports_document_is_append_only BEFORE UPDATE OR DELETE ON reports_document
    FOR EACH ROW WHEN (OLD.kind = 'final') EXECUTE FUNCTION is_append_only()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_journal_is_append_only"),
        ("reports", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(KEEP, "DROP TRIGGER reports_document_is_append_only ON reports_document")
    ]
