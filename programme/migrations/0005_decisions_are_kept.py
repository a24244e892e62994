from django.db import migrations

GUARD = """
CREATE FUNCTION work_decision_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a line in the log of decisions is kept: correct it by a new one'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM programme_workdecision
        WHERE id = NEW.corrects_id AND work_id = NEW.work_id
    ) THEN
        RAISE EXCEPTION 'decision % is of another work', NEW.corrects_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER work_decision_is_kept
    BEFORE INSERT OR UPDATE OR DELETE ON programme_workdecision
    FOR EACH ROW EXECUTE FUNCTION work_decision_is_kept()
"""

LET_GO = """
DROP TRIGGER work_decision_is_kept ON programme_workdecision;
DROP FUNCTION work_decision_is_kept()
"""


class Migration(migrations.Migration):
    dependencies = [("programme", "0004_predictions_are_kept")]
    operations = [migrations.RunSQL(GUARD, LET_GO)]
