using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;
using Orleans.Concurrency;

namespace EvCharge.Contracts.Sites;

/// <summary>A site; key <see cref="Domain.Identity.SiteId"/>.</summary>
[Alias("evc.ISiteGrain")]
public interface ISiteGrain : IGrainWithStringKey
{
    /// <summary>Makes sure that the site's wake-up is registered. Called when the site or a charger of it is configured.</summary>
    [Alias("Wake"), OneWay]
    ValueTask Wake();

    /// <summary>Says that others than before decide on tags here: the site tells its chargers.</summary>
    [Alias("AuthorizationChanged"), OneWay]
    ValueTask AuthorizationChanged();

    /// <summary>Forgets the site: it gives no more limits, and what it keeps is erased. Comes back when that is durable.</summary>
    [Alias("Erase")]
    ValueTask Erase();

    /// <summary>
    /// Has a site give limits again whose stored state cannot be read. What operators and outside signals set, and what was said of
    /// transactions, is lost; each charger counts with all it may draw until it has taken a limit. Comes back when that is durable.
    /// </summary>
    /// <returns>False when the state can be read, and nothing was done.</returns>
    [Alias("RepairState"), AlwaysInterleave]
    ValueTask<bool> RepairState();

    /// <summary>Has a site that gives limits come back if it was lost.</summary>
    [Alias("Awake"), OneWay, AlwaysInterleave]
    ValueTask Awake();

    /// <summary>Takes how a charger of the site stands. One that is lost is made good by the next.</summary>
    [Alias("Reported"), OneWay, AlwaysInterleave]
    ValueTask Reported(ChargerImage image);

    /// <summary>Takes what became of an order for a limit. One that is lost counts as unanswered after a while.</summary>
    [Alias("LimitEnded"), OneWay, AlwaysInterleave]
    ValueTask LimitEnded(string charger, long order, LimitOutcome outcome);

    /// <summary>Limits the site for a while beside what limits it otherwise. Comes back when that is durable and decided upon.</summary>
    /// <param name="limit">In the site's unit; null takes back the one before.</param>
    /// <returns>False when the site gives no limits.</returns>
    [Alias("SetLimit"), AlwaysInterleave]
    ValueTask<bool> SetLimit(TemporaryLimit? limit);

    /// <summary>Takes the limit that a signal from outside sets. Comes back when that is durable and decided upon.</summary>
    /// <returns>False when the site gives no limits.</returns>
    [Alias("SetExternalLimit"), AlwaysInterleave]
    ValueTask<bool> SetExternalLimit(ExternalLimit? limit);

    /// <summary>
    /// Takes what others than vehicles take at the grid connection, or all take there where the tree's base load counts vehicles. Not
    /// kept: it comes again and again.
    /// </summary>
    /// <param name="loads">By phase in A, or all together in W, as the site's limit is; negative where more is generated.</param>
    /// <returns>False when the site gives no limits, or takes no account of it in that unit.</returns>
    [Alias("SetBaseLoad"), AlwaysInterleave]
    ValueTask<bool> SetBaseLoad(ImmutableArray<double> loads);

    /// <summary>Takes what is said of a transaction. Comes back when that is durable and decided upon.</summary>
    /// <param name="needs">Null takes back what was.</param>
    /// <returns>False when the site gives no limits, or the transaction is not open at that charger.</returns>
    [Alias("SetNeeds"), AlwaysInterleave]
    ValueTask<bool> SetNeeds(string charger, long transaction, SessionNeeds? needs);

    /// <summary>How the site shares; null when it gives no limits, or decided on none yet.</summary>
    [Alias("Allocation"), AlwaysInterleave]
    ValueTask<SiteAllocation?> Allocation();

    /// <summary>What its connectors would get with another limit in the place of all others; null when it gives no limits.</summary>
    /// <param name="limit">In the site's unit; null for none.</param>
    [Alias("DryRun"), AlwaysInterleave]
    ValueTask<ImmutableArray<ConnectorAllotment>?> DryRun(double? limit);

    /// <summary>How the site would have shared under another limit or other settings, or why that cannot be told.</summary>
    [Alias("Replay"), AlwaysInterleave]
    ValueTask<AllocationReplayAnswer> Replay(AllocationReplayQuestion question);
}
