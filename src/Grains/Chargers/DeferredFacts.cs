using EvCharge.Domain.Identity;
using EvCharge.History;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// Facts of one charger that no answer waits for long: what cannot be written now is kept, the newest of a kind, and
/// written when the database is back. Lives inside the charger's activation and runs on its scheduler.
/// </summary>
internal sealed partial class DeferredFacts(ChargerId charger, HistoryAvailability history, TimeProvider time, ILogger logger)
{
    private const int MostKinds = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, Func<Task>> _waiting = new(StringComparer.Ordinal);
    private Task _writing = Task.CompletedTask;

    /// <summary>Takes a fact in place of an earlier one of its kind. Completes when it is written, or soon anyway.</summary>
    public Task Keep(string kind, Func<Task> write)
    {
        if (_waiting.Count >= MostKinds && !_waiting.ContainsKey(kind))
        {
            LogDropped(logger, charger, kind);
            return Task.CompletedTask;
        }

        _waiting[kind] = write;
        return Write();
    }

    /// <summary>Tries what waits again. Completes when it is written, or soon anyway.</summary>
    public async Task Write()
    {
        if (_waiting.Count == 0 || history.Down)
        {
            return;
        }

        if (_writing.IsCompleted)
        {
            _writing = WriteAll();
        }

        try
        {
            await _writing.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            // The write goes on; the charger is served meanwhile.
        }
    }

    private async Task WriteAll()
    {
        while (_waiting.Count > 0 && !history.Down)
        {
            var (kind, write) = _waiting.First();
            try
            {
                await write();
            }
            catch (Exception fault) when (fault is HistoryUnavailableException or OrleansException and not InconsistentStateException)
            {
                LogDeferred(logger, charger, kind, fault.Message);
                return;
            }

            if (_waiting[kind] == write)
            {
                _waiting.Remove(kind);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: served, but not recorded yet: {Kind}: {Reason}")]
    private static partial void LogDeferred(ILogger logger, ChargerId charger, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Charger}: too much waits for the database, not recorded: {Kind}")]
    private static partial void LogDropped(ILogger logger, ChargerId charger, string kind);
}
