namespace EvCharge.History.Allocation;

/// <summary>The statements of the allocation log.</summary>
internal static class AllocationStatements
{
    public const string InsertLimit =
        """
        INSERT INTO limit_change (tenant_id, site_id, at, charger_id, connector, transaction_id, limit_a, drawn_a, reason)
        VALUES (@tenant, @site, @at, @charger, @connector, @transaction, @limit, @drawn, @reason)
        """;

    public const string InsertLoad =
        """
        INSERT INTO site_load (tenant_id, site_id, at, part, free, in_force, drawn, charging, waiting)
        VALUES (@tenant, @site, @at, @part, @free, @in_force, @drawn, @charging, @waiting)
        """;

    public const string PruneLimits = "DELETE FROM limit_change WHERE tenant_id = @tenant AND site_id = @site AND at < @before";

    public const string PruneLoads = "DELETE FROM site_load WHERE tenant_id = @tenant AND site_id = @site AND at < @before";
}
