using EvCharge.Domain.Identity;

namespace EvCharge.History.Configuration;

/// <param name="State">One of <see cref="TenantState"/>.</param>
public sealed record TenantConfiguration(TenantId Tenant, string Name, string State, TenantQuotas Quotas)
{
    public bool IsActive => State == TenantState.Active;
}

/// <summary>What a tenant may use; null for as much as there is.</summary>
/// <param name="Chargers">How many it may configure.</param>
/// <param name="CallsPerSecond">Requests of its users and programs that one gateway serves for long.</param>
/// <param name="HistoryDays">How long what happened is kept.</param>
public sealed record TenantQuotas(int? Chargers, int? CallsPerSecond, int? HistoryDays)
{
    public static readonly TenantQuotas None = new(null, null, null);
}

public static class TenantState
{
    public const string Active = "active";

    /// <summary>Nobody of it gets in, neither user nor charger; what is kept of it stays.</summary>
    public const string Suspended = "suspended";

    /// <summary>What is kept of it is being erased.</summary>
    public const string Deleting = "deleting";
}
