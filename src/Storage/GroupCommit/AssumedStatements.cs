using System.Data.Common;

namespace EvCharge.Storage.GroupCommit;

/// <summary>
/// Statements that wait to be sent in one round trip. Until then what they write is assumed; where it turns out otherwise,
/// <see cref="Send"/> fails and whoever assumed it has to begin anew. Used on the writer's thread alone.
/// </summary>
internal sealed class AssumedStatements(DbConnection connection, CommitDialect dialect)
{
    /// <summary>Bounds the memory; more are sent in several round trips.</summary>
    private const int Most = 256;

    private readonly Dictionary<string, string?> _byPlace = new(StringComparer.Ordinal);
    private readonly List<(DbBatchCommand Command, bool OneRow)> _waiting = [];
    private DbBatch? _batch;

    /// <param name="oneRow">Whether anything but one row written makes the assumption wrong.</param>
    public void Add(string sql, ReadOnlySpan<(string Name, object? Value)> parameters, bool oneRow)
    {
        if (_waiting.Count == Most)
        {
            Send();
        }

        _batch ??= connection.CreateBatch();
        var command = _batch.CreateBatchCommand();
        var byPlace = ByPlace(sql, parameters);
#pragma warning disable CA2100 // The text is a constant of the caller: values travel as parameters.
        command.CommandText = byPlace ?? sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            if (byPlace is null)
            {
                parameter.ParameterName = name;
            }

            dialect.Bind(parameter, value);
            command.Parameters.Add(parameter);
        }

        _batch.BatchCommands.Add(command);
        _waiting.Add((command, oneRow));
    }

    /// <exception cref="WrongAssumptionException">A statement that was to write one row did not.</exception>
    public void Send()
    {
        try
        {
            _batch?.ExecuteNonQuery();
            if (_waiting.Find(sent => sent.OneRow && sent.Command.RecordsAffected != 1) is { Command: { } wrong })
            {
                throw new WrongAssumptionException(wrong.CommandText);
            }
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Forgets what was not sent.</summary>
    public void Clear()
    {
        _batch?.Dispose();
        _batch = null;
        _waiting.Clear();
    }

    private string? ByPlace(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_byPlace.TryGetValue(sql, out var text))
        {
            var names = new List<string>(parameters.Length);
            foreach (var (name, _) in parameters)
            {
                names.Add(name);
            }

            text = dialect.ByPlace(sql, names);
            _byPlace.Add(sql, text);
        }

        return text;
    }
}

/// <summary>A statement that was to write one row wrote none, or several.</summary>
internal sealed class WrongAssumptionException(string sql) : Exception($"Not one row was written by: {sql}");
