"""PostgreSQL keeps the terms in narrow rows of their own, beside what every search compares: lock, facets, day.

A page of the table holds a hundred documents and not four, and what is found needs no join.
"""

from django.db import migrations

FORTH = (
    """CREATE TABLE search_entry (
        id bigint PRIMARY KEY, lock_id bigint NOT NULL, facet_set_id bigint NOT NULL, day date,
        changed_at timestamptz NOT NULL, vector tsvector NOT NULL
    ) WITH (toast_tuple_target = 128)""",
    """INSERT INTO search_entry SELECT d.id, d.lock_id, d.facet_set_id, d.day, d.changed_at,
        array_to_tsvector(string_to_array(p.terms, ' ')) FROM search_document d JOIN search_page p ON p.document_id = d.id""",
    # No foreign key: Django empties its tables by TRUNCATE, which one from a table it does not know would forbid.
    """CREATE OR REPLACE FUNCTION search_entries_leave() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'TRUNCATE' THEN DELETE FROM search_entry;
        ELSE DELETE FROM search_entry USING gone WHERE search_entry.id = gone.id; END IF;
        RETURN NULL;
    END $$""",
    "CREATE TRIGGER search_entries_leave AFTER DELETE ON search_document REFERENCING OLD TABLE AS gone "
    "FOR EACH STATEMENT EXECUTE FUNCTION search_entries_leave()",
    "CREATE TRIGGER search_entries_emptied AFTER TRUNCATE ON search_document "
    "FOR EACH STATEMENT EXECUTE FUNCTION search_entries_leave()",
    "ALTER TABLE search_page DROP COLUMN vector",
    "CREATE INDEX search_entry_vector ON search_entry USING gin (vector) WITH (gin_pending_list_limit = 16384)",
)
BACK = (
    "DROP TRIGGER search_entries_leave ON search_document",
    "DROP TRIGGER search_entries_emptied ON search_document",
    "DROP FUNCTION search_entries_leave",
    "DROP TABLE search_entry",
    "ALTER TABLE search_page ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED",
    "CREATE INDEX search_page_vector ON search_page USING gin (vector)",
)


def _on_postgres(statements):
    def act(apps, schema_editor):
        for statement in statements if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement)

    return act


class Migration(migrations.Migration):
    dependencies = [("search", "0003_order_of_bytes")]
    operations = [migrations.RunPython(_on_postgres(FORTH), _on_postgres(BACK))]
