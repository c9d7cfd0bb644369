"""Texts asked by how they begin are in the order of their bytes; provisions are named with their law; documents are counted.

SQLite compares bytes as it is. PostgreSQL takes the order of the database's language, in which "§" or ":" may count for
nothing and no index answers a range of beginnings.
"""

from django.db import migrations

COLUMNS = (("search_word", "folded", 60), ("search_document", "key", 160))
NAMED_WITH_LAW = """UPDATE search_document SET key = COALESCE(
    (SELECT CAST(law_provision.law_id AS varchar(20)) || ':' || search_document.key FROM law_provision
     WHERE law_provision.id = CAST(search_document.key AS bigint)),
    '0:' || search_document.key
) WHERE source = 'provisions'"""
HOW_MANY = "INSERT INTO search_term (term, documents) SELECT '', COUNT(*) FROM search_document HAVING COUNT(*) > 0"
NAMED_ALONE = """UPDATE search_document SET key = SUBSTR(key, {position}) WHERE source = 'provisions'"""


def forth(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table, column, length in COLUMNS:
            schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"')
    schema_editor.execute(NAMED_WITH_LAW)
    schema_editor.execute(HOW_MANY)


def back(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    position = "STRPOS(key, ':') + 1" if postgres else "INSTR(key, ':') + 1"
    schema_editor.execute("DELETE FROM search_term WHERE term = ''")
    schema_editor.execute(NAMED_ALONE.format(position=position))
    if postgres:
        for table, column, length in COLUMNS:
            schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({length}) COLLATE "default"')


class Migration(migrations.Migration):
    dependencies = [("search", "0002_terms"), ("law", "0003_announcement_without_a_day")]
    operations = [
        migrations.RemoveField("document", "added_at"),
        migrations.RemoveField("page", "kicker"),
        migrations.RunPython(forth, back),
    ]
