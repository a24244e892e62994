from django.db import migrations

# Before each new decision: whoever decides is neither the author of the idea nor the one who
# wrote it down, nor any of those of the ideas that were joined with it, at whatever remove; and
# has declared no conflict of interest.
GUARD = """
CREATE FUNCTION decision_is_on_somebody_elses_idea() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE joined AS (
            SELECT id, author_id, typed_by_id FROM improvement_idea WHERE id = NEW.idea_id
            UNION
            SELECT idea.id, idea.author_id, idea.typed_by_id
            FROM improvement_idea idea JOIN joined ON idea.merged_into_id = joined.id
        )
        SELECT FROM joined WHERE NEW.decided_by_id IN (author_id, typed_by_id)
    ) OR EXISTS (
        SELECT FROM improvement_conflict
        WHERE idea_id = NEW.idea_id AND person_id = NEW.decided_by_id
    ) THEN
        RAISE EXCEPTION 'nobody decides on an own idea, or with a conflict of interest'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_on_somebody_elses_idea';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_is_on_somebody_elses_idea BEFORE INSERT ON improvement_decision
    FOR EACH ROW EXECUTE FUNCTION decision_is_on_somebody_elses_idea();
"""
UNGUARD = """
DROP TRIGGER decision_is_on_somebody_elses_idea ON improvement_decision;
DROP FUNCTION decision_is_on_somebody_elses_idea();
"""


class Migration(migrations.Migration):
    dependencies = [("improvement", "0004_the_usual_criteria")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
