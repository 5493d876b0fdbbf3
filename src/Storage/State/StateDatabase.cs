using EvCharge.Storage.GroupCommit;
using EvCharge.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EvCharge.Storage.State;

/// <summary><c>state.db</c>: grain states and reminders, with its one writer and its readers.</summary>
public sealed class StateDatabase : IAsyncDisposable
{
    private readonly ReaderPool<SqliteConnection> _readers;
    private readonly GroupCommitWriter _writer;

    /// <summary>Makes the file when it is absent. Blocks on it once, while the silo is put together.</summary>
    /// <exception cref="InvalidOperationException">A newer version of the program wrote the file.</exception>
    public StateDatabase(IOptions<SqliteStorageOptions> options, ILogger<StateDatabase> log)
    {
        var file = new SqliteFile(options.Value.File);
        using (var connection = file.OpenWriter())
        {
            StateSchema.Ensure(connection);
        }

        _readers = new ReaderPool<SqliteConnection>(file.OpenReader, options.Value.Readers);
        _writer = new GroupCommitWriter("state-writer", file.OpenWriter, new SqliteDialect(), new GroupCommitOptions(), log);
    }

    /// <inheritdoc cref="GroupCommitWriter.Write"/>
    public Task<T> Write<T>(Func<WriteSession, T> work, int bytes = 256) => _writer.Write(work, 1, bytes);

    /// <summary>Runs a query on a reader's connection, away from the caller's scheduler.</summary>
    internal Task<T> Read<T>(Func<SqliteConnection, T> query) => _readers.Read(connection => Task.FromResult(query(connection)));

    /// <summary>Takes no more writes and completes when those accepted are settled.</summary>
    public Task Stop() => _writer.Stop();

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }
}
