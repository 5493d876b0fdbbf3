using System.Collections.Concurrent;
using EvCharge.Domain.Identity;
using EvCharge.History;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// While the record cannot be written, connections that wait for the answer to a transaction message are closed with 1013,
/// and their chargers are turned away until a commit succeeds. Chargers that wait for nothing stay connected.
/// </summary>
internal sealed partial class OutageWatch(
    SocketRegistry sockets,
    HistoryProbe probe,
    IOptions<OcppGatewayOptions> options,
    TimeProvider time,
    ILogger<OutageWatch> logger) : BackgroundService
{
    /// <summary>Beyond it a charger is closed, but may come back at once.</summary>
    private const int MostTurnedAway = 100_000;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<ChargerId, bool> _turnedAway = new();

    public bool TurnsAway(ChargerId charger) => _turnedAway.ContainsKey(charger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                CloseUnanswered();
                if (!_turnedAway.IsEmpty && await IsBack(stoppingToken))
                {
                    LogBack(logger, _turnedAway.Count);
                    _turnedAway.Clear();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private void CloseUnanswered()
    {
        var patience = TimeSpan.FromSeconds(options.Value.UnansweredSeconds);
        foreach (var socket in sockets.Bound.Where(socket => socket.Unanswered.IsFor(patience)))
        {
            if (_turnedAway.Count < MostTurnedAway)
            {
                _turnedAway[socket.Charger] = true;
            }

            socket.End(SocketEnd.Unanswered);
        }
    }

    private async Task<bool> IsBack(CancellationToken stop)
    {
        try
        {
            if (await probe.Commit().WaitAsync(Period, time, stop))
            {
                return true;
            }
        }
        catch (TimeoutException)
        {
            // The commit waits for a database that is away; it counts when it comes, with the next one.
        }

        LogAway(logger, _turnedAway.Count);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} chargers are turned away while the record cannot be written")]
    private static partial void LogAway(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "The record is written again; {Count} chargers may come back")]
    private static partial void LogBack(ILogger logger, int count);
}
