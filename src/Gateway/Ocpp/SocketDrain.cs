using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Before the process stops, its connections are closed one after the other with 1001, so that the chargers do not all
/// come back in the same moment. Runs before any service stops.
/// </summary>
internal sealed partial class SocketDrain(
    SocketRegistry sockets,
    GatewayState state,
    IOptions<OcppGatewayOptions> options,
    TimeProvider time,
    ILogger<SocketDrain> logger) : IHostedLifecycleService
{
    /// <summary>Fine enough to spread thousands.</summary>
    private const int StepsPerSecond = 10;

    /// <summary>A handful of chargers need not wait for the end.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan PartingPatience = TimeSpan.FromSeconds(3);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        state.StartDraining();
        var open = sockets.Bound.ToArray();
        if (open.Length > 0)
        {
            LogDraining(logger, open.Length, options.Value.DrainSeconds);
            await CloseSpread(open, cancellationToken);
            await AwaitParting(cancellationToken);
        }

        await state.Abort();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CloseSpread(ChargerSocket[] open, CancellationToken cancel)
    {
        var steps = Math.Max(1, options.Value.DrainSeconds * StepsPerSecond);
        var batches = open.Chunk((int)Math.Ceiling(open.Length / (double)steps)).ToArray();
        var pause = TimeSpan.FromSeconds((double)options.Value.DrainSeconds / batches.Length);
        foreach (var batch in batches)
        {
            foreach (var socket in batch)
            {
                socket.End(SocketEnd.Drained);
            }

            await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancel);
        }

        // Upgrades that were under way when the drain began have become connections meanwhile.
        foreach (var late in sockets.Bound)
        {
            late.End(SocketEnd.Drained);
        }
    }

    private async Task AwaitParting(CancellationToken cancel)
    {
        var deadline = time.GetUtcNow() + PartingPatience;
        while (sockets.Count > 0 && time.GetUtcNow() < deadline)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Closing {Count} charger connections over at most {Seconds} s")]
    private static partial void LogDraining(ILogger logger, int count, int seconds);
}
