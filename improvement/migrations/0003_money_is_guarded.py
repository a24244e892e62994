from django.db import migrations

from foundation.append_only import append_only

# Once after each statement that adds rows, however many (docs/adr/0008): a row at a time, a
# queue of a thousand ideas would add the same period up a thousand times.
#
# The periods are locked first, so that two transactions that write at once are added up one
# after the other.  That needs each query below to see what the other has committed, so the one
# level of isolation at which it would neither see it nor fail is refused.
GUARD = """
CREATE FUNCTION ledger_refuses(rule text, why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

CREATE FUNCTION ledger_is_never_overdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') = 'repeatable read' THEN
        PERFORM ledger_refuses('ledger_sees_what_others_write',
            'the ledger is not written at the isolation level repeatable read');
    END IF;
    PERFORM 1 FROM improvement_period WHERE id IN (SELECT period_id FROM written)
        ORDER BY id FOR NO KEY UPDATE;

    -- a row is of the decision's own fund, and reserves no more than was decided
    IF EXISTS (
        SELECT 1 FROM written w
        JOIN improvement_decision d ON d.id = w.decision_id
        JOIN improvement_period p ON p.id = w.period_id
        WHERE d.fund_id IS DISTINCT FROM p.fund_id
           OR (w.kind = 'reservation' AND w.account = 'project' AND w.amount_ore > d.project_ore)
    ) THEN
        PERFORM ledger_refuses('ledger_keeps_to_the_decision',
            'the decision names another fund, or a smaller amount');
    END IF;

    -- a counter-row takes back the whole of the row it corrects, and nothing else
    IF EXISTS (
        SELECT 1 FROM written w JOIN improvement_ledgerentry wrong ON wrong.id = w.corrects_id
        WHERE wrong.corrects_id IS NOT NULL
           OR (w.period_id, w.kind, w.account, w.decision_id, -w.amount_ore) IS DISTINCT FROM
              (wrong.period_id, wrong.kind, wrong.account, wrong.decision_id, wrong.amount_ore)
    ) THEN
        PERFORM ledger_refuses('ledger_correction_mirrors_its_row',
            'a correction takes back the whole of one row');
    END IF;

    -- no period has promised more than it has
    IF EXISTS (
        SELECT 1 FROM improvement_ledgerentry
        WHERE period_id IN (SELECT period_id FROM written)
        GROUP BY period_id HAVING sum(left_ore) < 0
    ) THEN
        PERFORM ledger_refuses('ledger_is_never_overdrawn',
            'the period has less left than that');
    END IF;

    -- no decision has paid or released more than it reserved
    IF EXISTS (
        SELECT 1 FROM improvement_ledgerentry
        WHERE decision_id IN (SELECT decision_id FROM written)
        GROUP BY decision_id, account, period_id HAVING sum(reserved_ore) < 0
    ) THEN
        PERFORM ledger_refuses('ledger_promise_is_never_overdrawn',
            'the decision has less reserved than that');
    END IF;

    -- a promise is closed by a release, or by the payment of a reward: once, as a whole, for good
    IF EXISTS (
        SELECT 1 FROM written w JOIN improvement_ledgerentry e
            ON e.decision_id = w.decision_id AND e.account = w.account
        WHERE (e.kind = 'release' OR (e.kind = 'payout' AND e.account = 'reward'))
          AND e.id NOT IN (SELECT id FROM written)
    ) OR EXISTS (
        SELECT 1 FROM improvement_ledgerentry e
        JOIN (
            SELECT DISTINCT decision_id, account FROM written
            WHERE kind = 'release' OR (kind = 'payout' AND account = 'reward')
        ) closed ON closed.decision_id = e.decision_id AND closed.account = e.account
        GROUP BY e.decision_id, e.account HAVING sum(e.reserved_ore) <> 0
    ) THEN
        PERFORM ledger_refuses('ledger_promise_is_closed_once',
            'the promise is closed once, as a whole, and nothing comes after');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_is_never_overdrawn AFTER INSERT ON improvement_ledgerentry
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_never_overdrawn();
"""
UNGUARD = """
DROP TRIGGER ledger_is_never_overdrawn ON improvement_ledgerentry;
DROP FUNCTION ledger_is_never_overdrawn();
DROP FUNCTION ledger_refuses(text, text);
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
