using System.Data.Common;

namespace EvCharge.Storage.GroupCommit;

/// <summary>
/// The writer's open connection with its prepared statements. Used on the writer's thread alone, inside the transaction
/// of the batch.
/// </summary>
public sealed class WriteSession(DbConnection connection, CommitDialect dialect) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _statements = new(StringComparer.Ordinal);
    private readonly AssumedStatements? _assumed = dialect.SendsTogether ? new AssumedStatements(connection, dialect) : null;
    private bool _assuming;

    public DbConnection Connection { get; } = connection;

    /// <summary>
    /// Whether statements are sent later and <see cref="ExecuteOne"/> answers what it expects. What depends on another
    /// statement's answer may then be sent as one with it.
    /// </summary>
    public bool Assumes => _assuming;

    /// <summary>True when the work in hand refused itself with <see cref="Discard"/>.</summary>
    internal bool Discarded { get; set; }

    /// <summary>Takes back all that the work in hand wrote; its result still reaches the caller.</summary>
    public void Discard() => Discarded = true;

    /// <summary>Runs a statement. Its text must be a constant: it is prepared once and kept.</summary>
    /// <returns>The number of rows written.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SendAssumed();
        return Statement(sql, parameters).ExecuteNonQuery();
    }

    /// <summary>
    /// Runs a statement that as a rule writes one row. On a server it may be assumed to do so and be sent later, together with
    /// others; when it turns out otherwise all is taken back, and the work applied once more with the true answer.
    /// </summary>
    /// <returns>Whether one row is written.</returns>
    public bool ExecuteOne(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_assuming)
        {
            return Statement(sql, parameters).ExecuteNonQuery() == 1;
        }

        _assumed!.Add(sql, parameters, oneRow: true);
        return true;
    }

    /// <summary>Runs a statement, whatever number of rows it writes. On a server it may be sent later, together with others.</summary>
    public void Post(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (_assuming)
        {
            _assumed!.Add(sql, parameters, oneRow: false);
        }
        else
        {
            Statement(sql, parameters).ExecuteNonQuery();
        }
    }

    /// <summary>Runs a statement and reads its first row.</summary>
    public T? First<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SendAssumed();
        using var reader = Statement(sql, parameters).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    /// <summary>From here on statements may be sent later.</summary>
    internal void BeginAssuming() => _assuming = _assumed is not null;

    /// <summary>Sends what was assumed so far: whoever reads the tables sees it then.</summary>
    /// <exception cref="WrongAssumptionException">It was assumed wrongly.</exception>
    public void SendAssumed()
    {
        if (_assuming)
        {
            _assumed!.Send();
        }
    }

    /// <summary>Statements are run at once again; what was not sent is forgotten.</summary>
    internal void EndAssuming()
    {
        _assuming = false;
        _assumed?.Clear();
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
