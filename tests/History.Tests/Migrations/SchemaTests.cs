using EvCharge.Storage;

namespace EvCharge.HistoryTests.Migrations;

/// <summary>The same migrations make the same tables on every engine.</summary>
[Trait(TestEngine.Trait, TestEngine.PostgreSql)]
public sealed class SchemaTests
{
    private const string ColumnsOfSqlite =
        """
        SELECT t.name || '.' || c.name || ' at ' || (c.cid + 1) || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' not null' ELSE '' END
        FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> 'VersionInfo'
        """;

    private const string ColumnsOfPostgreSql =
        """
        SELECT table_name || '.' || column_name || ' at ' || ordinal_position || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'VersionInfo'
        """;

    private const string KeysOfSqlite =
        """
        SELECT t.name || ' ' || c.pk || ' ' || c.name
        FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND c.pk > 0
        """;

    private const string KeysOfPostgreSql =
        """
        SELECT t.relname || ' ' || k.position || ' ' || c.attname
        FROM pg_index i
        JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = 'public'::regnamespace
        CROSS JOIN unnest(i.indkey) WITH ORDINALITY k (attnum, position)
        JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.attnum
        WHERE i.indisprimary
        """;

    private const string IndexesOfSqlite =
        """
        SELECT i.name || ' on ' || t.name || ' ' || (c.seqno + 1) || ' ' || c.name
            || CASE WHEN i."unique" = 1 THEN ' unique' ELSE '' END || CASE WHEN i.partial = 1 THEN ' partial' ELSE '' END
        FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
        WHERE t.type = 'table' AND t.name <> 'VersionInfo' AND i.origin = 'c'
        """;

    private const string IndexesOfPostgreSql =
        """
        SELECT x.relname || ' on ' || t.relname || ' ' || k.position || ' ' || c.attname
            || CASE WHEN i.indisunique THEN ' unique' ELSE '' END || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END
        FROM pg_index i
        JOIN pg_class x ON x.oid = i.indexrelid
        JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = 'public'::regnamespace AND t.relname <> 'VersionInfo'
        CROSS JOIN unnest(i.indkey) WITH ORDINALITY k (attnum, position)
        JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.attnum
        WHERE NOT i.indisprimary
        """;

    private const string IndexesInALanguage =
        """
        SELECT DISTINCT x.relname::text
        FROM pg_index i
        JOIN pg_class x ON x.oid = i.indexrelid
        JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = 'public'::regnamespace
        CROSS JOIN unnest(i.indcollation) k (id)
        JOIN pg_collation o ON o.oid = k.id
        WHERE o.collname <> 'C'
        """;

    [Theory]
    [InlineData(ColumnsOfSqlite, ColumnsOfPostgreSql, 180)]
    [InlineData(KeysOfSqlite, KeysOfPostgreSql, 30)]
    [InlineData(IndexesOfSqlite, IndexesOfPostgreSql, 60)]
    public async Task Both_engines_have_the_same(string sqlite, string postgreSql, int atLeast)
    {
        var ofSqlite = await List(await TestEngine.Migrated(TestEngine.Sqlite), sqlite);
        var ofPostgreSql = await List(await TestEngine.Migrated(TestEngine.PostgreSql), postgreSql);

        Assert.True(ofSqlite.Count >= atLeast, $"There are {ofSqlite.Count}.");
        Assert.Empty(ofSqlite.Except(ofPostgreSql));
        Assert.Empty(ofPostgreSql.Except(ofSqlite));
    }

    [Fact]
    public async Task Every_text_that_is_looked_up_or_ordered_by_is_compared_by_bytes()
    {
        Assert.Empty(await List(await TestEngine.Migrated(TestEngine.PostgreSql), IndexesInALanguage));
    }

    private static async Task<IReadOnlyList<string>> List(DatabaseLocation database, string sql)
    {
        var lines = new List<string>();
        await using (var connection = await TestEngine.Connect(database))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                lines.Add(reader.GetString(0));
            }
        }

        TestEngine.Remove(database);
        return lines;
    }
}
