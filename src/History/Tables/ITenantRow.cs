namespace EvCharge.History.Tables;

/// <summary>A row that belongs to a tenant.</summary>
internal interface ITenantRow
{
    string TenantId { get; }
}

/// <summary>A row of a log, numbered over all tenants.</summary>
internal interface ITenantLogRow : ITenantRow
{
    long RowId { get; }
}

/// <summary>A row numbered within its tenant.</summary>
internal interface ITenantEntryRow : ITenantRow
{
    long Id { get; }
}
