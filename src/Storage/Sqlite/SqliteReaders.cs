using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace EvCharge.Storage.Sqlite;

/// <summary>
/// A bounded pool of read connections. SQLite reads are synchronous, so they run on the thread pool and never on the
/// scheduler of a grain that asks.
/// </summary>
public sealed class SqliteReaders(SqliteFile file, int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count, count);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _disposed;

    /// <summary>Runs a read of what is committed now.</summary>
    public async Task<T> Read<T>(Func<SqliteConnection, Task<T>> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _free.WaitAsync();
        try
        {
            return await Task.Run(() => ReadOn(read));
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    /// <summary>A connection that a read failed on is not used again.</summary>
    private async Task<T> ReadOn<T>(Func<SqliteConnection, Task<T>> read)
    {
        if (!_idle.TryTake(out var connection))
        {
            connection = file.OpenReader();
        }

        var sound = false;
        try
        {
            var result = await read(connection);
            sound = !_disposed;
            return result;
        }
        finally
        {
            if (sound)
            {
                _idle.Add(connection);
            }
            else
            {
                await connection.DisposeAsync();
            }
        }
    }
}
