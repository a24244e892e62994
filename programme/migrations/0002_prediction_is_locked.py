from django.db import migrations

LOCK = """
CREATE FUNCTION prediction_is_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'plan'
        AND (NEW.status = 'plan' OR NEW.prediction IS DISTINCT FROM OLD.prediction)
    THEN
        RAISE EXCEPTION 'the test of cycle % has started, so its prediction is locked', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cycle_prediction_is_locked BEFORE UPDATE ON programme_cycle
    FOR EACH ROW EXECUTE FUNCTION prediction_is_locked()
"""

UNLOCK = """
DROP TRIGGER cycle_prediction_is_locked ON programme_cycle;
DROP FUNCTION prediction_is_locked()
"""


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]
    operations = [migrations.RunSQL(LOCK, UNLOCK)]
