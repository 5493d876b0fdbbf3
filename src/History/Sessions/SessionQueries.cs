using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Tables;

namespace EvCharge.History.Sessions;

/// <summary>The questions that grains ask of the record. Each is answered from an index.</summary>
internal static class SessionQueries
{
    public static IQueryable<ConnectorStateRow> StatusOf(this HistoryTables tables, ConnectorId connector) =>
        tables.ConnectorStates.Where(row =>
            row.TenantId == connector.Charger.Tenant.Value
            && row.ChargerId == connector.Charger.Name
            && row.Connector == connector.Number);

    /// <summary>Newest first.</summary>
    public static IQueryable<TransactionRow> OpenOf(this HistoryTables tables, ChargerId charger) =>
        tables.Transactions
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.StoppedAt == null)
            .OrderByDescending(row => row.StartedAt)
            .ThenByDescending(row => row.Id);

    /// <summary>Newest first.</summary>
    public static IQueryable<TransactionRow> OpenOf(this HistoryTables tables, ConnectorId connector) =>
        tables.OpenOf(connector.Charger).Where(row => row.Connector == connector.Number);

    /// <summary>The last to end first.</summary>
    public static IQueryable<TransactionRow> EndedOf(this HistoryTables tables, ConnectorId connector) =>
        tables.Transactions
            .Where(row =>
                row.TenantId == connector.Charger.Tenant.Value
                && row.ChargerId == connector.Charger.Name
                && row.Connector == connector.Number
                && row.StoppedAt != null)
            .OrderByDescending(row => row.StoppedAt)
            .ThenByDescending(row => row.Id);

    /// <summary>Newest first.</summary>
    public static IQueryable<TransactionRow> StartsOf(
        this HistoryTables tables, ConnectorId connector, string rawStart, IdTag idTag, double meterStart)
    {
        var key = idTag.Key;
        return tables.Transactions
            .Where(row =>
                row.TenantId == connector.Charger.Tenant.Value
                && row.ChargerId == connector.Charger.Name
                && row.Connector == connector.Number
                && row.RawStart == rawStart
                && row.TagKey == key
                && row.MeterStart == meterStart)
            .OrderByDescending(row => row.Again);
    }

    /// <summary>Newest first: an id on the wire comes back after a year.</summary>
    public static IQueryable<TransactionRow> WithOcppId(this HistoryTables tables, ChargerId charger, int ocppId) =>
        tables.Transactions
            .Where(row => row.TenantId == charger.Tenant.Value && row.OcppId == ocppId && row.ChargerId == charger.Name)
            .OrderByDescending(row => row.Id);

    /// <summary>Names of chargers, each once.</summary>
    public static IQueryable<string> OverdueOf(
        this HistoryTables tables, SiteId site, DateTimeOffset inactiveSince, DateTimeOffset availableSince)
    {
        var overdue =
            from row in tables.Transactions
            where row.TenantId == site.Tenant.Value && row.SiteId == site.Name && row.StoppedAt == null
            from state in tables.ConnectorStates
                .Where(state =>
                    state.TenantId == site.Tenant.Value && state.ChargerId == row.ChargerId && state.Connector == row.Connector)
                .DefaultIfEmpty()
            where (row.ReceivedAt < inactiveSince && (row.LastSampleAt == null || row.LastSampleAt < inactiveSince))
                || (state.Status == ConnectorStatus.Available && state.ReceivedAt < availableSince)
            select row.ChargerId;
        return overdue.Distinct();
    }
}
