from django.db import migrations

GUARD = """
CREATE FUNCTION prediction_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'what was predicted is kept: add a new version instead'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM programme_cycle
        WHERE id = NEW.cycle_id AND status IN ('do', 'study', 'act')
    ) THEN
        RAISE EXCEPTION 'cycle % is not open, so nothing is predicted anew', NEW.cycle_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER prediction_version_is_kept
    BEFORE INSERT OR UPDATE OR DELETE ON programme_predictionversion
    FOR EACH ROW EXECUTE FUNCTION prediction_version_is_kept();

CREATE FUNCTION driver_stands_right() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above programme_driver;
BEGIN
    IF NEW.parent_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO above FROM programme_driver WHERE id = NEW.parent_id;
    IF above.work_id <> NEW.work_id
        OR above.kind = 'change'
        OR (NEW.kind = 'secondary' AND above.kind <> 'primary')
    THEN
        RAISE EXCEPTION 'driver % cannot stand under driver %', NEW.id, NEW.parent_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER driver_stands_right BEFORE INSERT OR UPDATE ON programme_driver
    FOR EACH ROW EXECUTE FUNCTION driver_stands_right();

CREATE FUNCTION cycle_tests_a_change_of_its_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.change_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM programme_driver
        WHERE id = NEW.change_id AND work_id = NEW.work_id AND kind = 'change'
    ) THEN
        RAISE EXCEPTION 'cycle % tests something that is no change idea of its work', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cycle_tests_a_change_of_its_work
    BEFORE INSERT OR UPDATE OF change_id, work_id ON programme_cycle
    FOR EACH ROW EXECUTE FUNCTION cycle_tests_a_change_of_its_work()
"""

LET_GO = """
DROP TRIGGER cycle_tests_a_change_of_its_work ON programme_cycle;
DROP FUNCTION cycle_tests_a_change_of_its_work();
DROP TRIGGER driver_stands_right ON programme_driver;
DROP FUNCTION driver_stands_right();
DROP TRIGGER prediction_version_is_kept ON programme_predictionversion;
DROP FUNCTION prediction_version_is_kept()
"""


class Migration(migrations.Migration):
    """What was predicted is never overwritten, and each box in a driver diagram stands right."""

    dependencies = [("programme", "0003_methods_to_choose")]
    operations = [migrations.RunSQL(GUARD, LET_GO)]
