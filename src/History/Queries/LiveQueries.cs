using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Queries;

/// <summary>What a fleet does at this moment, in as few columns as a picture of it needs. From tables alone: no grain is woken.</summary>
public sealed class LiveQueries(HistoryEngine engine)
{
    /// <summary>The connectors of a site's chargers, by charger and number; of chargers without site for <see cref="SiteId.None"/>.</summary>
    public Task<IReadOnlyList<LiveConnector>> OfSite(SiteId site, int limit) => engine.Read(tables =>
    {
        var chargers = tables.Chargers.Where(row => row.TenantId == site.Tenant.Value);
        return Connectors(
            tables, site.Tenant, site.IsNone ? chargers.Where(row => row.SiteId == null) : chargers.Where(row => row.SiteId == site.Name), limit);
    });

    public Task<IReadOnlyList<LiveConnector>> OfCharger(ChargerId charger, int limit) => engine.Read(tables => Connectors(
        tables, charger.Tenant, tables.Chargers.Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name), limit));

    /// <summary>Each site that has chargers, by name; chargers without site count under the empty one, which comes first.</summary>
    public Task<IReadOnlyList<LiveSite>> Sites(SiteScope scope) => engine.Read<IReadOnlyList<LiveSite>>(async tables =>
    {
        var tenant = scope.Tenant;
        var chargers = await (
            from charger in tables.ChargersOf(scope)
            from state in tables.ChargerStates.LeftJoin(row => row.TenantId == tenant.Value && row.ChargerId == charger.ChargerId)
            group charger by new { charger.SiteId, Online = (bool?)state.Online } into same
            select new { same.Key.SiteId, same.Key.Online, Count = same.Count() }).ToListAsync();
        var connectors = await (
            from charger in tables.ChargersOf(scope)
            from connector in tables.ChargerConnectors.InnerJoin(row => row.TenantId == tenant.Value && row.ChargerId == charger.ChargerId)
            from state in tables.ChargerStates.LeftJoin(row => row.TenantId == tenant.Value && row.ChargerId == charger.ChargerId)
            from status in tables.ConnectorStates.LeftJoin(row =>
                row.TenantId == tenant.Value && row.ChargerId == charger.ChargerId && row.Connector == connector.Connector)
            group connector by new { charger.SiteId, Online = (bool?)state.Online, status.Status } into same
            select new { same.Key.SiteId, same.Key.Online, same.Key.Status, Count = same.Count() }).ToListAsync();
        var sessions = await (
            from session in tables.Transactions.Where(row => row.TenantId == tenant.Value && row.StoppedAt == null)
            group session by session.SiteId into same
            select new { SiteId = same.Key, Count = same.Count(), Power = same.Sum(row => row.PowerW) }).ToListAsync();

        var statuses = connectors.ToLookup(row => row.SiteId ?? "");
        var open = sessions.ToDictionary(row => row.SiteId, StringComparer.Ordinal);
        return
        [
            .. chargers.GroupBy(row => row.SiteId ?? "", StringComparer.Ordinal).OrderBy(site => site.Key, StringComparer.Ordinal).Select(site => new LiveSite(
                site.Key,
                site.Sum(row => row.Count),
                site.Where(row => row.Online is true).Sum(row => row.Count),
                open.GetValueOrDefault(site.Key)?.Count ?? 0,
                open.GetValueOrDefault(site.Key)?.Power ?? 0,
                [.. statuses[site.Key].Select(row => new StatusCount(row.Status ?? ConnectorStatus.Unknown, row.Online is true, row.Count))])),
        ];
    });

    private static async Task<IReadOnlyList<LiveConnector>> Connectors(
        HistoryTables tables, TenantId tenant, IQueryable<ChargerRow> chargers, int limit)
    {
        var connectors = await (
            from charger in chargers
            from connector in tables.ChargerConnectors.InnerJoin(row => row.TenantId == tenant.Value && row.ChargerId == charger.ChargerId)
            from state in tables.ChargerStates.LeftJoin(row => row.TenantId == tenant.Value && row.ChargerId == charger.ChargerId)
            from status in tables.ConnectorStates.LeftJoin(row =>
                row.TenantId == tenant.Value && row.ChargerId == charger.ChargerId && row.Connector == connector.Connector)
            orderby charger.ChargerId, connector.Connector
            select new
            {
                charger.ChargerId, connector.Connector, Online = (bool?)state.Online, status.Status, status.ErrorCode,
                At = (DateTimeOffset?)status.ReceivedAt,
            }).Take(limit).ToListAsync();
        var sessions = await (
            from charger in chargers
            from session in tables.Transactions.InnerJoin(row =>
                row.TenantId == tenant.Value && row.ChargerId == charger.ChargerId && row.StoppedAt == null)
            orderby session.StartedAt, session.Id
            select new { session.ChargerId, session.Connector, session.Id, session.EnergyWh, session.PowerW, session.Soc }).ToListAsync();

        // Of several that are open at a connector the newest is the one that charges.
        var open = sessions.GroupBy(row => (row.ChargerId, row.Connector)).ToDictionary(same => same.Key, same => same.Last());
        return connectors.ConvertAll(row => new LiveConnector(
            row.ChargerId,
            row.Connector,
            row.Online is true,
            row.Status ?? ConnectorStatus.Unknown,
            row.ErrorCode ?? ConnectorStatus.NoError,
            row.At,
            open.TryGetValue((row.ChargerId, row.Connector), out var session)
                ? new LiveSession(session.Id, session.EnergyWh, session.PowerW, session.Soc)
                : null));
    }
}

/// <summary>A connector now.</summary>
/// <param name="Online">Its charger is connected.</param>
/// <param name="Status">The last OCPP status, also of a charger that is gone; Unknown when there was none.</param>
/// <param name="StatusAt">When that arrived, UTC; null when there was none.</param>
public sealed record LiveConnector(
    string Charger, int Connector, bool Online, string Status, string ErrorCode, DateTimeOffset? StatusAt, LiveSession? Session);

/// <summary>The open transaction of a connector: energy since its start in Wh, power in W, state of charge in %.</summary>
public sealed record LiveSession(long Transaction, double EnergyWh, double? PowerW, double? Soc);

/// <summary>A site now.</summary>
/// <param name="Site">Empty for chargers without one.</param>
/// <param name="Sessions">Open transactions that began at the site, with their power in W.</param>
public sealed record LiveSite(string Site, int Chargers, int Online, int Sessions, double PowerW, IReadOnlyList<StatusCount> Statuses);

/// <summary>So many connectors with this status whose chargers are connected, or are not.</summary>
public sealed record StatusCount(string Status, bool Online, int Count);
