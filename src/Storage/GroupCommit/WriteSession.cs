using System.Data.Common;

namespace EvCharge.Storage.GroupCommit;

/// <summary>
/// The writer's open connection with its prepared statements. Used on the writer's thread alone, inside the transaction
/// of the batch.
/// </summary>
public sealed class WriteSession(DbConnection connection, CommitDialect dialect) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _statements = new(StringComparer.Ordinal);

    public DbConnection Connection { get; } = connection;

    /// <summary>True when the work in hand refused itself with <see cref="Discard"/>.</summary>
    internal bool Discarded { get; set; }

    /// <summary>Takes back all that the work in hand wrote; its result still reaches the caller.</summary>
    public void Discard() => Discarded = true;

    /// <summary>Runs a statement. Its text must be a constant: it is prepared once and kept.</summary>
    /// <returns>The number of rows written.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Statement(sql, parameters).ExecuteNonQuery();

    /// <summary>Runs a statement and reads its first row.</summary>
    public T? First<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Statement(sql, parameters).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        Connection.Dispose();
    }

    private DbCommand Statement(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = Prepare(sql, parameters);
            _statements.Add(sql, statement);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            dialect.Bind(statement.Parameters[i], parameters[i].Value);
        }

        return statement;
    }

    private DbCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var statement = Connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of the caller: values travel as parameters.
        statement.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, _) in parameters)
        {
            var parameter = statement.CreateParameter();
            parameter.ParameterName = name;
            statement.Parameters.Add(parameter);
        }

        return statement;
    }
}
