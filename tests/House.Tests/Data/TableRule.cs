using Microsoft.Data.Sqlite;

namespace EvCharge.HouseTests.Data;

/// <summary>
/// Every table of the record has a <c>tenant_id</c> that is never null and leads its primary key or an index, so that what
/// is read for one tenant is found without a look at the others.
/// </summary>
internal static class TableRule
{
    /// <summary>SQLite's own tables and the journal of migrations belong to no tenant.</summary>
    private const string Tables =
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and lower(name) <> 'versioninfo'";

    private const string NeverNull = """select name from pragma_table_info(@table) where "notnull" = 1 or pk > 0""";

    private const string Leading =
        """
        select name from pragma_table_info(@table) where pk = 1
        union
        select c.name from pragma_index_list(@table) i, pragma_index_info(i.name) c where c.seqno = 0
        """;

    public static IReadOnlyList<string> TablesOf(SqliteConnection database) => Names(database, Tables, "");

    public static IEnumerable<Finding> Check(SqliteConnection database) =>
        from table in TablesOf(database)
        where !Names(database, NeverNull, table).Contains("tenant_id") || !Names(database, Leading, table).Contains("tenant_id")
        select new Finding(table, 0, "has no tenant_id that leads its key or an index");

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
