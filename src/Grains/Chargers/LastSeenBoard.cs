using System.Collections.Concurrent;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Chargers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// When the chargers of this silo were last heard, written for all of them at once every 30 s: a heartbeat costs no write.
/// </summary>
internal sealed partial class LastSeenBoard(ChargerLog history, TimeProvider time, ILogger<LastSeenBoard> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<ChargerId, DateTimeOffset> _seen = new();

    public void Saw(ChargerId charger, DateTimeOffset at) => _seen[charger] = at;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Flush();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Flush();
        }
    }

    private async Task Flush()
    {
        var seen = _seen.ToArray();
        if (seen.Length == 0)
        {
            return;
        }

        try
        {
            await history.RecordSeen([.. seen.Select(entry => (entry.Key, entry.Value))]);
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogKept(logger, seen.Length, unavailable.Message);
            return;
        }

        foreach (var entry in seen)
        {
            _seen.TryRemove(entry);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Last-seen times of {Count} chargers wait for the database: {Reason}")]
    private static partial void LogKept(ILogger logger, int count, string reason);
}
