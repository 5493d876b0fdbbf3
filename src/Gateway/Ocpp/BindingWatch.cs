using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Binds connections to their grains again: those of a silo that left or of an activation that ended, those whose last
/// attempt failed, and each one every minute. Busy chargers come first, and never more than the silos can take. The sockets
/// stay open all the time.
/// </summary>
internal sealed partial class BindingWatch(
    SocketRegistry sockets,
    IGrainFactory grains,
    IOptions<OcppGatewayOptions> options,
    TimeProvider time,
    ILogger<BindingWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HostsPatience = TimeSpan.FromSeconds(5);

    /// <summary>Ten steps a second are fine enough to spread thousands.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private bool _reachable = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await BindDue(await ActiveSilos(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>Null when nobody can say: then only what was told, and what is old, is bound again.</summary>
    private async Task<IReadOnlySet<string>?> ActiveSilos(CancellationToken stop)
    {
        try
        {
            var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, stop).WaitAsync(HostsPatience, time, stop);
            Reached(true, "");
            return hosts.Keys.Select(silo => silo.ToParsableString()).ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception fault) when (ClusterFault.Is(fault))
        {
            Reached(false, fault.Message);
            return null;
        }
    }

    private async Task BindDue(IReadOnlySet<string>? active, CancellationToken stop)
    {
        var due = sockets.Bound
            .Where(socket => socket.Binding.IsDue(active))
            .OrderByDescending(socket => socket.Binding.IsLost(active))
            .ThenByDescending(socket => socket.Binding.Busy)
            .Take((int)(options.Value.RebindsPerSecond * Period.TotalSeconds))
            .ToArray();
        if (due.Length == 0)
        {
            return;
        }

        foreach (var batch in due.Chunk(Math.Max(1, (int)(options.Value.RebindsPerSecond * Step.TotalSeconds))))
        {
            foreach (var socket in batch)
            {
                socket.RequestRebind();
            }

            await Task.Delay(Step, time, stop);
        }

        LogBound(logger, due.Length);
    }

    private void Reached(bool reached, string reason)
    {
        if (reached != _reachable)
        {
            _reachable = reached;
            LogReached(logger, reached ? "reached again" : "not reached", reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Binding {Count} connections again")]
    private static partial void LogBound(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The list of silos is {Reached}: {Reason}")]
    private static partial void LogReached(ILogger logger, string reached, string reason);
}
