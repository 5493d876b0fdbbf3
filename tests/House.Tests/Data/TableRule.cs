using Microsoft.Data.Sqlite;

namespace EvCharge.HouseTests.Data;

/// <summary>Every table of the record has <c>tenant_id</c> in its primary key or in a unique index.</summary>
internal static class TableRule
{
    /// <summary>SQLite's own tables and the journal of migrations belong to no tenant.</summary>
    private const string Tables =
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and lower(name) <> 'versioninfo'";

    private const string KeyColumns =
        """
        select name from pragma_table_info(@table) where pk > 0
        union
        select c.name from pragma_index_list(@table) i, pragma_index_info(i.name) c where i."unique" = 1
        """;

    public static IReadOnlyList<string> TablesOf(SqliteConnection database) => Names(database, Tables, "");

    public static IEnumerable<Finding> Check(SqliteConnection database) =>
        from table in TablesOf(database)
        where !Names(database, KeyColumns, table).Contains("tenant_id")
        select new Finding(table, 0, "has no tenant_id in its key");

    private static List<string> Names(SqliteConnection database, string sql, string table)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@table", table);
        using var reader = command.ExecuteReader();
        List<string> names = [];
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
