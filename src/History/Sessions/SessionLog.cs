using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.Tables;
using EvCharge.Storage;

namespace EvCharge.History.Sessions;

/// <summary>
/// The record of transactions, samples and statuses, written by the silos only. A task of <see cref="Commit"/> completes
/// when its facts are on disk. Times are kept to the millisecond.
/// </summary>
public sealed class SessionLog(HistoryEngine engine, TransactionIdBlocks ids) : ISessionRecord
{
    /// <summary>
    /// Commits the effects of one event together, in a batch with those of others. When a start turns out to be stored
    /// already, frames that name the new transaction are attributed to the earlier one; an end or a progress of the new
    /// one makes the commit stale. When a frame is a repeat, its progress is left out and the effects after it still apply.
    /// </summary>
    /// <returns>Whether they apply, and the transaction that stands for a <see cref="TransactionOpened"/> among them.</returns>
    /// <exception cref="HistoryUnavailableException">The queue is full or the database is down: nothing may be acknowledged.</exception>
    public Task<CommitResult> Commit(TenantId tenant, IReadOnlyList<SessionEffect> effects)
    {
        if (effects.Count == 0)
        {
            return Task.FromResult(new CommitResult(false, null));
        }

        PreparedEffect[] prepared = [.. effects.Select(PreparedEffect.Of)];
        return engine.Write(
            ChargerOf(effects[0]),
            write => new EffectsWriter(write, tenant).Apply(prepared), prepared.Length, prepared.Sum(effect => effect.Bytes));
    }

    private static ChargerId ChargerOf(SessionEffect effect) => effect switch
    {
        TransactionOpened opened => opened.Transaction.Connector.Charger,
        TransactionEnded ended => ended.Transaction.Connector.Charger,
        TransactionIdentified identified => identified.Transaction.Connector.Charger,
        MeterRecorded recorded => recorded.Frame.Connector.Charger,
        StatusRecorded recorded => recorded.Connector.Charger,
        OrphanRecorded orphan => orphan.Charger,
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, null),
    };

    /// <summary>Two fresh ids for a transaction, from blocks of 64 that this process reserved.</summary>
    public ValueTask<TransactionIds> NextIds(TenantId tenant) => ids.Next(tenant);

    /// <summary>What is known of a connector: its last status, its open transaction, and the one that ended last.</summary>
    public Task<ConnectorRecord> Load(ConnectorId connector) => engine.Read(async tables =>
    {
        (string, object?)[] key =
            [("tenant", connector.Charger.Tenant.Value), ("charger", connector.Charger.Name), ("connector", connector.Number)];
        var status = await tables.Ask<ConnectorStateRow>(SessionQueries.StatusOfConnector, key);
        var open = await tables.Ask<TransactionRow>(SessionQueries.OpenOfConnector, key);
        var ended = await tables.Ask<TransactionRow>(SessionQueries.LastEndedOfConnector, key);
        return new ConnectorRecord(
            status.FirstOrDefault()?.ToStatus(), open.FirstOrDefault()?.ToTransaction(), ended.FirstOrDefault()?.ToTransaction());
    });

    /// <summary>The transactions whose natural key (charger, connector, raw stamp, tag, meterStart) is equal, newest first.</summary>
    public Task<IReadOnlyList<Transaction>> FindStarts(ConnectorId connector, string rawStart, IdTag idTag, double meterStart) =>
        Find(
            SessionQueries.StartsOfConnector,
            ("tenant", connector.Charger.Tenant.Value),
            ("charger", connector.Charger.Name),
            ("connector", connector.Number),
            ("raw_start", StorableValue.Key(rawStart)),
            ("tag", StorableValue.Key(idTag.Key)),
            ("meter_start", meterStart));

    /// <summary>The newest transaction of this charger with that id on the wire, or null.</summary>
    public async Task<Transaction?> FindByOcppId(ChargerId charger, int ocppId)
    {
        var found = await Find(
            SessionQueries.WithOcppId, ("tenant", charger.Tenant.Value), ("ocpp_id", ocppId), ("charger", charger.Name));
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Transactions of the charger that have no end yet, newest first.</summary>
    public Task<IReadOnlyList<Transaction>> FindOpen(ChargerId charger) =>
        Find(SessionQueries.OpenOfCharger, ("tenant", charger.Tenant.Value), ("charger", charger.Name));

    /// <summary>Transactions of the tag, on any charger of the tenant, that have no end yet.</summary>
    public Task<IReadOnlyList<Transaction>> FindOpen(TenantId tenant, IdTag tag) =>
        Find(SessionQueries.OpenOfTag, ("tenant", tenant.Value), ("tag", tag.Key));

    /// <summary>
    /// Chargers of the site with an open transaction that time alone may close: no activity since
    /// <paramref name="inactiveSince"/>, or a connector that has reported Available before <paramref name="availableSince"/>.
    /// A transaction belongs to the site it started in.
    /// </summary>
    public Task<IReadOnlyList<ChargerId>> FindOverdue(
        SiteId site, DateTimeOffset inactiveSince, DateTimeOffset availableSince) =>
        engine.Read<IReadOnlyList<ChargerId>>(async tables =>
        {
            var chargers = await tables.Ask<string>(
                SessionQueries.OverdueOfSite,
                ("tenant", site.Tenant.Value),
                ("site", site.Name),
                ("inactive_since", engine.Time(inactiveSince)),
                ("available", ConnectorStatus.Available),
                ("available_since", engine.Time(availableSince)));
            return chargers.ConvertAll(charger => new ChargerId(site.Tenant, charger));
        });

    private Task<IReadOnlyList<Transaction>> Find(Statement sql, params (string Name, object? Value)[] parameters) =>
        engine.Read<IReadOnlyList<Transaction>>(async tables =>
        {
            var rows = await tables.Ask<TransactionRow>(sql, parameters);
            return rows.ConvertAll(row => row.ToTransaction());
        });
}
