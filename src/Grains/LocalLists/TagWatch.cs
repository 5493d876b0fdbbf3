using System.Collections.Concurrent;
using EvCharge.Domain.Identity;
using EvCharge.History;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace EvCharge.Grains.LocalLists;

/// <summary>
/// Tells the connected chargers of this silo that the tags of their tenant have changed. One look for all of them, so that a
/// charger that has nothing to follow costs nothing.
/// </summary>
internal sealed partial class TagWatch(
    TagBook book, HistoryAvailability history, IOptions<LocalListOptions> options, TimeProvider time, ILogger<TagWatch> logger) : BackgroundService
{
    /// <summary>So many are told at once; a change that concerns a whole fleet must not hold up its sessions.</summary>
    private const int Portion = 20;
    private static readonly TimeSpan BetweenPortions = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentDictionary<ChargerId, TagFollower> _followers = new();

    public void Add(TagFollower follower) => _followers[follower.Charger] = follower;

    public void Remove(TagFollower follower) => _followers.TryRemove(KeyValuePair.Create(follower.Charger, follower));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CheckPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var tenant in _followers.Select(entry => entry.Value).GroupBy(follower => follower.Charger.Tenant))
                {
                    await Look(tenant.Key, tenant, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task Look(TenantId tenant, IEnumerable<TagFollower> followers, CancellationToken stop)
    {
        if (history.Down)
        {
            return;
        }

        try
        {
            var changed = (await book.Revision(tenant)).Changed;
            foreach (var portion in followers.Where(follower => follower.IsBehind(changed)).Chunk(Portion))
            {
                foreach (var follower in portion)
                {
                    await follower.Tell(changed);
                }

                await Task.Delay(BetweenPortions, time, stop);
            }
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or OrleansException or TimeoutException)
        {
            LogLater(logger, tenant, fault.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chargers of tenant {Tenant} are told of changed tags later: {Reason}")]
    private static partial void LogLater(ILogger logger, TenantId tenant, string reason);
}
