from django.db import migrations

# What the public was shown stays as it was.  One thing may be said of it later: that it is withdrawn.
KEEP = """
CREATE FUNCTION measures_release_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL
       AND (OLD.id, OLD.area_id, OLD.year, OLD.facts, OLD.released_at, OLD.released_by_id)
         = (NEW.id, NEW.area_id, NEW.year, NEW.facts, NEW.released_at, NEW.released_by_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what is released is never changed or deleted; withdraw it, or release anew'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER measures_release_stays BEFORE UPDATE OR DELETE ON measures_release
    FOR EACH ROW EXECUTE FUNCTION measures_release_stays()
"""

UNDO = """
DROP TRIGGER measures_release_stays ON measures_release;
DROP FUNCTION measures_release_stays()
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
