using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Chargers;
using EvCharge.History.Queries;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>Keeps what a site decided, for operators. Nothing waits for it, and nothing is decided otherwise when it fails.</summary>
internal sealed partial class AllocationJournal(SiteId site, AllocationServices services)
{
    private static readonly TimeSpan BetweenLoads = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenPrunings = TimeSpan.FromHours(1);

    private DateTimeOffset _loadAt;
    private DateTimeOffset _prunedAt;

    private DateTimeOffset Now => services.Time.GetUtcNow();

    /// <summary>Whom the site began to believe, or not to.</summary>
    public Task Record(Belief belief)
    {
        var (kind, detail) = belief.IsDistrusted
            ? ("limits-ignored", FormattableString.Invariant(
                $"Connector {belief.Connector} drew {belief.Drawn:0.0} A under a limit of {belief.Limit:0.0} A: it counts with what it draws."))
            : ("limits-followed", $"Connector {belief.Connector} follows its limits again.");
        return Keep($"event {kind} of {belief.Charger}", () => services.Events.RecordEvent(site.Tenant, new EventRecord(Now, kind, belief.Charger, detail)));
    }

    /// <summary>A charger took a limit.</summary>
    public Task Record(OrderedLimit taken) => Keep(
        $"limit of {taken.Order.Charger}",
        () => services.History.Record(site, new LimitRecord(
            Now, taken.Order.Charger, taken.Order.Connector, taken.Order.Transaction, taken.Order.Current, taken.Drawn,
            taken.Reason.ToString().ToLowerInvariant())));

    /// <summary>What the site takes, once a minute, where the least is free of what limits it.</summary>
    public async Task Record(Func<SiteAllocation?> view)
    {
        if (Now - _loadAt < BetweenLoads || view() is not { } shares
            || shares.Rows.Where(row => row.Row.Node == site.Name).MaxBy(row => row.InForce / Math.Max(row.Free, 1)) is not { } tightest)
        {
            return;
        }
        _loadAt = Now;
        await Keep("load", () => services.History.Record(site, new SiteLoadRecord(
            Now, tightest.Row.Part, tightest.Free, tightest.InForce, tightest.Drawn,
            shares.Connectors.Count(connector => connector.State == ConnectorState.Charging),
            shares.Connectors.Count(connector => connector.State == ConnectorState.Paused))));
        if (Now - _prunedAt >= BetweenPrunings)
        {
            _prunedAt = Now;
            await Keep("what is too old", () => services.History.Prune(site, Now - services.Kept));
        }
    }

    private async Task Keep(string what, Func<Task> store)
    {
        try
        {
            await store();
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogNotStored(services.Logger, site, what, unavailable.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Site}: {What} was not stored: {Reason}")]
    private static partial void LogNotStored(ILogger logger, SiteId site, string what, string reason);
}
