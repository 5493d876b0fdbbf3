using System.Data.Common;

namespace EvCharge.Storage.Servers;

/// <summary>
/// The tables and statements of Orleans in the database of a server. One program at a time installs them; the others wait
/// until they are there.
/// </summary>
public static class OrleansSchema
{
    /// <summary>Raised with every change of a table or statement. A newer program's schema serves this one too.</summary>
    private const int Version = 1;

    private const string SelectVersion = "SELECT version FROM orleans_schema";

    /// <summary>
    /// Installs what is missing, all or nothing. Waits while another program does the same. The embedded engine makes its
    /// tables itself.
    /// </summary>
    public static async Task Install(DatabaseLocation database, CancellationToken stop = default)
    {
        if (OrleansServer.Of(database.Engine) is not { } server)
        {
            return;
        }

        await using var connection = server.Once(database.Address);
        await connection.OpenAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Execute(transaction, server.TakeLock, stop);
        await Execute(transaction, server.VersionTable, stop);
        var installed = await Installed(connection, transaction, stop);
        foreach (var table in installed < 1 ? server.Tables : [])
        {
            await Execute(transaction, table, stop);
        }

        if (installed < Version)
        {
            await PutQueries(transaction, server, stop);
            await Execute(transaction, server.SetVersion, stop, ("version", Version));
        }

        await transaction.CommitAsync(stop);
    }

    /// <summary>What of this program's schema is not there yet; null when nothing is missing.</summary>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    public static async Task<string?> Missing(DatabaseLocation database, CancellationToken stop)
    {
        if (OrleansServer.Of(database.Engine) is not { } server)
        {
            return null;
        }

        await using var connection = server.Once(database.Address);
        await connection.OpenAsync(stop);
        try
        {
            var installed = await Installed(connection, transaction: null, stop);
            return installed >= Version ? null : $"version {Version} of Orleans' tables; they have {installed}";
        }
        catch (DbException absent) when (MissingTable.IsCauseOf(absent))
        {
            return $"version {Version} of Orleans' tables; there are none";
        }
    }

    private static async Task PutQueries(DbTransaction transaction, OrleansServer server, CancellationToken stop)
    {
        foreach (var (key, text) in server.Queries)
        {
            await Execute(transaction, server.PutQuery, stop, ("key", key), ("text", text));
        }
    }

    /// <summary>0 when the table of versions is empty.</summary>
    private static async Task<int> Installed(DbConnection connection, DbTransaction? transaction, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = SelectVersion;
        return await command.ExecuteScalarAsync(stop) as int? ?? 0;
    }

    private static async Task Execute(
        DbTransaction transaction, string sql, CancellationToken stop, params (string Name, object Value)[] parameters)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;

        // No time limit: the lock is waited for as long as its holder needs, and the caller's token ends the wait.
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // Every text is a constant of this project.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(stop);
    }
}
