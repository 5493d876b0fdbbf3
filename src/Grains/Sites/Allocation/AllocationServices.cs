using EvCharge.Domain.Allocation.Sites;
using EvCharge.Grains.Chargers;
using EvCharge.History.Allocation;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>What the loops of all sites share.</summary>
internal sealed class AllocationServices(
    ConfigurationStore configuration, ChargerLog events, AllocationLog history, ReplayDesk replays, AllocationInstruments instruments, IOptions<AllocationOptions> options, IOptions<ChargerOptions> chargers,
    TimeProvider time, ILogger<AllocationLoop> logger)
{
    public ConfigurationStore Configuration => configuration;

    public ChargerLog Events => events;

    public AllocationLog History => history;

    public ReplayDesk Replays => replays;

    public AllocationInstruments Instruments => instruments;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public TimeSpan Gather => TimeSpan.FromMilliseconds(options.Value.GatherMilliseconds);

    /// <summary>How long it is known how a site shared.</summary>
    public TimeSpan Kept => TimeSpan.FromDays(options.Value.HistoryDays);

    /// <summary>An order may wait for the charger to settle, and then for its answer, on top of what it waits to be sent.</summary>
    public OrderTimes Times => new(
        TimeSpan.FromSeconds(options.Value.OrderExpirySeconds),
        TimeSpan.FromSeconds(chargers.Value.CommandTimeoutSeconds + chargers.Value.OfflineWaitSeconds + chargers.Value.SettleFlappingSeconds + 5));
}
