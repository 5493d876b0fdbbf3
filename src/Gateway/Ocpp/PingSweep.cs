namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Watches over all connections from one timer. One for each, as the WebSocket's keep-alive has it, took a sixth of the
/// processor time of thousands of idle chargers.
/// </summary>
internal sealed class PingSweep(SocketRegistry sockets, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var socket in sockets.Bound)
                {
                    socket.WatchPeer();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }
}
