"""The full-text part: an FTS5 table on SQLite, a generated tsvector column with a GIN index on PostgreSQL."""

from django.db import migrations

SQLITE = """CREATE VIRTUAL TABLE search_index USING fts5(
    terms, content='search_page', content_rowid='document_id', detail='none', columnsize=0,
    tokenize="ascii tokenchars '~:-'"
)"""
POSTGRES = (
    "ALTER TABLE search_page ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED",
    "CREATE INDEX search_page_vector ON search_page USING gin (vector)",
)


def make(apps, schema_editor):
    statements = POSTGRES if schema_editor.connection.vendor == "postgresql" else (SQLITE,)
    for statement in statements:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_page DROP COLUMN vector")
    else:
        schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
