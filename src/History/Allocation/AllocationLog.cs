using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Queries;

namespace EvCharge.History.Allocation;

/// <summary>The record of how sites share: the limits that their chargers take, and what they take of their own limit.</summary>
public sealed class AllocationLog(HistoryEngine engine)
{
    /// <exception cref="HistoryUnavailableException">It could not be stored.</exception>
    public Task Record(SiteId site, LimitRecord taken) => engine.Write(write => write.Post(
        AllocationStatements.InsertLimit,
        ("@tenant", site.Tenant.Value),
        ("@site", site.Name),
        ("@at", write.Time(taken.At)),
        ("@charger", taken.Charger),
        ("@connector", taken.Connector),
        ("@transaction", taken.Transaction),
        ("@limit", taken.Limit),
        ("@drawn", taken.Drawn),
        ("@reason", taken.Reason)));

    /// <exception cref="HistoryUnavailableException">It could not be stored.</exception>
    public Task Record(SiteId site, SiteLoadRecord load) => engine.Write(write => write.Post(
        AllocationStatements.InsertLoad,
        ("@tenant", site.Tenant.Value),
        ("@site", site.Name),
        ("@at", write.Time(load.At)),
        ("@part", load.Part),
        ("@free", load.Free),
        ("@in_force", load.InForce),
        ("@drawn", load.Drawn),
        ("@charging", load.Charging),
        ("@waiting", load.Waiting)));

    /// <summary>Forgets what is older.</summary>
    /// <exception cref="HistoryUnavailableException">It could not be removed.</exception>
    public Task Prune(SiteId site, DateTimeOffset before) => engine.Write(write =>
    {
        write.Post(
            AllocationStatements.PruneLimits, ("@tenant", site.Tenant.Value), ("@site", site.Name), ("@before", write.Time(before)));
        write.Post(
            AllocationStatements.PruneLoads, ("@tenant", site.Tenant.Value), ("@site", site.Name), ("@before", write.Time(before)));
    });
}
