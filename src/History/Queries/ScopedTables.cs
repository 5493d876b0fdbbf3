using EvCharge.Domain.Identity;
using EvCharge.History.Tables;

namespace EvCharge.History.Queries;

/// <summary>Rows as far as a scope lets them be seen.</summary>
internal static class ScopedTables
{
    /// <summary>The chargers that stand at a site of the scope now.</summary>
    public static IQueryable<ChargerRow> ChargersOf(this HistoryTables tables, SiteScope scope)
    {
        var chargers = tables.Chargers.Where(row => row.TenantId == scope.Tenant.Value);
        return scope.Sites is { } sites ? chargers.Where(row => row.SiteId != null && sites.Contains(row.SiteId)) : chargers;
    }

    /// <summary>Their names, for rows that belong to a charger wherever that was; null where every row is to be seen.</summary>
    public static IQueryable<string>? NamesIn(this HistoryTables tables, SiteScope scope) =>
        scope.Sites is null ? null : tables.ChargersOf(scope).Select(row => row.ChargerId);
}
