from django.db import migrations

# What a foreign key would hold, once for each statement that adds rows instead of once a row: a
# first load of a hundred thousand values is about some twenty KPIs and three hundred places.  Those
# are locked as a foreign key locks them, so that none is taken away before the rows are there.
FUNCTIONS = """
CREATE FUNCTION measures_value_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place text := TG_ARGV[0];
    places text := TG_ARGV[1];
    wanted bigint[];
    there bigint;
BEGIN
    SELECT array_agg(kpi_id) FROM (SELECT DISTINCT kpi_id FROM said) AS one INTO wanted;
    SELECT count(*) FROM (
        SELECT FROM measures_kpi WHERE id = ANY(wanted) ORDER BY id FOR KEY SHARE
    ) AS held INTO there;
    IF there < cardinality(wanted) THEN
        RAISE EXCEPTION 'a value is of a KPI that does not exist'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'value_is_of_a_kpi';
    END IF;

    EXECUTE format('SELECT array_agg(%1$I) FROM (SELECT DISTINCT %1$I FROM said) AS one', place)
        INTO wanted;
    EXECUTE format('SELECT count(*) FROM (
        SELECT FROM %I WHERE id = ANY($1) ORDER BY id FOR KEY SHARE) AS held', places)
        INTO there USING wanted;
    IF there < cardinality(wanted) THEN
        RAISE EXCEPTION 'a value is of a municipality or a unit that does not exist'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'value_is_of_a_place';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION measures_value_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a value is never moved to another KPI or place'
        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'value_stays_where_it_is';
END $$;

CREATE FUNCTION measures_is_not_valued() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_valued boolean;
    tables text;
BEGIN
    FOREACH tables IN ARRAY TG_ARGV[1:] LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1)', tables, TG_ARGV[0])
            INTO is_valued USING OLD.id;
        IF is_valued THEN
            RAISE EXCEPTION 'what has values is not taken away'
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'what_has_values_stays';
        END IF;
    END LOOP;
    RETURN NULL;
END $$
"""

# Each table of values: the column that says whose, and where those are.
TABLES = {
    "measures_kpivalue": ("municipality_id", "measures_municipality"),
    "measures_kpivaluerevision": ("municipality_id", "measures_municipality"),
    "measures_unitvalue": ("unit_id", "measures_serviceunit"),
    "measures_unitvaluerevision": ("unit_id", "measures_serviceunit"),
}


def on_values(table: str, place: str, places: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER measures_value_belongs AFTER INSERT ON {table}
            REFERENCING NEW TABLE AS said
            FOR EACH STATEMENT EXECUTE FUNCTION measures_value_belongs('{place}', '{places}');
        CREATE TRIGGER measures_value_stays BEFORE UPDATE OF kpi_id, {place} ON {table}
            FOR EACH ROW WHEN ((OLD.kpi_id, OLD.{place}) IS DISTINCT FROM (NEW.kpi_id, NEW.{place}))
            EXECUTE FUNCTION measures_value_stays()
        """,
        f"""
        DROP TRIGGER measures_value_stays ON {table};
        DROP TRIGGER measures_value_belongs ON {table}
        """,
    )


def on_what_has_values(table: str, column: str) -> migrations.RunSQL:
    of = [f"'{values}'" for values, (place, _places) in TABLES.items() if column in (place, "kpi_id")]
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER measures_is_not_valued AFTER DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION measures_is_not_valued('{column}', {", ".join(of)})
        """,
        f"DROP TRIGGER measures_is_not_valued ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_what_is_released_stays")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            """
            DROP FUNCTION measures_value_belongs();
            DROP FUNCTION measures_value_stays();
            DROP FUNCTION measures_is_not_valued()
            """,
        ),
        *(on_values(table, *of) for table, of in TABLES.items()),
        on_what_has_values("measures_kpi", "kpi_id"),
        on_what_has_values("measures_municipality", "municipality_id"),
        on_what_has_values("measures_serviceunit", "unit_id"),
    ]
