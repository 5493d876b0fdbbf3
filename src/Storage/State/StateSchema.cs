using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EvCharge.Storage.State;

/// <summary>The tables of <c>state.db</c>. Their version stands in SQLite's <c>user_version</c>.</summary>
internal static class StateSchema
{
    private const long Version = 1;

    private const string Create =
        """
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS grain_state (
            grain_id TEXT NOT NULL,
            state_name TEXT NOT NULL,
            version INTEGER NOT NULL,
            schema INTEGER NOT NULL,
            payload BLOB,
            PRIMARY KEY (grain_id, state_name));
        CREATE TABLE IF NOT EXISTS reminder (
            grain_id TEXT NOT NULL,
            name TEXT NOT NULL,
            hash INTEGER NOT NULL,
            start_at INTEGER NOT NULL,
            period INTEGER NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (grain_id, name));
        CREATE INDEX IF NOT EXISTS ix_reminder_hash ON reminder (hash);
        PRAGMA user_version = 1;
        COMMIT;
        """;

    public static void Ensure(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var found = Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (found > Version)
        {
            throw new InvalidOperationException(
                $"{connection.DataSource} has the schema version {found}; this program knows {Version}. Use the newer program.");
        }

        if (found < Version)
        {
            command.CommandText = Create;
            command.ExecuteNonQuery();
        }
    }
}
