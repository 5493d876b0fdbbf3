using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Each minute every connection is bound to its grain again, in case an activation was lost without a word; chargers in
/// the middle of a transaction first, and never faster than a silo can take.
/// </summary>
internal sealed partial class BindingSweep(
    SocketRegistry sockets,
    IOptions<OcppGatewayOptions> options,
    TimeProvider time,
    ILogger<BindingSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Sweep(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Sweep(CancellationToken stop)
    {
        var perTenth = Math.Max(1, options.Value.RebindsPerSecond / 10);
        foreach (var batch in sockets.Bound.OrderByDescending(socket => socket.Busy).Chunk(perTenth))
        {
            foreach (var socket in batch)
            {
                socket.RequestRebind();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, stop);
        }

        LogSwept(logger, sockets.Count);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Bound {Count} connections again")]
    private static partial void LogSwept(ILogger logger, int count);
}
