using System.Text.Json;
using System.Text.Json.Serialization;

namespace EvCharge.ChargerSimulator.Ledgers;

/// <summary>
/// Everything the chargers reported about transactions, in the order it happened, with the CSMS's acknowledgements: the
/// history against which an audit reads the CSMS. Safe for use by all chargers at once; grows without bound.
/// </summary>
public sealed class Ledger
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Lock _lock = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly List<(long Count, TaskCompletionSource Reached)> _waiting = [];
    private long _sessions;
    private long _acknowledged;

    /// <summary>A number for a new session, unique in this ledger.</summary>
    public long NextSession() => Interlocked.Increment(ref _sessions);

    /// <summary>Messages acknowledged so far, over all chargers.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Completes when that many messages are acknowledged.</summary>
    public Task WaitAcknowledgedAsync(long count)
    {
        lock (_lock)
        {
            if (_acknowledged >= count)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task;
        }
    }

    /// <summary>The entries in the order they were made, each as far as it came.</summary>
    public IReadOnlyList<LedgerEntry> Snapshot()
    {
        lock (_lock)
            return [.. _entries];
    }

    /// <summary>One JSON object a line, in the order the entries were made.</summary>
    public async Task WriteAsync(Stream target, CancellationToken stop = default)
    {
        foreach (var entry in Snapshot())
        {
            await JsonSerializer.SerializeAsync(target, entry, Json, stop);
            target.WriteByte((byte)'\n');
        }
    }

    /// <summary>Reads what <see cref="WriteAsync"/> wrote.</summary>
    public static async IAsyncEnumerable<LedgerEntry> ReadAsync(Stream source)
    {
        using var reader = new StreamReader(source, leaveOpen: true);
        while (await reader.ReadLineAsync() is { } line)
            yield return JsonSerializer.Deserialize<LedgerEntry>(line, Json) ?? throw new JsonException("An empty ledger line.");
    }

    internal int Open(LedgerEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            return _entries.Count - 1;
        }
    }

    internal void Sent(int line, string messageId, int? transactionId) => Change(line, entry => entry with
    {
        State = entry.State == LedgerState.Queued ? LedgerState.Sent : entry.State,
        MessageId = messageId,
        TransactionId = transactionId ?? entry.TransactionId,
        Attempts = entry.Attempts + 1,
    });

    internal void Acknowledge(int line, int? transactionId, string? idTagStatus)
    {
        Change(line, entry => entry with
        {
            State = LedgerState.Acknowledged,
            TransactionId = transactionId ?? entry.TransactionId,
            IdTagStatus = idTagStatus,
            Acknowledged = ++_acknowledged,
        });
        lock (_lock)
        {
            foreach (var (_, reached) in _waiting.Where(one => one.Count <= _acknowledged))
                reached.TrySetResult();
            _waiting.RemoveAll(one => one.Count <= _acknowledged);
        }
    }

    internal void Refused(int line) => Change(line, entry => entry with { Refusals = entry.Refusals + 1 });

    internal void GiveUp(int line, LedgerState state) => Change(line, entry => entry with { State = state });

    private void Change(int line, Func<LedgerEntry, LedgerEntry> change)
    {
        lock (_lock)
            _entries[line] = change(_entries[line]);
    }
}
