using System.Collections.Concurrent;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>
/// Keeps the sites awake that give limits to chargers of this silo: one that was lost with another silo comes back here or
/// elsewhere within moments, and not with the next word of one of its chargers.
/// </summary>
internal sealed partial class SiteWatch(IGrainFactory grains, TimeProvider time, ILogger<SiteWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ChargerId, SiteId> _sites = new();

    /// <summary>The charger, of this silo, takes limits from the site.</summary>
    public void Add(ChargerId charger, SiteId site) => _sites[charger] = site;

    public void Remove(ChargerId charger) => _sites.TryRemove(charger, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var site in _sites.Select(entry => entry.Value).Distinct())
                {
                    await Call(site);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task Call(SiteId site)
    {
        try
        {
            await grains.GetGrain<ISiteGrain>(site.ToString()).Awake();
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            LogNotReached(logger, site, fault.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Site} could not be reached: {Reason}")]
    private static partial void LogNotReached(ILogger logger, SiteId site, string reason);
}
