using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;

namespace EvCharge.History.Sessions;

/// <summary>
/// The record of transactions, samples and statuses, written by the silos only. A task of <see cref="Commit"/> completes
/// when its facts are on disk.
/// </summary>
public sealed class SessionLog
{
    /// <summary>Commits the effects of one event together, in a batch with those of others.</summary>
    /// <returns>Whether they apply, and the transaction that stands for a <see cref="TransactionOpened"/> among them.</returns>
    /// <exception cref="HistoryUnavailableException">The queue is full or the database is down: nothing may be acknowledged.</exception>
    public Task<CommitResult> Commit(TenantId tenant, IReadOnlyList<SessionEffect> effects) =>
        throw new NotSupportedException();

    /// <summary>Two fresh ids for a transaction, from blocks of 64 that this process reserved.</summary>
    public ValueTask<TransactionIds> NextIds(TenantId tenant) => throw new NotSupportedException();

    /// <summary>What is known of a connector: its last status, its open transaction, and the one that ended last.</summary>
    public Task<ConnectorRecord> Load(ConnectorId connector) => throw new NotSupportedException();

    /// <summary>The transactions whose natural key (charger, connector, raw stamp, tag, meterStart) is equal, newest first.</summary>
    public Task<IReadOnlyList<Transaction>> FindStarts(
        ConnectorId connector, string rawStart, IdTag idTag, double meterStart) => throw new NotSupportedException();

    /// <summary>The newest transaction of this charger with that id on the wire, or null.</summary>
    public Task<Transaction?> FindByOcppId(ChargerId charger, int ocppId) => throw new NotSupportedException();

    /// <summary>Transactions of the charger that have no end yet, newest first.</summary>
    public Task<IReadOnlyList<Transaction>> FindOpen(ChargerId charger) => throw new NotSupportedException();

    /// <summary>
    /// Chargers of the site with an open transaction that time alone may close: no activity since
    /// <paramref name="inactiveSince"/>, or a connector that has reported Available before <paramref name="availableSince"/>.
    /// </summary>
    public Task<IReadOnlyList<ChargerId>> FindOverdue(
        SiteId site, DateTimeOffset inactiveSince, DateTimeOffset availableSince) => throw new NotSupportedException();
}

/// <param name="Stale">An effect was decided on a version that is no longer the newest: nothing was written.</param>
/// <param name="Opened">The transaction that stands for the start: the new one, or the earlier one with an equal key.</param>
/// <param name="Repeated">The frame of meter values was stored before: neither it nor its progress was written.</param>
public sealed record CommitResult(bool Stale, Transaction? Opened, bool Repeated);

public readonly record struct TransactionIds(long Id, int OcppId);

public sealed record ConnectorRecord(ConnectorStatus? Status, Transaction? Open, Transaction? LastEnded);
