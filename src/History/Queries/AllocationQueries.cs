using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Queries;

/// <summary>How sites shared.</summary>
public sealed class AllocationQueries(HistoryEngine engine)
{
    /// <summary>Limits, newest first.</summary>
    /// <param name="after">The last of the page before; null for the first page.</param>
    public Task<IReadOnlyList<(AllocationCursor Place, LimitRecord Limit)>> Limits(SiteId site, LimitFilter filter, AllocationCursor? after, int limit) =>
        engine.Read<IReadOnlyList<(AllocationCursor, LimitRecord)>>(async tables =>
        {
            var rows = await LimitsOf(tables, site, filter, after).Take(limit).ToListAsync();
            return rows.ConvertAll(row => (new AllocationCursor(row.At, row.RowId), new LimitRecord(
                row.At, row.ChargerId, row.Connector, row.TransactionId, row.Limit, row.Drawn, row.Reason)));
        });

    /// <summary>The site by minutes, newest first.</summary>
    /// <param name="after">The last of the page before; null for the first page.</param>
    public Task<IReadOnlyList<(AllocationCursor Place, SiteLoadRecord Load)>> Loads(
        SiteId site, DateTimeOffset? from, DateTimeOffset? to, AllocationCursor? after, int limit) =>
        engine.Read<IReadOnlyList<(AllocationCursor, SiteLoadRecord)>>(async tables =>
        {
            var rows = await LoadsOf(tables, site, from, to, after).Take(limit).ToListAsync();
            return rows.ConvertAll(row => (new AllocationCursor(row.At, row.RowId), new SiteLoadRecord(
                row.At, row.Part, row.Free, row.InForce, row.Drawn, row.Charging, row.Waiting)));
        });

    internal static IQueryable<LimitChangeRow> LimitsOf(HistoryTables tables, SiteId site, LimitFilter filter, AllocationCursor? after)
    {
        var limits = tables.LimitChanges.Where(row => row.TenantId == site.Tenant.Value && row.SiteId == site.Name);
        limits = filter.Charger is { } charger ? limits.Where(row => row.ChargerId == charger) : limits;
        limits = filter.Connector is { } connector ? limits.Where(row => row.Connector == connector) : limits;
        limits = filter.From is { } from ? limits.Where(row => row.At >= from) : limits;
        limits = filter.To is { } to ? limits.Where(row => row.At < to) : limits;
        limits = after is (var at, var id) ? limits.Where(row => row.At < at || (row.At == at && row.RowId < id)) : limits;
        return limits.OrderByDescending(row => row.At).ThenByDescending(row => row.RowId);
    }

    internal static IQueryable<SiteLoadRow> LoadsOf(HistoryTables tables, SiteId site, DateTimeOffset? from, DateTimeOffset? to, AllocationCursor? after)
    {
        var loads = tables.SiteLoads.Where(row => row.TenantId == site.Tenant.Value && row.SiteId == site.Name);
        loads = from is { } begin ? loads.Where(row => row.At >= begin) : loads;
        loads = to is { } end ? loads.Where(row => row.At < end) : loads;
        loads = after is (var at, var id) ? loads.Where(row => row.At < at || (row.At == at && row.RowId < id)) : loads;
        return loads.OrderByDescending(row => row.At).ThenByDescending(row => row.RowId);
    }
}
