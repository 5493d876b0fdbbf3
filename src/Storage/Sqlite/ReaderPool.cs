using System.Collections.Concurrent;

namespace EvCharge.Storage.Sqlite;

/// <summary>
/// A bounded pool of readers, each with a connection of its own. SQLite reads are synchronous, so they run on the thread
/// pool and never on the scheduler of a grain that asks.
/// </summary>
/// <param name="open">Opens one more reader; at most <paramref name="count"/> are open at a time.</param>
public sealed class ReaderPool<TReader>(Func<TReader> open, int count) : IDisposable
    where TReader : class, IDisposable
{
    private readonly SemaphoreSlim _free = new(count, count);
    private readonly ConcurrentBag<TReader> _idle = [];
    private volatile bool _disposed;

    /// <summary>Runs a read of what is committed now.</summary>
    public async Task<T> Read<T>(Func<TReader, Task<T>> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _free.WaitAsync();
        try
        {
            return await Task.Run(() => ReadOnOne(read));
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    /// <summary>A reader that a read failed on is not used again.</summary>
    private async Task<T> ReadOnOne<T>(Func<TReader, Task<T>> read)
    {
        if (!_idle.TryTake(out var reader))
        {
            reader = open();
        }

        var sound = false;
        try
        {
            var result = await read(reader);
            sound = !_disposed;
            return result;
        }
        finally
        {
            if (sound)
            {
                _idle.Add(reader);
            }
            else
            {
                reader.Dispose();
            }
        }
    }
}
