using Npgsql;

namespace EvCharge.Storage.PostgreSql;

/// <summary>
/// The tables and statements of Orleans in a PostgreSQL database. One program at a time installs them; the others wait
/// until they are there.
/// </summary>
public static class OrleansSchema
{
    /// <summary>Raised with every change of a table or statement. A newer program's schema serves this one too.</summary>
    private const int Version = 1;

    /// <summary>Any number that nobody else in this database locks by: "evc" and "orl" as bytes.</summary>
    private const long LockKey = 0x657663_6f726c;

    private const string TakeLock = "SELECT pg_advisory_xact_lock(@key)";

    private const string VersionTable =
        """
        CREATE TABLE IF NOT EXISTS orleans_schema (
            version integer NOT NULL,
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row))
        """;

    private const string SelectVersion = "SELECT version FROM orleans_schema";

    private const string SetVersion =
        "INSERT INTO orleans_schema (version) VALUES (@version) ON CONFLICT (only_row) DO UPDATE SET version = excluded.version";

    private const string PutQuery =
        """
        INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text)
        ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText
        """;

    /// <summary>Installs what is missing, all or nothing. Waits while another program does the same.</summary>
    public static async Task Install(string connectionString, CancellationToken stop = default)
    {
        await using var connection = OrleansConnections.Once(connectionString);
        await connection.OpenAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Execute(connection, TakeLock, stop, ("key", LockKey));
        await Execute(connection, VersionTable, stop);
        var installed = await Installed(connection, stop);
        if (installed < 1)
        {
            await CreateTables(connection, stop);
        }

        if (installed < Version)
        {
            await PutQueries(connection, stop);
            await Execute(connection, SetVersion, stop, ("version", Version));
        }

        await transaction.CommitAsync(stop);
    }

    /// <summary>What of this program's schema is not there yet; null when nothing is missing.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<string?> Missing(string connectionString, CancellationToken stop)
    {
        await using var connection = OrleansConnections.Once(connectionString);
        await connection.OpenAsync(stop);
        try
        {
            var installed = await Installed(connection, stop);
            return installed >= Version ? null : $"version {Version} of Orleans' tables; they have {installed}";
        }
        catch (PostgresException absent) when (absent.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return $"version {Version} of Orleans' tables; there are none";
        }
    }

    /// <summary>As they were in version 1.</summary>
    private static async Task CreateTables(NpgsqlConnection connection, CancellationToken stop)
    {
        await Execute(connection, MembershipSql.Tables, stop);
        await Execute(connection, GrainStateSql.Tables, stop);
        await Execute(connection, ReminderSql.Tables, stop);
        await Execute(connection, OrleansQueries.Table, stop);
    }

    private static async Task PutQueries(NpgsqlConnection connection, CancellationToken stop)
    {
        foreach (var (key, text) in OrleansQueries.All)
        {
            await Execute(connection, PutQuery, stop, ("key", key), ("text", text));
        }
    }

    /// <summary>0 when the table of versions is empty.</summary>
    private static async Task<int> Installed(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(SelectVersion, connection);
        return await command.ExecuteScalarAsync(stop) as int? ?? 0;
    }

    private static async Task Execute(
        NpgsqlConnection connection, string sql, CancellationToken stop, params (string Name, object Value)[] parameters)
    {
        // No time limit: the lock is waited for as long as its holder needs, and the caller's token ends the wait.
#pragma warning disable CA2100 // Every text is a constant of this folder.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        await command.ExecuteNonQueryAsync(stop);
    }
}
