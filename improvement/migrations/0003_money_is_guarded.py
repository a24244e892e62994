from django.db import migrations

from foundation.append_only import append_only

# After each new row: the period that it belongs to may not have promised more than it has, and
# no decision may have paid or released more than it reserved.  The period is locked first, so
# that two rows written at once are added up one after the other.
GUARD = """
CREATE FUNCTION ledger_is_never_overdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM improvement_period WHERE id = NEW.period_id FOR NO KEY UPDATE;
    IF (SELECT sum(left_ore) FROM improvement_ledgerentry WHERE period_id = NEW.period_id) < 0 THEN
        RAISE EXCEPTION 'the period has less left than that'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_is_never_overdrawn';
    END IF;
    IF NEW.decision_id IS NOT NULL AND (
        SELECT sum(reserved_ore) FROM improvement_ledgerentry
        WHERE decision_id = NEW.decision_id AND account = NEW.account
          AND period_id = NEW.period_id
    ) < 0 THEN
        RAISE EXCEPTION 'the decision has less reserved than that'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_promise_is_never_overdrawn';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_is_never_overdrawn AFTER INSERT ON improvement_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION ledger_is_never_overdrawn();
"""
UNGUARD = """
DROP TRIGGER ledger_is_never_overdrawn ON improvement_ledgerentry;
DROP FUNCTION ledger_is_never_overdrawn();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_journal_is_append_only"),
        ("improvement", "0002_initial"),
    ]
    operations = [
        append_only("improvement_ledgerentry"),
        append_only("improvement_decision"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
