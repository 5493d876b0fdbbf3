using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using LinqToDB.Async;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EvCharge.History.Frames;

/// <summary>Deletes old entries of frame logs, once an hour. Several processes may do so side by side.</summary>
public sealed partial class FrameRetention(
    HistoryEngine engine, FrameLog frames, IOptions<FrameLogOptions> options, TimeProvider time, ILogger<FrameRetention> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await Clean(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Clean(CancellationToken stop)
    {
        try
        {
            foreach (var tenant in await engine.Read(tables => tables.Tenants.Select(row => row.TenantId).ToListAsync(stop)))
            {
                await Clean(new TenantId(tenant), stop);
            }
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogLater(logger, unavailable.Message);
        }
    }

    private async Task Clean(TenantId tenant, CancellationToken stop)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays);
        for (var charger = await frames.NextCharger(tenant, ""); charger is not null; charger = await frames.NextCharger(tenant, charger))
        {
            while (await frames.Prune(new ChargerId(tenant, charger), before, options.Value.KeepEntries))
            {
                stop.ThrowIfCancellationRequested();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Old frame logs are deleted later: {Reason}")]
    private static partial void LogLater(ILogger logger, string reason);
}
